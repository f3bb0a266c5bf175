package org.gridline.dispatch.store;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.gridline.dispatch.Failure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sweeps up files that no report or action ever named, and chunks that lost their last file; in
 * small batches, so that no transaction holds the log's horizon back.
 */
final class EvidenceRetention {
  private static final int BATCH = 20;
  private static final long EVERY_MILLIS = 10 * 60_000;
  private static final Logger LOG = LoggerFactory.getLogger(EvidenceRetention.class);

  /** What was named in time waits no longer. */
  private static final String NAMED =
      """
      DELETE FROM evidence_waiting WHERE evidence_id IN (
        SELECT w.evidence_id FROM evidence_waiting w JOIN evidence_link l USING (evidence_id) LIMIT $1)
      """;

  // A link that comes at this moment holds the file's row; then its key refuses the deletion.
  private static final String FORGET =
      """
      WITH old AS (
        SELECT w.evidence_id AS id
          FROM evidence_waiting w JOIN evidence e ON e.id = w.evidence_id
         WHERE w.since < CASE e.state WHEN 'READY' THEN $1::timestamptz WHEN 'ARRIVING' THEN $2::timestamptz
                         ELSE $3::timestamptz END
           AND NOT EXISTS (SELECT FROM evidence_link l WHERE l.evidence_id = e.id)
         ORDER BY w.since LIMIT $4),
      parts AS (DELETE FROM evidence_part p USING old WHERE p.evidence_id = old.id RETURNING p.chunk),
      loose AS (INSERT INTO evidence_loose (sha256) SELECT DISTINCT chunk FROM parts),
      waiting AS (DELETE FROM evidence_waiting w USING old WHERE w.evidence_id = old.id)
      DELETE FROM evidence e USING old WHERE e.id = old.id
      """;

  private static final String SWEEP =
      """
      WITH batch AS (DELETE FROM evidence_loose WHERE id IN (
        SELECT id FROM evidence_loose ORDER BY id LIMIT $1) RETURNING sha256),
      swept AS (DELETE FROM evidence_chunk c USING batch b
        WHERE c.sha256 = b.sha256 AND NOT EXISTS (SELECT FROM evidence_part p WHERE p.chunk = c.sha256))
      SELECT count(*) FROM batch
      """;

  private final Sql sql;
  private final InstantSource clock;
  private final Duration unattachedKept;

  EvidenceRetention(Sql sql, InstantSource clock, Duration unattachedKept) {
    this.sql = sql;
    this.clock = clock;
    this.unattachedKept = unattachedKept;
  }

  void keepForgetting(Vertx vertx) {
    vertx.setPeriodic(EVERY_MILLIS, id -> Thread.startVirtualThread(this::forgetIfItGoes));
  }

  private void forgetIfItGoes() {
    try {
      int files = forget(clock.instant());
      if (files > 0) LOG.info("unattached files forgotten, files={}", files);
    } catch (Failure e) {
      LOG.info("unattached files stay for now, code={}", e.code().id());
    } catch (PgException e) {
      // Somebody named or sent at this very moment what was about to go.
      LOG.info("unattached files stay for now, sqlstate={}", e.getSqlState());
    }
  }

  /** Forgets what is too old at that time; returns how many files. */
  int forget(Instant now) {
    all(NAMED, new Bind().add(BATCH));
    Instant unfinished = now.minus(PgEvidenceStore.LONGEST_UPLOAD);
    Instant inVain = now.minus(Duration.ofDays(1));
    int files =
        all(
            FORGET,
            new Bind().add(now.minus(unattachedKept)).add(unfinished).add(inVain).add(BATCH));
    sweep();
    return files;
  }

  /** Removes chunks that no file has any more. */
  void sweep() {
    while (sql.write(SWEEP, new Bind().add(BATCH).tuple()).iterator().next().getLong(0) == BATCH) {}
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
