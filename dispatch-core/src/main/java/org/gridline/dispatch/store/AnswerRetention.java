package org.gridline.dispatch.store;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import org.gridline.dispatch.Failure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Forgets what idempotency keys were answered with after a week, in small batches so that no
 * transaction holds the log's horizon back.
 */
final class AnswerRetention {
  static final Duration KEPT = Duration.ofDays(7);
  private static final int BATCH = 500;
  private static final long EVERY_MILLIS = 10 * 60_000;
  private static final Logger LOG = LoggerFactory.getLogger(AnswerRetention.class);

  private static final String FORGET =
      """
      DELETE FROM idempotency WHERE (client, key) IN (
        SELECT client, key FROM idempotency WHERE created_at < $1 ORDER BY created_at LIMIT $2)
      """;

  /** What a surveyor's key led to is kept as long. */
  private static final String FORGET_STEPS =
      """
      DELETE FROM component_request WHERE (client, key) IN (
        SELECT client, key FROM component_request WHERE created_at < $1 ORDER BY created_at LIMIT $2)
      """;

  private final Sql sql;
  private final InstantSource clock;

  private final AtomicLong forgotten = new AtomicLong();
  private volatile long wentNanos = System.nanoTime();

  AnswerRetention(Sql sql, InstantSource clock) {
    this.sql = sql;
    this.clock = clock;
  }

  void keepForgetting(Vertx vertx) {
    vertx.setPeriodic(EVERY_MILLIS, id -> Thread.startVirtualThread(this::forgetIfItGoes));
  }

  private void forgetIfItGoes() {
    try {
      forget(clock.instant().minus(KEPT));
    } catch (Failure e) {
      // The database is away; the next round comes in ten minutes.
      LOG.info("old answers stay for now, code={}", e.code().id());
    }
  }

  /** Forgets every answer older than that; returns how many. */
  int forget(Instant before) {
    int all = forget(FORGET, before) + forget(FORGET_STEPS, before);
    forgotten.addAndGet(all);
    wentNanos = System.nanoTime();
    return all;
  }

  private int forget(String statement, Instant before) {
    int all = 0;
    int last;
    do {
      last = sql.write(statement, new Bind().add(before).add(BATCH).tuple()).rowCount();
      all += last;
    } while (last == BATCH);
    return all;
  }

  /** How long ago a round last went to its end. */
  double ageSeconds() {
    return (System.nanoTime() - wentNanos) / 1e9;
  }

  /** How many answers this run of the node has forgotten. */
  long forgotten() {
    return forgotten.get();
  }
}
