package org.gridline.dispatch.store;

import java.time.InstantSource;
import org.gridline.dispatch.store.Rounds.Rest;

/**
 * Gives committed events their positions. Any number of nodes may take turns; a row lock lets one
 * work at a time.
 */
final class Sealer {
  /** One round's most; more rounds follow at once. Keeps the transaction far below 200 ms. */
  private static final int MOST = 1_000;

  /**
   * The safety net behind waking: another node's commit, or one that an old transaction held back.
   */
  private static final Rest POLL = new Rest(0, 25);

  static final Rest AFTER_FAILURE = new Rest(0, 500);

  private final Sql sql;
  private final InstantSource clock;
  private final Runnable onSealed;
  private volatile long lastRoundNanos = System.nanoTime();

  Sealer(Sql sql, InstantSource clock, Runnable onSealed) {
    this.sql = sql;
    this.clock = clock;
    this.onSealed = onSealed;
  }

  /** How long ago a round last succeeded. */
  double silenceSeconds() {
    return (System.nanoTime() - lastRoundNanos) / 1e9;
  }

  Rest turn() {
    if (round() == 0) return POLL;
    onSealed.run();
    return Rest.NONE;
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
}
