package org.gridline.bench.common;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** So many threads that do one thing so many times. */
public final class Hands {
  private Hands() {}

  /** Seconds for all; throws what the first one that failed threw. */
  public static double work(int times, int hands, Runnable one) throws Exception {
    AtomicInteger left = new AtomicInteger(times);
    long from = System.nanoTime();
    try (ExecutorService threads =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().factory())) {
      List<Future<?>> all = new ArrayList<>();
      for (int h = 0; h < hands; h++) {
        all.add(
            threads.submit(
                () -> {
                  while (left.getAndDecrement() > 0) one.run();
                }));
      }
      for (Future<?> hand : all) hand.get();
    }
    return (System.nanoTime() - from) / 1e9;
  }
}
