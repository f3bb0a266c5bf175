package org.gridline.console.pressure;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;
import org.gridline.dispatch.intake.Urgency;

/**
 * Lets in as many reports as the house can take: at most a configured number a second, and at most
 * as many at once as it has lately finished in good time. Who sends more than a fair share is
 * refused first; urgent reports pass always. Thread-safe; never waits.
 */
public final class IntakeGate {
  /** A report that takes longer says that the house has too many at once. */
  private static final long GOOD_NANOS = TimeUnit.MILLISECONDS.toNanos(1_000);

  private static final int LEAST_AT_ONCE = 32;
  private static final int FIRST_AT_ONCE = 256;
  private static final int MOST_AT_ONCE = 2_000;
  private static final double SHRINK = 0.8;
  private static final long SHRINK_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  /** This part of a rate or of the places is kept for those within their share. */
  private static final double KEPT = 0.5;

  private static final double BUCKET_SECONDS = 0.2;
  private static final int MOST_RETRY_SECONDS = 3;

  private final OptionalInt perSecond;
  private final LongSupplier nanos;
  private final Senders senders = new Senders();
  private double tokens;
  private long filledAt;
  private double mostAtOnce = FIRST_AT_ONCE;
  private long shrunkAt;
  private int inside;

  /** A report on its way; ended exactly once. */
  public final class Pass implements AutoCloseable {
    private final Senders.Sender sender;
    private final long since;

    private Pass(Senders.Sender sender, long since) {
      this.sender = sender;
      this.since = since;
    }

    @Override
    public void close() {
      leave(sender, since);
    }
  }

  /**
   * @param perSecond the configured limit; empty for the measured one alone
   * @param nanos a monotonic clock
   */
  public IntakeGate(OptionalInt perSecond, LongSupplier nanos) {
    this.perSecond = perSecond;
    this.nanos = nanos;
    this.tokens = capacity();
    this.filledAt = nanos.getAsLong();
    this.shrunkAt = filledAt - SHRINK_PAUSE_NANOS;
  }

  /**
   * Lets a report in.
   *
   * @param client who sends it; users, since addresses are shared
   * @throws Failure {@code overloaded}, with the time after which to try again
   */
  public synchronized Pass enter(long client, Urgency urgency) {
    long now = nanos.getAsLong();
    Senders.Sender sender = senders.of(client, now);
    fill(now);
    boolean urgent = urgency != Urgency.NORMAL;
    if (!urgent && (!mayByRate(sender, now) || !mayByPlaces(sender))) throw busy();
    tokens = Math.max(tokens - 1, -capacity());
    sender.enters();
    inside++;
    return new Pass(sender, now);
  }

  /** How many may be inside at once just now. */
  public synchronized int mostAtOnce() {
    return (int) mostAtOnce;
  }

  /** How many are inside. */
  public synchronized int inside() {
    return inside;
  }

  private boolean mayByRate(Senders.Sender sender, long now) {
    if (perSecond.isEmpty()) return true;
    double share = (double) perSecond.getAsInt() / senders.active();
    double least = sender.within(share, now) ? 1 : Math.max(1, capacity() * KEPT);
    return tokens >= least;
  }

  private boolean mayByPlaces(Senders.Sender sender) {
    double share = Math.max(1, mostAtOnce / senders.busy());
    return inside < (sender.inside() < share ? mostAtOnce : mostAtOnce * KEPT);
  }

  private void fill(long now) {
    tokens = Math.min(capacity(), tokens + perSecond.orElse(0) * ((now - filledAt) / 1e9));
    filledAt = now;
  }

  private double capacity() {
    return Math.max(1, perSecond.orElse(0) * BUCKET_SECONDS);
  }

  private synchronized void leave(Senders.Sender sender, long since) {
    long now = nanos.getAsLong();
    boolean full = inside >= mostAtOnce * KEPT;
    sender.leaves();
    inside--;
    if (now - since > GOOD_NANOS) {
      if (now - shrunkAt < SHRINK_PAUSE_NANOS) return;
      shrunkAt = now;
      mostAtOnce = Math.max(LEAST_AT_ONCE, mostAtOnce * SHRINK);
    } else if (full) {
      // One more place each time all have been used once.
      mostAtOnce = Math.min(MOST_AT_ONCE, mostAtOnce + 1 / mostAtOnce);
    }
  }

  private static Failure busy() {
    // Not all at the same moment.
    int seconds = ThreadLocalRandom.current().nextInt(1, MOST_RETRY_SECONDS + 1);
    return Failure.later(
        FailureCode.OVERLOADED,
        "受理繁忙,请稍后用同一键重试 · busy, try again shortly with the same key",
        Duration.ofSeconds(seconds));
  }
}
