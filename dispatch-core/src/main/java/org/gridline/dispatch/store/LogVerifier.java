package org.gridline.dispatch.store;

import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Recomputes the whole proof from the rows: every event's hash, every ticket's chain, every block
 * and the order of positions. Names the first thing that is broken.
 */
public final class LogVerifier {
  private static final String BLOCK =
      """
      SELECT b.number, b.first_seq, b.last_seq, b.hash AS block_hash, p.n, p.ticket_id AS listed_ticket,
             p.version AS listed_version, e.*, before.hash AS before_hash
        FROM (SELECT * FROM event_block WHERE number > $1 ORDER BY number LIMIT 50) b
       CROSS JOIN LATERAL unnest(b.tickets, b.versions) WITH ORDINALITY AS p(ticket_id, version, n)
        LEFT JOIN ticket_event e ON e.ticket_id = p.ticket_id AND e.version = p.version
        LEFT JOIN ticket_event before ON before.ticket_id = p.ticket_id AND before.version = p.version - 1
       ORDER BY b.number, p.n
      """;

  /** Tickets whose row and last event tell different stories, or with a gap in their versions. */
  private static final String HEADS =
      """
      SELECT t.id FROM ticket t
        LEFT JOIN ticket_event e ON e.ticket_id = t.id AND e.version = t.version
       WHERE e.hash IS DISTINCT FROM t.head_hash OR e.state_after IS DISTINCT FROM t.state
          OR e.unit_after IS DISTINCT FROM t.unit
          OR (SELECT count(*) FROM ticket_event x WHERE x.ticket_id = t.id) <> t.version
       ORDER BY t.id LIMIT 1
      """;

  private static final String ORPHANS =
      """
      SELECT e.ticket_id FROM ticket_event e LEFT JOIN ticket t ON t.id = e.ticket_id WHERE t.id IS NULL LIMIT 1
      """;

  private static final String UNSEALED =
      """
      SELECT (SELECT count(*) FROM ticket_event) - (SELECT COALESCE(sum(cardinality(tickets)), 0) FROM event_block)
      """;

  private final Sql sql;
  private final Anchors anchors;

  LogVerifier(Sql sql, Anchors anchors) {
    this.sql = sql;
    this.anchors = anchors;
  }

  /**
   * What was found.
   *
   * @param events positions that were checked
   * @param unsealed events that have no position yet
   * @param unanchored blocks after the last one that this node wrote down outside the database
   * @param broken the first broken row, in words; empty when everything holds
   */
  public record Verdict(
      long events, long blocks, long unsealed, long unanchored, Optional<String> broken) {}

  /** Reads the whole log in chunks. Writers may go on meanwhile. */
  public Verdict verify() {
    Row head =
        sql.read("SELECT last_block, last_hash FROM seal_head", new Bind().tuple())
            .iterator()
            .next();
    Anchors.Written anchored = anchors.read();
    long lastBlock = 0;
    long lastSeq = 0;
    byte[] blockHash = new byte[0];
    long blocks = 0;
    while (true) {
      List<List<Row>> chunk = blocks(lastBlock);
      if (chunk.isEmpty()) break;
      for (List<Row> block : chunk) {
        Row first = block.getFirst();
        long number = first.getLong("number");
        if (number != lastBlock + 1)
          return broken(lastSeq, blocks, "block " + (lastBlock + 1) + " is missing");
        if (first.getLong("first_seq") != lastSeq + 1) {
          return broken(
              lastSeq, blocks, "block " + number + " does not begin at position " + (lastSeq + 1));
        }
        MessageDigest digest = sha256();
        digest.update(blockHash);
        for (Row event : block) {
          Optional<String> wrong = check(event);
          if (wrong.isPresent())
            return broken(lastSeq, blocks, "position " + (lastSeq + 1) + ": " + wrong.get());
          digest.update(bytes(event, "hash"));
          lastSeq++;
        }
        blockHash = digest.digest();
        if (!Arrays.equals(blockHash, bytes(first, "block_hash"))) {
          return broken(lastSeq, blocks, "block " + number + " does not match its events");
        }
        if (anchored.contradicts(number, blockHash)) {
          return broken(lastSeq, blocks, "block " + number + " is not the one that was anchored");
        }
        lastBlock = number;
        blocks++;
        if (lastBlock == head.getLong("last_block")
            && !Arrays.equals(blockHash, bytes(head, "last_hash"))) {
          return broken(lastSeq, blocks, "the sealer's own record of block " + number + " differs");
        }
      }
    }
    long lastAnchored = anchored.last().orElse(0L);
    if (lastBlock < Math.max(head.getLong("last_block"), lastAnchored)) {
      return broken(lastSeq, blocks, "block " + (lastBlock + 1) + " is missing");
    }
    for (Row row : sql.read(HEADS, new Bind().tuple())) {
      return broken(lastSeq, blocks, "ticket " + row.getLong(0) + " and its events differ");
    }
    for (Row row : sql.read(ORPHANS, new Bind().tuple())) {
      return broken(lastSeq, blocks, "ticket " + row.getLong(0) + " is gone, its events are not");
    }
    long unsealed = sql.read(UNSEALED, new Bind().tuple()).iterator().next().getLong(0);
    return new Verdict(lastSeq, blocks, unsealed, lastBlock - lastAnchored, Optional.empty());
  }

  private List<List<Row>> blocks(long after) {
    List<List<Row>> blocks = new ArrayList<>();
    long current = after;
    for (Row row : sql.read(BLOCK, new Bind().add(after).tuple())) {
      if (blocks.isEmpty() || row.getLong("number") != current) blocks.add(new ArrayList<>());
      current = row.getLong("number");
      blocks.getLast().add(row);
    }
    return blocks;
  }

  private static Optional<String> check(Row r) {
    long ticket = r.getLong("listed_ticket");
    int version = r.getInteger("listed_version");
    String name = "event " + version + " of ticket " + ticket;
    if (r.getBuffer("hash") == null) return Optional.of(name + " is missing");
    byte[] previous = bytes(r, "prev_hash");
    byte[] expected = version == 1 ? new byte[0] : bytes(r, "before_hash");
    if (!Arrays.equals(previous, expected))
      return Optional.of(name + " does not follow the event before it");
    byte[] canonical =
        EventHash.canonical(
            r.getLong("id"),
            ticket,
            version,
            r.getString("kind"),
            r.getOffsetDateTime("at").toInstant(),
            text(r.getLong("user_id")),
            text(r.getString("user_unit")),
            text(r.getString("rule")),
            text(r.getString("state_before")),
            r.getString("state_after"),
            text(r.getString("unit_before")),
            text(r.getString("unit_after")),
            text(r.getLong("words_id")),
            HexFormat.of().formatHex(bytes(r, "words_commit")),
            r.getString("data"));
    if (!Arrays.equals(EventHash.hash(canonical, previous), bytes(r, "hash"))) {
      return Optional.of(name + " was changed");
    }
    return Optional.empty();
  }

  private static String text(@org.jspecify.annotations.Nullable Object value) {
    return value == null ? "" : value.toString();
  }

  private static byte[] bytes(Row row, String column) {
    Buffer value = row.getBuffer(column);
    return value == null ? new byte[0] : value.getBytes();
  }

  private static Verdict broken(long events, long blocks, String what) {
    return new Verdict(events, blocks, 0, 0, Optional.of(what));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
