package org.gridline.dispatch.store;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.gridline.dispatch.Failure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives committed events their positions, round after round. Any number of nodes may run one; a row
 * lock lets one work at a time. Runs on a virtual-thread verticle; {@link #wake} may be called from
 * any thread.
 */
final class Sealer extends VerticleBase {
  /** One round's most; more rounds follow at once. Keeps the transaction far below 200 ms. */
  private static final int MOST = 1_000;

  /**
   * The safety net behind {@link #wake}: another node's commit, or one that an old transaction held
   * back.
   */
  private static final long POLL_MILLIS = 25;

  private static final long AFTER_FAILURE_MILLIS = 500;
  private static final Logger LOG = LoggerFactory.getLogger(Sealer.class);

  private final Sql sql;
  private final InstantSource clock;
  private final Runnable onSealed;
  private volatile Promise<Void> bell = Promise.promise();
  private final Promise<Void> ended = Promise.promise();
  private volatile boolean running;
  private volatile long lastRoundNanos = System.nanoTime();

  Sealer(Sql sql, InstantSource clock, Runnable onSealed) {
    this.sql = sql;
    this.clock = clock;
    this.onSealed = onSealed;
  }

  @Override
  public Future<?> start() {
    running = true;
    context.runOnContext(v -> loop());
    return Future.succeededFuture();
  }

  @Override
  public Future<?> stop() {
    running = false;
    wake();
    return ended.future();
  }

  /** There is something to seal. */
  void wake() {
    bell.tryComplete();
  }

  /** How long ago a round last succeeded. */
  double silenceSeconds() {
    return (System.nanoTime() - lastRoundNanos) / 1e9;
  }

  private void loop() {
    boolean failing = false;
    while (running) {
      bell = Promise.promise();
      try {
        while (round() > 0) onSealed.run();
        if (failing) LOG.info("sealing again");
        failing = false;
      } catch (RuntimeException e) {
        // Whatever it was may pass, and a sealer that ended would hold the log until a restart.
        if (!failing && running) LOG.warn("can't seal for now, {}", cause(e));
        failing = true;
      }
      if (running) sleep(failing ? AFTER_FAILURE_MILLIS : POLL_MILLIS);
    }
    ended.complete();
  }

  /** The kind of trouble without its message, which may quote a row. */
  private static String cause(RuntimeException e) {
    return e instanceof Failure f ? "code=" + f.code().id() : e.getClass().getSimpleName();
  }

  private long round() {
    long sealed =
        sql.write("SELECT seal_events($1, $2)", new Bind().add(MOST).add(clock.instant()).tuple())
            .iterator()
            .next()
            .getLong(0);
    lastRoundNanos = System.nanoTime();
    return sealed;
  }

  private void sleep(long millis) {
    Future<Void> poll = vertx.timer(millis, TimeUnit.MILLISECONDS).mapEmpty();
    Future.any(bell.future(), poll).await();
  }
}
