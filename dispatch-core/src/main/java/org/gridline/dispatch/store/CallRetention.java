package org.gridline.dispatch.store;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.gridline.dispatch.Failure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Forgets what calls leave behind, in small batches so that no transaction holds the log's horizon
 * back: names of events once no signature with them can hold any more, and the numbers of callers
 * whose call led to no ticket.
 */
final class CallRetention {
  /**
   * A step may be a day old when it comes; a name must be known for longer, or it could be told
   * twice.
   */
  static final Duration EVENTS_KEPT = Duration.ofDays(3);

  private static final int BATCH = 500;
  private static final long EVERY_MILLIS = 10 * 60_000;
  private static final Logger LOG = LoggerFactory.getLogger(CallRetention.class);

  private static final String FORGET_EVENTS =
      """
      DELETE FROM call_event WHERE id IN (
        SELECT id FROM call_event WHERE received_at < $1 ORDER BY received_at LIMIT $2)
      """;

  private static final String ERASE_NUMBERS =
      """
      UPDATE phone_call SET wrapped_key = NULL, phone_mac = NULL, sealed = NULL, erased_at = $3
       WHERE id IN (
         SELECT c.id FROM phone_call c
          WHERE c.began_at < $1 AND c.sealed IS NOT NULL
            AND NOT EXISTS (SELECT FROM call_ticket k WHERE k.call_id = c.id)
          ORDER BY c.began_at LIMIT $2)
      """;

  private final Sql sql;
  private final InstantSource clock;
  private final Duration numbersKept;

  CallRetention(Sql sql, InstantSource clock, Duration numbersKept) {
    this.sql = sql;
    this.clock = clock;
    this.numbersKept = numbersKept;
  }

  void keepForgetting(Vertx vertx) {
    vertx.setPeriodic(EVERY_MILLIS, id -> Thread.startVirtualThread(this::forgetIfItGoes));
  }

  private void forgetIfItGoes() {
    try {
      forget(clock.instant());
    } catch (Failure e) {
      LOG.info("old calls stay for now, code={}", e.code().id());
    }
  }

  /** Forgets what is too old at that time; returns how many rows. */
  int forget(Instant now) {
    return all(FORGET_EVENTS, new Bind().add(now.minus(EVENTS_KEPT)).add(BATCH))
        + all(ERASE_NUMBERS, new Bind().add(now.minus(numbersKept)).add(BATCH).add(now));
  }

  private int all(String statement, Bind values) {
    int all = 0;
    int last;
    do {
      last = sql.write(statement, values.tuple()).rowCount();
      all += last;
    } while (last == BATCH);
    return all;
  }
}
