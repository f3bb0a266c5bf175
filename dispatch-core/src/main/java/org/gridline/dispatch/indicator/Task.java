package org.gridline.dispatch.indicator;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Work with a clock: what the clock is called, which steps finish the work, and which end it
 * without anybody having failed. A clock that ran out has left {@code ClockOverdue} in the log.
 */
enum Task {
  VERIFY(Set.of("verify"), Set.of("VerificationDone"), Set.of()),
  FILE(Set.of("file"), Set.of("TicketFiled"), Set.of()),
  DISPATCH(Set.of("dispatch"), Set.of("TicketDispatched"), Set.of("TicketSentBack")),
  SIGN(Set.of("sign"), Set.of("TicketSigned"), Set.of("TicketReturned")),
  HANDLE(
      Set.of("handle", "rework"),
      Set.of("FeedbackGiven", "TicketSelfHandled"),
      Set.of("ReturnApproved", "DisputeRuled")),
  CHECK(Set.of("check"), Set.of("ResultChecked"), Set.of("TicketReworked")),
  CLOSE(Set.of("total"), Set.of("TicketClosed"), Set.of("TicketReopened"));

  /** What ends every task of a ticket. */
  private static final Set<String> OVER =
      Set.of(
          "TicketRejected",
          "TicketMerged",
          "TicketCancelled",
          "TicketAnswered",
          "TicketArchived",
          "ParentReturned",
          "ParentWithdrew");

  private final Set<String> clocks;
  private final Set<String> finishing;
  private final Set<String> ending;

  Task(Set<String> clocks, Set<String> finishing, Set<String> ending) {
    this.clocks = clocks;
    this.finishing = finishing;
    this.ending = ending;
  }

  /** The steps of a period that finished it. */
  Stream<Step> finished(Course course, Period period) {
    return course.steps().stream().filter(s -> finishes(s) && period.holds(s.at()));
  }

  /** Whether its clock had run out when this step finished it. */
  boolean late(Course course, Step finish) {
    boolean late = false;
    for (Step s : course.steps()) {
      if (s.version() >= finish.version()) break;
      late = runsOut(s) || (late && !ends(s));
    }
    return late;
  }

  /** The steps at which the clock ran out and after which nothing finished it up to now. */
  List<Step> outstanding(Course course) {
    Optional<Step> open = Optional.empty();
    for (Step s : course.steps()) {
      if (runsOut(s)) open = Optional.of(s);
      else if (ends(s)) open = Optional.empty();
    }
    return open.stream().toList();
  }

  private boolean runsOut(Step s) {
    return s.is("ClockOverdue") && clocks.contains(s.datum("clock"));
  }

  private boolean ends(Step s) {
    return finishes(s) || ending.contains(s.kind()) || OVER.contains(s.kind());
  }

  private boolean finishes(Step s) {
    return finishing.contains(s.kind());
  }
}
