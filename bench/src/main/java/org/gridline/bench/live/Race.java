package org.gridline.bench.live;

import java.util.ArrayList;
import java.util.List;
import org.gridline.bench.common.Report;

/** As many updates as go, some on their way at a time, in rounds of A B B A. */
final class Race {
  private static final int ON_THEIR_WAY = 8;

  private final Options options;
  private final Report report;
  private final Side ours;
  private final Side theirs;
  private final List<Side.Frame> frames = new ArrayList<>();
  private double updatesPerSecond;

  Race(Options options, Report report, Side ours, Side theirs) {
    this.options = options;
    this.report = report;
    this.ours = ours;
    this.theirs = theirs;
  }

  /** The messages that the real server sent. */
  List<Side.Frame> frames() {
    return frames;
  }

  double updatesPerSecond() {
    return updatesPerSecond;
  }

  void run() throws Exception {
    int updates = ON_THEIR_WAY;
    ours.takeHeard();
    long warmUntil = System.nanoTime() + (long) (options.warmSeconds() * 2e9);
    do {
      double took = real(updates)[0];
      bare(ours.takeHeard());
      int fit = (int) (updates / took * options.sliceSeconds());
      updates = Math.max(1, fit / ON_THEIR_WAY) * ON_THEIR_WAY;
    } while (System.nanoTime() < warmUntil);
    double[][] cost = new double[4][options.rounds()];
    long sent = 0;
    double seconds = 0;
    for (int round = 0; round < options.rounds(); round++) {
      double[] first = real(updates);
      List<Side.Frame> messages = ours.takeHeard();
      add(cost, 0, round, first, messages.size());
      // The same messages on both sides.
      add(cost, 2, round, bare(messages), messages.size());
      add(cost, 2, round, bare(messages), messages.size());
      double[] second = real(updates);
      List<Side.Frame> more = ours.takeHeard();
      add(cost, 0, round, second, more.size());
      frames.addAll(messages);
      frames.addAll(more);
      sent += 2L * updates;
      seconds += first[0] + second[0];
    }
    updatesPerSecond = sent / seconds;
    int sockets = ours.sockets().open();
    report.line(
        "%d sockets, %.0f updates a second in %.2f messages each: %.0f messages a second delivered",
        sockets,
        updatesPerSecond,
        (double) frames.size() / sent,
        frames.size() / seconds * sockets);
    report
        .json()
        .put("sockets_race", sockets)
        .put("messages_per_second", Math.round(frames.size() / seconds * sockets));
    report.ratio("ratio_broadcast", cost[2], cost[0]);
    report.ratio("cpu_ratio_broadcast", cost[3], cost[1]);
  }

  /** What a message took, by the clock and by the processor. */
  private static void add(double[][] cost, int row, int round, double[] slice, int messages) {
    cost[row][round] += slice[0] / messages;
    cost[row + 1][round] += slice[1] / messages;
  }

  private double[] real(int updates) throws Exception {
    List<Runnable> hands = new ArrayList<>();
    for (int hand = 0; hand < ON_THEIR_WAY; hand++) {
      int which = hand;
      int mine = updates / ON_THEIR_WAY;
      hands.add(
          () -> {
            for (int i = 0; i < mine; i++) ours.urge(which);
          });
    }
    return ours.race(hands);
  }

  /** The same messages from the bare server, of each ticket one at a time as well. */
  private double[] bare(List<Side.Frame> messages) throws Exception {
    theirs.beginAgain();
    List<Runnable> hands = new ArrayList<>();
    for (int hand = 0; hand < ON_THEIR_WAY; hand++) {
      int which = hand;
      long ticket = theirs.ticket(hand);
      List<Side.Frame> mine = messages.stream().filter(f -> f.ticket() == ticket).toList();
      hands.add(() -> mine.forEach(f -> theirs.update(which, f.version(), f.bytes())));
    }
    return theirs.race(hands);
  }
}
