package org.gridline.bench.routing;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** Time by the clock and by the processor, in nanoseconds a point. */
final class Stopwatch {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  record Lap(double wall, double cpu) {
    Lap plus(Lap other) {
      return new Lap(wall + other.wall, cpu + other.cpu);
    }
  }

  private static volatile long sink;

  private Stopwatch() {}

  static double threadSeconds() {
    return THREADS.getCurrentThreadCpuTime() / 1e9;
  }

  static Lap time(Peer peer, Points points) {
    double cpu = peer.cpuSeconds();
    long wall = System.nanoTime();
    sink = peer.run(points);
    double nanos = (System.nanoTime() - wall) / (double) points.count();
    return new Lap(nanos, (peer.cpuSeconds() - cpu) * 1e9 / points.count());
  }

  /** Runs for so long before anything is measured. */
  static void warm(Peer peer, Points points, double seconds) {
    long until = System.nanoTime() + (long) (seconds * 1e9);
    do {
      sink = peer.run(points);
    } while (System.nanoTime() < until);
  }

  static long sink() {
    return sink;
  }
}
