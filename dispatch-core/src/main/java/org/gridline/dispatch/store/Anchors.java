package org.gridline.dispatch.store;

import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The proof outside the database: every few minutes the newest block's hash, keyed with a secret
 * that the database does not hold, goes to an append-only file of this node. Whoever rewrites the
 * whole log, blocks included, can't rewrite this. A line is: time, epoch, block, last position,
 * mac; another epoch's lines speak of another log.
 */
final class Anchors {
  private static final long EVERY_MILLIS = 5 * 60_000;
  private static final Logger LOG = LoggerFactory.getLogger(Anchors.class);

  private final Path file;
  private final AesGcmCipher cipher;
  private final Sql sql;
  private final InstantSource clock;
  private volatile long lastBlock;
  private volatile long lastSeq;
  private volatile long wentNanos = System.nanoTime();

  Anchors(Path file, AesGcmCipher cipher, Sql sql, InstantSource clock) {
    this.file = file;
    this.cipher = cipher;
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
    Instant now = clock.instant();
    String epoch = head.getString("epoch");
    String mac = mac(epoch, block, head.getBuffer("last_hash").getBytes());
    String line =
        now + " " + epoch + " " + block + " " + head.getLong("last_seq") + " " + mac + "\n";
    try {
      Files.writeString(
          file,
          line,
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND,
          StandardOpenOption.SYNC);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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

  private String mac(String epoch, long block, byte[] hash) {
    return HexFormat.of()
        .formatHex(cipher.anchor(epoch + " " + block + " " + HexFormat.of().formatHex(hash)));
  }

  /** What this node wrote down, by block. */
  Written read() {
    String epoch =
        sql.read("SELECT epoch FROM seal_head", new Bind().tuple()).iterator().next().getString(0);
    Map<Long, String> macs = new TreeMap<>();
    try {
      if (Files.exists(file)) {
        for (String line : Files.readAllLines(file)) {
          String[] parts = line.split(" ", -1);
          // A line that a crash cut short proves nothing, and is no lie either.
          boolean whole = parts.length == 5 && parts[4].length() == 64;
          if (whole && parts[1].equals(epoch) && parts[2].matches("\\d{1,18}")) {
            macs.put(Long.parseLong(parts[2]), parts[4]);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Written(macs, epoch);
  }

  /** The anchors of a node. */
  final class Written {
    private final Map<Long, String> macs;
    private final String epoch;

    private Written(Map<Long, String> macs, String epoch) {
      this.macs = macs;
      this.epoch = epoch;
    }

    /** Whether this block was anchored with another hash. */
    boolean contradicts(long block, byte[] hash) {
      String expected = macs.get(block);
      return expected != null && !expected.equals(mac(epoch, block, hash));
    }

    /** The last block that was anchored; empty when none was. */
    Optional<Long> last() {
      return macs.keySet().stream().reduce((a, b) -> b);
    }
  }
}
