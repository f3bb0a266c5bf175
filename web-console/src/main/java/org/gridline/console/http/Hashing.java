package org.gridline.console.http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;

/**
 * Where passwords are hashed: threads of their own, since on virtual threads it would hold the
 * carriers of everybody else.
 */
public final class Hashing implements AutoCloseable {
  /** A password hash costs 19 MiB and some 40 ms; more at once would starve the calls. */
  private static final int AT_ONCE = 2;

  private static final int WAITING = 64;

  private final ExecutorService threads =
      new ThreadPoolExecutor(
          AT_ONCE,
          AT_ONCE,
          0,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(WAITING),
          Thread.ofPlatform().name("sign-in-", 1).daemon().factory());

  /** Does it when its turn has come; fails with {@code overloaded} when too many wait. */
  public <T> Future<T> soon(Callable<T> work) {
    Promise<T> done = Promise.promise();
    try {
      threads.execute(
          () -> {
            try {
              done.complete(work.call());
            } catch (Exception e) {
              done.fail(e);
            }
          });
    } catch (RejectedExecutionException full) {
      done.fail(new Failure(FailureCode.OVERLOADED, "登录人数较多,请稍后重试 · many sign in just now"));
    }
    return done.future();
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
