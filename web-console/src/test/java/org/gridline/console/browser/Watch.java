package org.gridline.console.browser;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/** Looks again until something is seen. Each look asks the browser, which paces the loop. */
final class Watch {
  /** What a look found. */
  enum Look {
    SEEN,
    NOT_YET
  }

  private Watch() {}

  static void until(String what, Supplier<Look> look) {
    Instant end = Instant.now().plus(Duration.ofMillis((long) People.PATIENCE_MILLIS));
    while (look.get() != Look.SEEN) {
      if (Instant.now().isAfter(end)) throw new AssertionError("never seen: " + what);
    }
  }
}
