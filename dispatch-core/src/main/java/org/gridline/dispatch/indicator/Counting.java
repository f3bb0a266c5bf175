package org.gridline.dispatch.indicator;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/** The ways in which figures are counted; {@link Indicator} says which figure is counted how. */
final class Counting {
  /** Who reports before a citizen has to. */
  private static final String WORKER = "worker";

  private static final Set<String> NEXT_DISPATCH = Set.of("TicketDispatched", "DisputeRuled");

  private Counting() {}

  /** What one ticket adds to a figure of a period. */
  interface Rule {
    void count(Course course, Period period, Tally tally);
  }

  /** Work that was finished, of all that was finished or is overdue at the end. */
  static Rule done(Task task) {
    return (course, period, tally) -> {
      task.finished(course, period).forEach(s -> tally.hit(answering(s)));
      task.outstanding(course).forEach(s -> tally.miss(answering(s)));
    };
  }

  /** Work that was finished in time, of all that was finished or is overdue at the end. */
  static Rule onTime(Task task) {
    return (course, period, tally) -> {
      boolean excused = course.excused();
      task.finished(course, period)
          .forEach(
              s -> {
                boolean late = task.late(course, s);
                if (late && excused) tally.leaveOut(answering(s));
                else tally.hitIf(!late, answering(s));
              });
      task.outstanding(course)
          .forEach(
              s -> {
                if (excused) tally.leaveOut(answering(s));
                else tally.miss(answering(s));
              });
    };
  }

  /** Tickets registered in the period, those among them of which something holds at its end. */
  static Rule registered(Predicate<Course> what) {
    return (course, period, tally) -> {
      if (period.holds(course.registration().at()))
        tally.hitIf(what.test(course), course.last().unitAfter());
    };
  }

  /** Steps of a kind in the period, those among them of which something holds. */
  static Rule steps(String kind, BiPredicate<Course, Step> what) {
    return (course, period, tally) ->
        course
            .of(kind)
            .filter(s -> period.holds(s.at()))
            .forEach(s -> tally.hitIf(what.test(course, s), answering(s)));
  }

  /** Work to be handled in the period, and beside it how often something befell the ticket. */
  static Rule perHandling(Predicate<Step> what) {
    return (course, period, tally) -> {
      Task.HANDLE.finished(course, period).forEach(s -> tally.miss(answering(s)));
      Task.HANDLE.outstanding(course).forEach(s -> tally.miss(answering(s)));
      course.steps().stream()
          .filter(s -> period.holds(s.at()) && what.test(s))
          .forEach(s -> tally.add(Tally.Part.NUMERATOR, answering(s), Tally.ONE));
    };
  }

  /**
   * Callers who were reached, each ticket by its last such revisit of the period, weighted by what
   * they said.
   */
  static Rule revisited(Weight weight) {
    return (course, period, tally) ->
        course
            .of("CallerRevisited")
            .filter(s -> period.holds(s.at()) && s.datum("answer").equals("reached"))
            .reduce((a, b) -> b)
            .ifPresent(
                s -> {
                  if (course.marked("MALICIOUS")) {
                    tally.leaveOut(answering(s));
                  } else {
                    tally.miss(answering(s));
                    tally.add(Tally.Part.NUMERATOR, answering(s), weight.of(s));
                  }
                });
  }

  /** Thousandths that an answer counts. */
  interface Weight {
    int of(Step revisit);
  }

  static int contacted(Step revisit) {
    return revisit.datum("contacted").equals("yes") ? Tally.ONE : 0;
  }

  static int solved(Step revisit) {
    return revisit.datum("outcome").equals("solved") ? Tally.ONE : 0;
  }

  /**
   * @param mostly what 基本满意 counts, in thousandths
   */
  static Weight satisfied(int mostly) {
    Map<String, Integer> weights = Map.of("satisfied", Tally.ONE, "mostlySatisfied", mostly);
    return revisit -> weights.getOrDefault(revisit.datum("satisfaction"), 0);
  }

  /** 响应 10 %, 解决 50 %, 满意 40 %. */
  static int combined(Step revisit) {
    return (10 * contacted(revisit) + 50 * solved(revisit) + 40 * satisfied(900).of(revisit)) / 100;
  }

  /** Signed in the period and contacted in time; who is neither contacted nor late still may be. */
  static void contactedFirst(Course course, Period period, Tally tally) {
    course
        .of("TicketSigned")
        .filter(s -> period.holds(s.at()))
        .forEach(
            signed -> {
              Optional<Step> contact =
                  course.steps().stream()
                      .filter(s -> s.version() > signed.version())
                      .filter(s -> s.is("CallerContacted"))
                      .filter(s -> s.datum("outcome").equals("contacted"))
                      .findFirst();
              boolean late =
                  course.steps().stream()
                      .filter(s -> s.version() > signed.version())
                      .filter(s -> contact.map(c -> s.version() < c.version()).orElse(true))
                      .anyMatch(s -> s.is("ClockOverdue") && s.datum("clock").equals("contact"));
              if (contact.isEmpty() && !late) tally.leaveOut(answering(signed));
              else tally.hitIf(!late, answering(signed));
            });
  }

  /** The first dispatch fell in the period and nobody had to change it up to its end. */
  static void firstRight(Course course, Period period, Tally tally) {
    course
        .of("TicketDispatched")
        .findFirst()
        .filter(s -> period.holds(s.at()))
        .ifPresent(
            first ->
                tally.hitIf(
                    course.steps().stream()
                        .filter(s -> s.version() > first.version())
                        .noneMatch(s -> changes(first.unitAfter(), s)),
                    first.unitAfter()));
  }

  private static boolean changes(String unit, Step s) {
    return s.is("ReturnApproved") || (!s.unitAfter().isEmpty() && !s.unitAfter().equals(unit));
  }

  /** Whether a dispatch led to the right unit: nobody took the ticket from it again. */
  static boolean stayed(Course course, Step dispatch) {
    int until = course.after(dispatch, NEXT_DISPATCH).map(Step::version).orElse(Integer.MAX_VALUE);
    return course.steps().stream()
        .filter(s -> s.version() > dispatch.version() && s.version() <= until)
        .noneMatch(s -> changes(dispatch.unitAfter(), s));
  }

  /** Whether the unit returned it after this dispatch. */
  static boolean returned(Course course, Step dispatch) {
    int until = course.after(dispatch, NEXT_DISPATCH).map(Step::version).orElse(Integer.MAX_VALUE);
    return course
        .of("TicketReturned")
        .anyMatch(s -> s.version() > dispatch.version() && s.version() < until);
  }

  /** Passed checks that somebody else repeated, by what they found. */
  static void rechecked(Course course, Period period, Tally tally) {
    for (Step s : course.steps()) {
      if (!period.holds(s.at())) continue;
      if (s.is("ResultChecked") && somebody(s.datum("confirms"))) tally.miss(answering(s));
      if (s.is("TicketReworked") && somebody(s.datum("against"))) tally.hit(answering(s));
    }
  }

  /** Events of before checks were repeated name nobody at all. */
  private static boolean somebody(String user) {
    return !user.isEmpty() && !user.equals("0");
  }

  /** How often each ticket that was closed in the period had been given to a unit. */
  static void handovers(Course course, Period period, Tally tally) {
    Task.CLOSE
        .finished(course, period)
        .reduce((a, b) -> b)
        .ifPresent(
            closed -> {
              tally.miss(answering(closed));
              long times =
                  course.steps().stream().filter(s -> NEXT_DISPATCH.contains(s.kind())).count();
              tally.add(
                  Tally.Part.NUMERATOR, answering(closed), Math.toIntExact(times * Tally.ONE));
            });
  }

  static boolean solvedAtClose(Course course, Step closed) {
    return course
        .before(closed, Set.of("FeedbackGiven"))
        .filter(f -> f.datum("result").equals("solved"))
        .isPresent();
  }

  static boolean foundByWorker(Course course) {
    return course.channel().equals(WORKER);
  }

  /** Merged and not taken out again. */
  static boolean merged(Course course) {
    return course.last().stateAfter().equals("MERGED");
  }

  static boolean reworks(Step s) {
    return s.is("TicketReworked")
        || s.is("TicketReopened")
        || (s.is("CallerRevisited") && s.stateAfter().equals("HANDLING"));
  }

  /** The owner when it was done; after a dispatch the one who got it. */
  private static String answering(Step s) {
    return s.unitBefore().isEmpty() || NEXT_DISPATCH.contains(s.kind())
        ? s.unitAfter()
        : s.unitBefore();
  }
}
