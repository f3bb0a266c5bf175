package org.gridline.console.http;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;

/**
 * Computing of some milliseconds, away from the threads that other requests wait for: one
 * listener's virtual threads take turns, and only those that wait let others go on.
 */
public final class Worker {
  private static final long MOST_SECONDS = 5;

  private Worker() {}

  /** What the work gives, or throws. */
  public static <T> T run(Supplier<T> work) {
    return run(work, MOST_SECONDS);
  }

  /** The same for what takes longer the first time, such as looking up a coordinate system. */
  static <T> T run(Supplier<T> work, long mostSeconds) {
    Context context = Vertx.currentContext();
    if (context == null) return work.get();
    try {
      return context
          .executeBlocking(work::get, false)
          .timeout(mostSeconds, TimeUnit.SECONDS)
          .await();
    } catch (Exception e) {
      // Awaiting throws what the future failed with, checked or not.
      if (!(e instanceof TimeoutException)) throw e;
      throw new Failure(FailureCode.UNAVAILABLE, "请几秒后重试 · try again in a few seconds");
    }
  }
}
