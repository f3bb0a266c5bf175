package org.gridline.bench.intake;

import java.util.ArrayList;
import java.util.List;
import org.gridline.bench.common.Cpu;
import org.gridline.bench.common.Side;

/** A side with how it does best, and what it cost. */
final class Contender {
  private final String name;
  private final Side side;
  private final Counted written;
  private final Cpu cpu;
  private final int[] connections;
  private final List<double[]> slices = new ArrayList<>();
  private int best;
  private int reports = 40;
  private int alone = 20;

  /**
   * @param written how many of all that it should have done can be found afterwards
   * @param cpu of all that takes part
   * @param connections that are tried
   */
  Contender(String name, Side side, Counted written, Cpu cpu, int... connections) {
    this.name = name;
    this.side = side;
    this.written = written;
    this.cpu = cpu;
    this.connections = connections;
    this.best = connections[0];
  }

  /** Where what was done can be counted. */
  interface Counted {
    long count() throws Exception;
  }

  String name() {
    return name;
  }

  int best() {
    return best;
  }

  /** Finds the number of connections that it is fastest with, warming it up meanwhile. */
  void warm(double seconds, double slice) throws Exception {
    long until = System.nanoTime() + (long) (seconds * 1e9);
    run(reports, best);
    do {
      double least = Double.MAX_VALUE;
      int fastest = best;
      for (int c : connections) {
        double[] cost = run(Math.max(reports, c), c);
        if (cost[0] < least) {
          least = cost[0];
          fastest = c;
        }
        reports = (int) Math.max(64, slice / cost[0]);
      }
      best = fastest;
    } while (System.nanoTime() < until);
    alone = (int) Math.max(20, slice / run(alone, 1)[0]);
  }

  void slice() throws Exception {
    slices.add(run(reports, best));
  }

  /** Sends at fixed times, on twice as many connections as it is fastest with. */
  OpenLoop offered(double perSecond, double seconds) throws Exception {
    if (!(side instanceof HttpReports http)) throw new IllegalStateException(name);
    http.open(2 * best);
    return OpenLoop.offer(perSecond, seconds, http::one);
  }

  /** What a report took with one in flight, in seconds. */
  double alone() throws Exception {
    return run(alone, 1)[0];
  }

  /** What a report cost in each round, which has two slices: by the clock, or by the processor. */
  double[] rounds(int column) {
    double[] each = new double[slices.size() / 2];
    for (int i = 0; i < each.length; i++)
      each[i] = (slices.get(2 * i)[column] + slices.get(2 * i + 1)[column]) / 2;
    return each;
  }

  /** Seconds by the clock and by the processor for one report, and commits. */
  double[] run(int count, int callers) throws Exception {
    int done = Math.max(1, count / callers) * callers;
    long before = written.count();
    double processor = cpu.seconds();
    double seconds = side.live(done, callers);
    processor = cpu.seconds() - processor;
    long found = written.count() - before;
    if (found != done) throw new IllegalStateException(name + " did " + found + " of " + done);
    return new double[] {seconds / done, processor / done};
  }
}
