package org.gridline.console.replay;

import java.util.concurrent.atomic.AtomicLongArray;

/** Counts durations in classes that are 2 % wide, from 10 µs to a minute. Thread-safe. */
final class Latencies {
  private static final double STEP = Math.log(1.02);
  private static final double FIRST_MICROS = 10;
  private static final int CLASSES = 800;

  private final AtomicLongArray counts = new AtomicLongArray(CLASSES);

  void add(long nanos) {
    double micros = Math.max(FIRST_MICROS, nanos / 1e3);
    int at = (int) Math.ceil(Math.log(micros / FIRST_MICROS) / STEP);
    counts.incrementAndGet(Math.min(CLASSES - 1, at));
  }

  /** Milliseconds that this share of all stayed within, 2 % rounded up; 0 when there is none. */
  double quantileMillis(double share) {
    long all = 0;
    for (int i = 0; i < CLASSES; i++) all += counts.get(i);
    long wanted = (long) Math.ceil(all * share);
    long seen = 0;
    for (int i = 0; i < CLASSES && all > 0; i++) {
      seen += counts.get(i);
      if (seen >= wanted) return FIRST_MICROS * Math.exp(i * STEP) / 1e3;
    }
    return 0;
  }
}
