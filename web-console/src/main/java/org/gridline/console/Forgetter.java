package org.gridline.console;

import io.vertx.core.Vertx;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.privacy.ForgetPeople;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Goes on forgetting: what a stopped server left half done, and what the city's periods say. */
final class Forgetter {
  private static final long EVERY_MILLIS = 10 * 60_000;
  private static final Logger LOG = LoggerFactory.getLogger(Forgetter.class);

  private Forgetter() {}

  static void keepForgetting(Vertx vertx, ForgetPeople forget) {
    vertx.setPeriodic(EVERY_MILLIS, id -> Thread.startVirtualThread(() -> round(forget)));
  }

  private static void round(ForgetPeople forget) {
    try {
      forget.goOn();
      while (forget.expire()) {}
    } catch (Failure e) {
      LOG.info("nobody is forgotten for now, code={}", e.code().id());
    }
  }
}
