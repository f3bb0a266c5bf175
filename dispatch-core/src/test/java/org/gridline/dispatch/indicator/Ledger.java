package org.gridline.dispatch.indicator;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One ticket's part in every figure, kept while walking once through its history. */
final class Ledger {
  private final Course course;
  private final Period period;
  private final Map<Indicator, long[]> mine = new EnumMap<>(Indicator.class);

  Ledger(Course course, Period period) {
    this.course = course;
    this.period = period;
  }

  void write(Map<Indicator, long[]> sums) {
    walk();
    mine.forEach(
        (i, add) -> {
          long[] sum = sums.computeIfAbsent(i, x -> new long[3]);
          for (int k = 0; k < 3; k++) sum[k] += add[k];
        });
  }

  private void add(Indicator i, long thousandths, long below, long out) {
    long[] sum = mine.computeIfAbsent(i, x -> new long[3]);
    sum[0] += thousandths;
    sum[1] += below;
    sum[2] += out;
  }

  private void share(Indicator i, boolean hit) {
    add(i, hit ? 1_000 : 0, 1, 0);
  }

  /** A clock's work as it goes. */
  private static final class Work {
    boolean late;
    int finished;
    int finishedLate;
  }

  private static final class Works {
    private final Map<String, Work> works = new HashMap<>();

    Work get(String name) {
      return works.computeIfAbsent(name, n -> new Work());
    }

    Collection<Work> all() {
      return works.values();
    }
  }

  private static final class Sent {
    final String unit;
    final boolean counts;
    boolean taken;
    boolean returned;

    Sent(String unit, boolean counts) {
      this.unit = unit;
      this.counts = counts;
    }
  }

  private void walk() {
    Works works = new Works();
    Set<String> marks = new HashSet<>();
    List<Sent> sent = new ArrayList<>();
    boolean excused = false;
    boolean filed = false;
    boolean cancelled = false;
    boolean firstCounts = false;
    boolean firstKept = true;
    int handovers = 0;
    int handoversAtEnd = 0;
    boolean closedInPeriod = false;
    String lastFeedback = "";
    Optional<Step> lastReached = Optional.empty();
    List<boolean[]> closings = new ArrayList<>();
    List<int[]> contacts = new ArrayList<>();
    int filings = 0;
    for (Step s : course.steps()) {
      boolean in = period.holds(s.at());
      String kind = s.kind();
      if (!sent.isEmpty()) {
        Sent last = sent.getLast();
        boolean change =
            kind.equals("ReturnApproved")
                || (!s.unitAfter().isEmpty() && !s.unitAfter().equals(last.unit));
        if (change) last.taken = true;
        if (kind.equals("TicketReturned")) last.returned = true;
        Sent first = sent.getFirst();
        if (kind.equals("ReturnApproved")
            || (!s.unitAfter().isEmpty() && !s.unitAfter().equals(first.unit))) firstKept = false;
      }
      switch (kind) {
        case "ClockOverdue" -> {
          String clock = s.datum("clock");
          String work = clock.equals("rework") ? "handle" : clock;
          works.get(work).late = true;
          if (clock.equals("contact")) for (int[] c : contacts) if (c[0] == 0) c[0] = 2;
        }
        case "TicketFiled" -> {
          finish(works.get("file"), in);
          filed = true;
          if (in) filings++;
        }
        case "TicketDispatched" -> {
          finish(works.get("dispatch"), in);
          if (sent.isEmpty()) firstCounts = in;
          sent.add(new Sent(s.unitAfter(), in));
          handovers++;
        }
        case "TicketSigned" -> {
          finish(works.get("sign"), in);
          if (in) contacts.add(new int[] {0});
        }
        case "TicketReturned" -> works.get("sign").late = false;
        case "ReturnApproved" -> works.get("handle").late = false;
        case "CallerContacted" -> {
          if (s.datum("outcome").equals("contacted"))
            for (int[] c : contacts) if (c[0] == 0) c[0] = 1;
        }
        case "FeedbackGiven" -> {
          finish(works.get("handle"), in);
          lastFeedback = s.datum("result");
        }
        case "ExtensionGranted" -> {
          if (in) add(Indicator.EXTENDED, 1_000, 0, 0);
        }
        case "ResultChecked" -> {
          finish(works.get("check"), in);
          if (in && !Set.of("", "0").contains(s.datum("confirms")))
            share(Indicator.CHECKS_DISAGREED, false);
        }
        case "CallerRevisited" -> {
          if (in && s.datum("answer").equals("reached")) lastReached = Optional.of(s);
          if (in && s.stateAfter().equals("HANDLING")) add(Indicator.REWORKED, 1_000, 0, 0);
        }
        case "TicketReworked" -> {
          works.get("check").late = false;
          if (in && !Set.of("", "0").contains(s.datum("against")))
            share(Indicator.CHECKS_DISAGREED, true);
          if (in) add(Indicator.REWORKED, 1_000, 0, 0);
        }
        case "TicketClosed" -> {
          finish(works.get("total"), in);
          if (in) {
            closedInPeriod = true;
            closings.add(new boolean[1]);
            share(Indicator.ACTUALLY_SOLVED, lastFeedback.equals("solved"));
          }
        }
        case "TicketReopened" -> {
          works.get("total").late = false;
          if (in) add(Indicator.REWORKED, 1_000, 0, 0);
          if (s.datum("ground").equals("falseReply")) closings.forEach(c -> c[0] = true);
        }
        case "TicketMarked" -> {
          if (s.datum("change").equals("set")) marks.add(s.datum("mark"));
          else marks.remove(s.datum("mark"));
        }
        case "AppealDecided" -> excused |= s.datum("verdict").equals("support");
        case "TicketCancelled", "TicketMerged" -> {
          works.all().forEach(w -> w.late = false);
          cancelled |= kind.equals("TicketCancelled");
        }
        default -> {}
      }
      handoversAtEnd = handovers;
    }
    boolean registered = period.holds(course.registration().at());
    if (registered) {
      share(Indicator.FILED, filed);
      share(Indicator.REPEATED, marks.contains("REPEAT"));
      share(Indicator.MERGED, course.last().stateAfter().equals("MERGED"));
      share(Indicator.ANSWERED, false);
      share(Indicator.SELF_HANDLED, false);
      share(Indicator.FOUND_FIRST, course.channel().equals("worker"));
    }
    for (int i = 0; i < filings; i++) share(Indicator.FILED_RIGHT, !cancelled);
    for (Sent s : sent) {
      if (!s.counts) continue;
      share(Indicator.DISPATCHED_RIGHT, !s.taken);
      share(Indicator.RETURNED, s.returned);
    }
    if (firstCounts) share(Indicator.FIRST_RIGHT, firstKept);
    if (closedInPeriod) add(Indicator.HANDOVERS, 1_000L * handoversAtEnd, 1, 0);
    for (boolean[] closing : closings) share(Indicator.FALSE_REPLY, closing[0]);
    for (int[] contact : contacts) {
      if (contact[0] == 0) add(Indicator.FIRST_CONTACT, 0, 0, 1);
      else share(Indicator.FIRST_CONTACT, contact[0] == 1);
    }
    onTime(Indicator.FILED_ON_TIME, works.get("file"), excused);
    onTime(Indicator.VERIFIED_ON_TIME, works.get("verify"), excused);
    onTime(Indicator.DISPATCHED_ON_TIME, works.get("dispatch"), excused);
    onTime(Indicator.SIGNED_ON_TIME, works.get("sign"), excused);
    onTime(Indicator.HANDLED_ON_TIME, works.get("handle"), excused);
    onTime(Indicator.CHECKED_ON_TIME, works.get("check"), excused);
    onTime(Indicator.CLOSED_ON_TIME, works.get("total"), excused);
    done(Indicator.HANDLED, works.get("handle"), true);
    done(Indicator.CLOSED, works.get("total"), true);
    done(Indicator.REWORKED, works.get("handle"), false);
    done(Indicator.EXTENDED, works.get("handle"), false);
    lastReached.ifPresent(s -> revisit(s, marks.contains("MALICIOUS")));
  }

  private static void finish(Work work, boolean counts) {
    if (counts) {
      work.finished++;
      if (work.late) work.finishedLate++;
    }
    work.late = false;
  }

  private void onTime(Indicator i, Work work, boolean excused) {
    int late = work.finishedLate + (work.late ? 1 : 0);
    int good = work.finished - work.finishedLate;
    if (late + good == 0) return;
    add(i, 1_000L * good, good + (excused ? 0 : late), excused ? late : 0);
  }

  private void done(Indicator i, Work work, boolean above) {
    int all = work.finished + (work.late ? 1 : 0);
    if (all > 0) add(i, above ? 1_000L * work.finished : 0, all, 0);
  }

  private void revisit(Step s, boolean malicious) {
    int response = s.datum("contacted").equals("yes") ? 1_000 : 0;
    int solved = s.datum("outcome").equals("solved") ? 1_000 : 0;
    boolean mostly = s.datum("satisfaction").equals("mostlySatisfied");
    int full = s.datum("satisfaction").equals("satisfied") ? 1_000 : 0;
    int beijing = mostly ? 900 : full;
    Map<Indicator, Integer> values =
        Map.of(
            Indicator.RESPONSE, response,
            Indicator.SOLVED, solved,
            Indicator.SATISFIED, beijing,
            Indicator.COMBINED, response / 10 + solved / 2 + beijing * 2 / 5,
            Indicator.CITIZENS_SATISFIED, mostly ? 800 : full);
    values.forEach((i, v) -> add(i, malicious ? 0 : v, malicious ? 0 : 1, malicious ? 1 : 0));
  }
}
