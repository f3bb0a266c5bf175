package org.gridline.dispatch.ground;

import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps this node on the ground that holds: asks every second which version it is (one look into an
 * index), and switches when it is another, whether somebody decided so here, on another node, or
 * its day has come. Works on a thread of its own.
 */
public final class FollowGround implements AutoCloseable {
  private static final long EVERY_MILLIS = 1_000;
  private static final int BUILD_SECONDS = 120;
  private static final Logger LOG = LoggerFactory.getLogger(FollowGround.class);

  private final BoundaryVersions versions;
  private final CurrentGround current;
  private final KnownGrounds known;
  private final InstantSource clock;
  private final Semaphore wake = new Semaphore(0);
  private final ConcurrentLinkedQueue<CompletableFuture<Void>> waiting =
      new ConcurrentLinkedQueue<>();
  private boolean blind;
  private volatile boolean closed;
  private volatile long lastRoundNanos = System.nanoTime();
  private final Thread thread =
      Thread.ofPlatform().daemon().name("ground-follower").unstarted(this::run);

  public FollowGround(
      BoundaryVersions versions, CurrentGround current, KnownGrounds known, InstantSource clock) {
    this.versions = versions;
    this.current = current;
    this.known = known;
    this.clock = clock;
  }

  public FollowGround start() {
    thread.start();
    return this;
  }

  /** Looks at once; done when this node stands on what held at that moment. */
  public CompletableFuture<Void> soon() {
    CompletableFuture<Void> done = new CompletableFuture<>();
    waiting.add(done);
    wake.release();
    return done;
  }

  /** Seconds since this node last stood on the version that holds. */
  public double silenceSeconds() {
    return (System.nanoTime() - lastRoundNanos) / 1e9;
  }

  private void run() {
    while (!closed) {
      CompletableFuture<Void> first = waiting.poll();
      try {
        look();
        blind = false;
        if (first != null) first.complete(null);
      } catch (RuntimeException | ExecutionException | TimeoutException | Error e) {
        // An Error too: a node that stays on old ground for ever is worse than one that tries on.
        if (first != null) first.completeExceptionally(e);
        // Once for a database that is away; its health says how long.
        if (!blind)
          LOG.atWarn().addKeyValue("cause", e.getClass().getSimpleName()).log("ground not known");
        blind = true;
      } catch (InterruptedException e) {
        return;
      }
      if (!waiting.isEmpty()) continue;
      if (!await()) return;
    }
  }

  private boolean await() {
    try {
      boolean woken = wake.tryAcquire(EVERY_MILLIS, TimeUnit.MILLISECONDS);
      if (woken) wake.drainPermits();
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }

  private void look() throws InterruptedException, ExecutionException, TimeoutException {
    Optional<String> holds = versions.findValidAt(clock.instant());
    if (holds.isEmpty() || holds.get().equals(current.get().version())) {
      lastRoundNanos = System.nanoTime();
      return;
    }
    long from = System.nanoTime();
    GroundSnapshot fresh = known.ask(holds.get()).get(BUILD_SECONDS, TimeUnit.SECONDS);
    current.swap(fresh, versions.succession(clock.instant()));
    lastRoundNanos = System.nanoTime();
    LOG.atInfo()
        .addKeyValue("version", fresh.version())
        .addKeyValue("areas", fresh.boundaries().areas().size())
        .addKeyValue("ms", (System.nanoTime() - from) / 1_000_000)
        .log("ground switched");
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    waiting.forEach(done -> done.cancel(false));
  }
}
