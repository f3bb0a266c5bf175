package org.gridline.bench.live;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.gridline.bench.common.Report;

/** How late a socket is told when half of what goes is sent at fixed times. */
final class HalfRate {
  private final Options options;
  private final Report report;
  private final Side ours;
  private final Side theirs;

  HalfRate(Options options, Report report, Side ours, Side theirs) {
    this.options = options;
    this.report = report;
    this.ours = ours;
    this.theirs = theirs;
  }

  void run(double updatesPerSecond) throws Exception {
    double rate = updatesPerSecond / 2;
    double first = real(rate);
    double bare = (bare(rate) + bare(rate)) / 2;
    double real = (first + real(rate)) / 2;
    report.line(
        "%.0f updates a second: p99 %.1f ms from the decision to a socket, bare %.1f; at most 3 × + 10 = %.1f",
        rate, real, bare, 3 * bare + 10);
    report
        .json()
        .put("p99_ms_half_rate", Math.round(real * 10) / 10.0)
        .put("p99_ms_half_rate_bare", Math.round(bare * 10) / 10.0)
        .put("p99_ratio_half_rate", Math.round(100 * real / bare) / 100.0);
  }

  private double real(double rate) throws Exception {
    return real(ours, rate, options.openSeconds() / 2);
  }

  /** The 99 % of the real server in milliseconds, from the decision to each socket. */
  static double real(Side side, double rate, double seconds) throws Exception {
    List<Side.Came> came = offer(side, rate, seconds, side::urge);
    Map<Long, Map<Integer, Long>> decided = side.decidedMicros();
    List<long[]> late = new ArrayList<>();
    for (Side.Came c : came)
      late.add(
          late(
              c,
              Objects.requireNonNull(
                  decided.getOrDefault(side.ticket(c.which()), Map.of()).get(c.version()))));
    return p99(late);
  }

  private double bare(double rate) throws Exception {
    theirs.beginAgain();
    AtomicIntegerArray versions = new AtomicIntegerArray(theirs.tickets());
    List<Side.Came> came =
        offer(
            theirs,
            rate,
            options.openSeconds() / 2,
            which -> {
              int version = versions.incrementAndGet(which);
              return theirs.update(which, version, Frames.update(theirs.ticket(which), version));
            });
    return p99(came.stream().map(c -> late(c, c.atMicros())).toList());
  }

  private interface Send {
    Side.Came update(int which);
  }

  /** One update after the other at its time, round the tickets; each waits for the one before. */
  private static List<Side.Came> offer(Side side, double rate, double seconds, Send send)
      throws Exception {
    ConcurrentLinkedQueue<Side.Came> came = new ConcurrentLinkedQueue<>();
    List<ReentrantLock> locks = new ArrayList<>();
    for (int i = 0; i < side.tickets(); i++) locks.add(new ReentrantLock(true));
    List<Runnable> hands = new ArrayList<>();
    long from = System.nanoTime() + 10_000_000;
    int count = (int) Math.max(side.tickets(), rate * seconds);
    for (int i = 0; i < count; i++) {
      int which = i % side.tickets();
      long due = from + (long) (i * 1e9 / rate);
      hands.add(
          () -> {
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime())
              LockSupport.parkNanos(left);
            locks.get(which).lock();
            try {
              came.add(send.update(which));
            } finally {
              locks.get(which).unlock();
            }
          });
    }
    Side.all(hands);
    return List.copyOf(came);
  }

  private static long[] late(Side.Came came, long at) {
    return Arrays.stream(came.heardMicros()).map(heard -> heard - at).toArray();
  }

  private static double p99(List<long[]> late) {
    long[] all = late.stream().flatMapToLong(Arrays::stream).sorted().toArray();
    return all[(int) (0.99 * (all.length - 1))] / 1e3;
  }
}
