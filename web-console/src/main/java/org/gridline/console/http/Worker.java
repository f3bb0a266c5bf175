package org.gridline.console.http;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Computing of some milliseconds, away from the threads that other requests wait for: one
 * listener's virtual threads take turns, and only those that wait let others go on.
 */
final class Worker {
  private static final long MOST_SECONDS = 5;

  private Worker() {}

  /** What the work gives, or throws. */
  static <T> T run(Supplier<T> work) {
    Context context = Vertx.currentContext();
    if (context == null) return work.get();
    return context
        .executeBlocking(work::get, false)
        .timeout(MOST_SECONDS, TimeUnit.SECONDS)
        .await();
  }
}
