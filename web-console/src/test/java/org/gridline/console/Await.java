package org.gridline.console;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for a condition, so that no test waits for time. */
public final class Await {
  private static final Duration MOST = Duration.ofSeconds(60);

  private Await() {}

  public static void until(BooleanSupplier condition) {
    Instant end = Instant.now().plus(MOST);
    while (!condition.getAsBoolean()) {
      if (Instant.now().isAfter(end)) throw new AssertionError("did not come true within " + MOST);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
    }
  }
}
