package org.gridline.dispatch.store;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Timer;
import io.vertx.core.VerticleBase;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.gridline.dispatch.Failure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes turns at something on one node until it is undeployed, whatever fails in between. Runs on a
 * virtual-thread verticle; {@link #wake} may be called from any thread.
 */
final class Rounds extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(Rounds.class);

  private final String what;
  private final Supplier<Rest> turn;
  private final Rest afterFailure;
  private final Promise<Void> ended = Promise.promise();
  private volatile Promise<Void> bell = Promise.promise();
  private volatile boolean running;

  /**
   * How long to rest before the next turn.
   *
   * @param firmMillis so long in any case, however often it is woken
   * @param mostMillis so long unless it is woken
   */
  record Rest(long firmMillis, long mostMillis) {
    /** There is more to do. */
    static final Rest NONE = new Rest(0, 0);

    Rest {
      if (firmMillis < 0 || firmMillis > mostMillis)
        throw new IllegalArgumentException("rests " + firmMillis + " to " + mostMillis + " ms");
    }

    /** Not before the first, however often it is woken, unless the second comes sooner. */
    static Rest between(long firmMillis, long mostMillis) {
      return new Rest(Math.min(firmMillis, mostMillis), mostMillis);
    }

    static Rest exactly(long millis) {
      return new Rest(millis, millis);
    }
  }

  /**
   * @param what stands in the log
   * @param afterFailure before a turn that failed is taken again
   */
  Rounds(String what, Supplier<Rest> turn, Rest afterFailure) {
    this.what = what;
    this.turn = turn;
    this.afterFailure = afterFailure;
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
    bell.tryComplete();
    return ended.future();
  }

  /** There is something to do. */
  void wake() {
    bell.tryComplete();
  }

  private void loop() {
    boolean failing = false;
    while (running) {
      // Before the turn: whoever rings during it may have come too late for it.
      bell = Promise.promise();
      Rest rest;
      try {
        rest = turn.get();
        if (failing) LOG.info("{}: works again", what);
        failing = false;
      } catch (RuntimeException e) {
        // Whatever it was may pass, and a loop that ended would leave its work undone.
        if (!failing && running) LOG.warn("{}: not for now, {}", what, cause(e));
        failing = true;
        rest = afterFailure;
      }
      rest(rest);
    }
    ended.complete();
  }

  /** The kind of trouble without its message, which may quote a row. */
  private static String cause(RuntimeException e) {
    return e instanceof Failure f ? "code=" + f.code().id() : e.getClass().getSimpleName();
  }

  private void rest(Rest rest) {
    if (running && rest.firmMillis() > 0) timer(rest.firmMillis()).await();
    long more = rest.mostMillis() - rest.firmMillis();
    if (!running || more == 0) return;
    Timer poll = timer(more);
    Future.any(bell.future(), poll).await();
    // A timer that nobody waits for any more must not outlive this.
    poll.cancel();
  }

  private Timer timer(long millis) {
    return vertx.timer(millis, TimeUnit.MILLISECONDS);
  }
}
