package org.gridline.dispatch.store;

import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The proof outside the database: every few minutes the newest block's hash, keyed with a secret
 * that the database does not hold, goes to an append-only file of this node. Whoever rewrites the
 * whole log, blocks included, can't rewrite this.
 */
final class Anchors {
  private static final long EVERY_MILLIS = 5 * 60_000;
  private static final Logger LOG = LoggerFactory.getLogger(Anchors.class);

  private final AnchorFile file;
  private final Sql sql;
  private final InstantSource clock;
  private volatile long lastBlock;
  private volatile long lastSeq;
  private volatile long wentNanos = System.nanoTime();

  Anchors(AnchorFile file, Sql sql, InstantSource clock) {
    this.file = file;
    this.sql = sql;
    this.clock = clock;
  }

  /** Begins to write, on virtual threads of its own so that a slow disk holds nobody up. */
  void keepWriting(Vertx vertx) {
    vertx.setPeriodic(EVERY_MILLIS, id -> Thread.startVirtualThread(this::writeIfItGoes));
  }

  void writeIfItGoes() {
    try {
      write();
    } catch (RuntimeException e) {
      LOG.error("no anchor was written: {}", e.getClass().getSimpleName());
    }
  }

  /** Writes down where the log ends now, unless that is written already. */
  synchronized void write() {
    Row head =
        sql.read("SELECT epoch, last_block, last_seq, last_hash FROM seal_head", new Bind().tuple())
            .iterator()
            .next();
    long block = head.getLong("last_block");
    if (block == lastBlock) {
      wentNanos = System.nanoTime();
      return;
    }
    file.append(
        clock.instant(),
        head.getString("epoch"),
        block,
        head.getLong("last_seq"),
        head.getBuffer("last_hash").getBytes());
    lastBlock = block;
    lastSeq = head.getLong("last_seq");
    wentNanos = System.nanoTime();
  }

  /** How long ago the end of the log last stood in the file. */
  double ageSeconds() {
    return (System.nanoTime() - wentNanos) / 1e9;
  }

  /** The last position that this run of the node has anchored; 0 before the first time. */
  long anchoredSeq() {
    return lastSeq;
  }

  /** What was written so far. */
  AnchorFile file() {
    return file;
  }
}
