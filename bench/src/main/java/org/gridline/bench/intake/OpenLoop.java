package org.gridline.bench.intake;

import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends at fixed times whether or not anything was answered. Each latency counts from the time at
 * which it should have been sent, so that a stall costs all who would have come meanwhile.
 *
 * @param millis of those that were taken, ascending
 * @param refused how many were told to come again
 * @param seconds from the first that should have been sent to the last answer
 */
record OpenLoop(double[] millis, int refused, double seconds) {
  static OpenLoop offer(double perSecond, double seconds, Runnable one) {
    int count = (int) Math.max(1, perSecond * seconds);
    long[] nanos = new long[count];
    AtomicInteger taken = new AtomicInteger();
    AtomicInteger refused = new AtomicInteger();
    long from = System.nanoTime() + 1_000_000;
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < count; i++) {
        long due = from + (long) (i * 1e9 / perSecond);
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime())
          LockSupport.parkNanos(left);
        var sent =
            callers.submit(
                () -> {
                  try {
                    one.run();
                    nanos[taken.getAndIncrement()] = System.nanoTime() - due;
                  } catch (HttpReports.Refused later) {
                    refused.incrementAndGet();
                  }
                });
        if (sent.isCancelled()) throw new IllegalStateException("a caller was cancelled");
      }
    }
    double took = (System.nanoTime() - from) / 1e9;
    if (taken.get() + refused.get() != count)
      throw new IllegalStateException("some were neither taken nor refused");
    double[] millis = new double[taken.get()];
    for (int i = 0; i < millis.length; i++) millis[i] = nanos[i] / 1e6;
    Arrays.sort(millis);
    return new OpenLoop(millis, refused.get(), took);
  }

  /** The latency that so large a share stays below. */
  double quantile(double share) {
    return millis.length == 0 ? Double.NaN : millis[(int) (share * (millis.length - 1))];
  }
}
