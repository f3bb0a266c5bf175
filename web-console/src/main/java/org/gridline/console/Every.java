package org.gridline.console;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;

/**
 * Runs something again and again; on a virtual thread it may wait, and never runs twice at once.
 */
final class Every extends VerticleBase {
  private final long millis;
  private final Runnable work;
  private boolean running;

  Every(long millis, Runnable work) {
    this.millis = millis;
    this.work = work;
  }

  @Override
  public Future<?> start() {
    vertx.setPeriodic(
        millis,
        timer -> {
          if (running) return;
          running = true;
          try {
            work.run();
          } finally {
            running = false;
          }
        });
    return Future.succeededFuture();
  }
}
