package org.gridline.bench.timers;

import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** How late clocks fire that come due at one moment, on nodes as they run. */
final class LagRounds {
  private static final int ROUNDS = 5;

  /**
   * So many seconds before they are due clocks are set: longer than a node rests at most. In a city
   * a clock is set by an event, which wakes the sweep; here nothing does.
   */
  private static final long AHEAD = 6;

  private final Crowd crowd;
  private final Path city;
  private final int due;
  private final Supplier<Long[]> lots;

  LagRounds(Crowd crowd, Path city, int due, Supplier<Long[]> lots) {
    this.crowd = crowd;
    this.city = city;
    this.due = due;
    this.lots = lots;
  }

  /**
   * What was seen.
   *
   * @param millis ascending
   * @param first how late the first of each lot was, the median of the lots
   * @param lots the p99 of each lot, in the order in which they came due
   */
  record Seen(
      double[] millis,
      double first,
      List<Long> lots,
      long fired,
      long early,
      long doubled,
      long left) {
    Seen {
      lots = List.copyOf(lots);
    }

    double quantile(double share) {
      return millis[Math.max(0, (int) Math.ceil(share * millis.length) - 1)];
    }
  }

  Seen run(int count) throws Exception {
    Lags lags = new Lags();
    List<Double> all = new ArrayList<>();
    List<Double> firsts = new ArrayList<>();
    List<Long> lots99 = new ArrayList<>();
    long early = 0;
    int turns = 0;
    crowd.settle();
    long before = crowd.count("ticket_event");
    List<Node> nodes = new ArrayList<>();
    try {
      for (int n = 0; n < count; n++) nodes.add(new Node(crowd.url(), city));
      for (Node node : nodes) node.start(lags);
      Node one = nodes.getFirst();
      // The sealer of a server has no such heap before it.
      TimersBench.await(
          () -> TimersBench.count(crowd, "seal_head WHERE last_seq >= " + before) == 1);
      long ahead = AHEAD;
      while (all.size() < ROUNDS * due) {
        lags.clear();
        Instant moment = one.now().plusSeconds(ahead).truncatedTo(ChronoUnit.MICROS);
        crowd.letComeDue(lots.get(), moment);
        boolean inTime = one.now().isBefore(moment);
        turns++;
        String pending = "deadline WHERE next_at <= '" + moment + "'";
        TimersBench.await(
            () ->
                lags.size() >= due || (one.late(moment) && TimersBench.count(crowd, pending) == 0));
        early += tooEarly(moment, ahead);
        List<Double> these = lags.take(due, one.since(moment));
        early += these.stream().filter(l -> l < 0).count();
        // Clocks that were set when their moment had passed say nothing of lag.
        if (inTime) {
          all.addAll(these);
          List<Double> sorted = these.stream().sorted().toList();
          firsts.add(sorted.getFirst());
          lots99.add(Math.round(sorted.get(sorted.size() * 99 / 100)));
        } else ahead *= 2;
        if (ahead > 120) throw new IllegalStateException("the machine is too busy to set clocks");
      }
    } finally {
      for (Node node : nodes) node.close();
    }
    long written = crowd.count("ticket_event") - before;
    long should = (long) turns * due;
    return new Seen(
        all.stream().mapToDouble(l -> l).sorted().toArray(),
        firsts.stream().sorted().toList().get(firsts.size() / 2),
        lots99,
        should,
        early,
        Math.max(0, written - should),
        Math.max(0, should - written));
  }

  private long tooEarly(Instant moment, long ahead) throws java.sql.SQLException {
    return crowd.count(
        "ticket_event WHERE kind = 'ClockWarned' AND id > 1000000000 AND at < '"
            + moment
            + "' AND at > '"
            + moment.minusSeconds(ahead)
            + "'");
  }
}
