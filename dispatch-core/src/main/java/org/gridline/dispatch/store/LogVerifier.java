package org.gridline.dispatch.store;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Recomputes the whole proof from the rows: every event's hash, every ticket's chain, every block,
 * the order of positions, and every ticket against its last event. Names the first thing that is
 * broken.
 *
 * <p>Reads in pieces of some thousand rows, so that neither memory nor any statement grows with the
 * log, and holds no transaction open: writers and sealers go on meanwhile. What is written after
 * the beginning is left to the next time.
 */
public final class LogVerifier {
  /** As many events are looked at together; a block may add at most its own. */
  private static final int EVENTS = 4_000;

  /** No round of the sealer is larger; a longer list is not its work. */
  private static final int MOST_IN_BLOCK = 100_000;

  private static final int TICKETS = 4_000;

  private static final String HEAD =
      """
      SELECT last_block, last_seq, last_hash, last_xid::text AS last_xid, last_id,
             COALESCE((SELECT max(number) FROM event_block), 0) AS newest_block
        FROM seal_head
      """;

  private static final String BLOCKS =
      """
      SELECT number, first_seq, last_seq, hash, last_xid::text AS last_xid, last_id,
             cardinality(tickets) AS listed
        FROM event_block WHERE number > $1 AND number <= $2 ORDER BY number LIMIT 200
      """;

  private static final String EVENTS_OF =
      """
      SELECT b.number, p.ticket_id AS listed_ticket, p.version AS listed_version, e.*, before.hash AS before_hash,
             EXISTS (SELECT FROM ticket t WHERE t.id = p.ticket_id) AS ticket_there
        FROM event_block b
       CROSS JOIN LATERAL unnest(b.tickets, b.versions) WITH ORDINALITY AS p(ticket_id, version, n)
        LEFT JOIN ticket_event e ON e.ticket_id = p.ticket_id AND e.version = p.version
        LEFT JOIN ticket_event before ON before.ticket_id = p.ticket_id AND before.version = p.version - 1
       WHERE b.number BETWEEN $1 AND $2
       ORDER BY b.number, p.n
      """;

  // The sealer takes events in this order and no event can appear before its end any more, so what
  // lies between two blocks' ends is exactly what the later one lists.
  private static final String BETWEEN =
      """
      SELECT ticket_id, version FROM ticket_event
       WHERE (xid, id) > ($1::text::xid8, $2) AND (xid, id) <= ($3::text::xid8, $4)
       LIMIT $5
      """;

  /** Tickets whose row and last event tell different stories, or with a gap in their versions. */
  private static final String TICKETS_AFTER =
      """
      SELECT max(c.id) AS last, count(*) AS n, min(c.id) FILTER (WHERE c.wrong) AS wrong FROM (
        SELECT t.id, e.hash IS DISTINCT FROM t.head_hash OR e.state_after IS DISTINCT FROM t.state
               OR e.unit_after IS DISTINCT FROM t.unit
               OR (SELECT count(*) FROM ticket_event x WHERE x.ticket_id = t.id) <> t.version AS wrong
          FROM (SELECT id, version, head_hash, state, unit FROM ticket WHERE id > $1 ORDER BY id LIMIT $2) t
          LEFT JOIN ticket_event e ON e.ticket_id = t.id AND e.version = t.version) c
      """;

  private static final String UNSEALED =
      """
      SELECT count(*) AS n, count(*) FILTER (WHERE NOT EXISTS (SELECT FROM ticket t WHERE t.id = e.ticket_id)) AS orphans
        FROM ticket_event e WHERE (e.xid, e.id) > ($1::text::xid8, $2)
      """;

  private final Sql sql;
  private final Optional<Anchors> anchors;

  LogVerifier(Sql sql, Optional<Anchors> anchors) {
    this.sql = sql;
    this.anchors = anchors;
  }

  /**
   * What was found.
   *
   * @param events positions that were checked
   * @param tickets tickets that were compared with their events, 0 when it did not come to that
   * @param unsealed events that have no position yet
   * @param unanchored blocks after the last one that this node wrote down outside the database
   * @param unanchoredEvents positions in them
   * @param broken the first broken row, in words; empty when everything holds
   */
  public record Verdict(
      long events,
      long tickets,
      long blocks,
      long unsealed,
      long unanchored,
      long unanchoredEvents,
      Optional<String> broken) {}

  /** Is told how far it has come; may be called some ten times a second. */
  public interface Progress {
    void at(long events, long ofEvents, long tickets);
  }

  /** Reads the whole log. */
  public Verdict verify() {
    return verify((events, ofEvents, tickets) -> {});
  }

  /** The same, telling on the way. */
  public Verdict verify(Progress progress) {
    Optional<Anchors.Written> written = anchors.map(Anchors::read);
    Row head = first(sql.read(HEAD, Tuple.tuple()));
    return new Run(written, head, progress).verify();
  }

  /** One reading of the log. */
  private final class Run {
    private final Optional<Anchors.Written> anchored;
    private final Row head;
    private final Progress progress;
    private final long lastAnchored;
    private long events;
    private long blocks;
    private long tickets;
    private long anchoredEvents;
    private byte[] blockHash = new byte[0];
    private String lastXid = "0";
    private long lastId;

    Run(Optional<Anchors.Written> anchored, Row head, Progress progress) {
      this.anchored = anchored;
      this.head = head;
      this.progress = progress;
      this.lastAnchored = anchored.flatMap(Anchors.Written::last).orElse(0L);
    }

    Verdict verify() {
      Optional<String> broken = blocks().or(this::tickets);
      if (broken.isPresent()) return verdict(0, broken);
      // What was sealed meanwhile is no tail any more, so the end of the log is asked again.
      Row end = first(sql.read(HEAD, Tuple.tuple()));
      Bind from = new Bind().add(end.getString("last_xid")).add(end.getLong("last_id"));
      Row tail = first(sql.read(UNSEALED, from.tuple()));
      if (tail.getLong("orphans") > 0) {
        return verdict(
            0, Optional.of("an event without a position belongs to a ticket that is gone"));
      }
      return verdict(tail.getLong("n"), Optional.empty());
    }

    private Verdict verdict(long unsealed, Optional<String> broken) {
      long anchoredBlocks = Math.min(lastAnchored, blocks);
      return new Verdict(
          events,
          tickets,
          blocks,
          unsealed,
          blocks - anchoredBlocks,
          events - anchoredEvents,
          broken);
    }

    private Optional<String> blocks() {
      long goal = head.getLong("last_block");
      while (true) {
        List<BlockRow> some = listBlocks(blocks, goal);
        if (some.isEmpty()) break;
        int from = 0;
        while (from < some.size()) {
          int to = from;
          long sum = 0;
          while (to < some.size() && (to == from || sum + some.get(to).listed() <= EVENTS)) {
            sum += some.get(to++).listed();
          }
          Optional<String> wrong = piece(some.subList(from, to));
          if (wrong.isPresent()) return wrong;
          progress.at(events, head.getLong("last_seq"), tickets);
          from = to;
        }
      }
      if (blocks < Math.max(goal, lastAnchored)) {
        return Optional.of("block " + (blocks + 1) + " is missing");
      }
      if (!Arrays.equals(blockHash, EventRows.bytes(head, "last_hash"))
          || events != head.getLong("last_seq")) {
        return Optional.of("the sealer's own record of block " + blocks + " differs");
      }
      if (head.getLong("newest_block") > goal) {
        return Optional.of("block " + (goal + 1) + " lies beyond the sealer's own record");
      }
      return Optional.empty();
    }

    /** Some blocks that follow each other, with all their events. */
    private Optional<String> piece(List<BlockRow> piece) {
      long expected = blocks;
      long seq = events;
      for (BlockRow block : piece) {
        expected++;
        if (block.number() != expected) {
          return Optional.of("block " + expected + " is missing");
        }
        if (block.firstSeq() != seq + 1) {
          return Optional.of("block " + expected + " does not begin at position " + (seq + 1));
        }
        if (block.listed() > MOST_IN_BLOCK || block.listed() != block.lastSeq() - seq) {
          return Optional.of("block " + expected + " lists another number of events than it has");
        }
        seq = block.lastSeq();
      }
      Bind range = new Bind().add(piece.getFirst().number()).add(piece.getLast().number());
      Set<EventRows.Key> listed = new HashSet<>();
      var rows = sql.read(EVENTS_OF, range.tuple()).iterator();
      for (BlockRow block : piece) {
        MessageDigest digest = EventRows.sha256();
        digest.update(blockHash);
        for (int i = 0; i < block.listed(); i++) {
          if (!rows.hasNext()) return Optional.of("block " + block.number() + " is missing");
          Row event = rows.next();
          Optional<String> wrong = EventRows.check(event);
          if (wrong.isPresent())
            return Optional.of("position " + (events + 1) + ": " + wrong.get());
          if (!event.getBoolean("ticket_there")) {
            return Optional.of(
                "ticket " + event.getLong("listed_ticket") + " is gone, its events are not");
          }
          listed.add(new EventRows.Key(event.getLong("ticket_id"), event.getInteger("version")));
          digest.update(EventRows.bytes(event, "hash"));
          events++;
        }
        Optional<String> wrong = ends(block, digest.digest());
        if (wrong.isPresent()) return wrong;
      }
      return between(piece.getLast(), listed);
    }

    private Optional<String> ends(BlockRow block, byte[] hash) {
      blockHash = hash;
      if (!Arrays.equals(hash, block.hash())) {
        return Optional.of("block " + block.number() + " does not match its events");
      }
      if (anchored.filter(a -> a.contradicts(block.number(), hash)).isPresent()) {
        return Optional.of("block " + block.number() + " is not the one that was anchored");
      }
      blocks++;
      if (block.number() <= lastAnchored) anchoredEvents = events;
      return Optional.empty();
    }

    /** Whoever smuggles an event into the past leaves it outside of every block. */
    private Optional<String> between(BlockRow last, Set<EventRows.Key> listed) {
      Bind range = new Bind().add(lastXid).add(lastId).add(last.lastXid()).add(last.lastId());
      range.add(listed.size() + 1L);
      int there = 0;
      for (Row row : sql.read(BETWEEN, range.tuple())) {
        EventRows.Key key = new EventRows.Key(row.getLong("ticket_id"), row.getInteger("version"));
        if (!listed.contains(key)) return Optional.of(key + " stands in no block");
        there++;
      }
      if (there != listed.size()) {
        return Optional.of("block " + last.number() + " lists events that lie outside of it");
      }
      lastXid = last.lastXid();
      lastId = last.lastId();
      return Optional.empty();
    }

    private Optional<String> tickets() {
      long last = Long.MIN_VALUE;
      while (true) {
        Row some = first(sql.read(TICKETS_AFTER, new Bind().add(last).add(TICKETS).tuple()));
        if (some.getLong("n") == 0) return Optional.empty();
        if (some.getLong("wrong") != null) {
          return Optional.of("ticket " + some.getLong("wrong") + " and its events differ");
        }
        last = some.getLong("last");
        tickets += some.getLong("n");
        progress.at(events, head.getLong("last_seq"), tickets);
      }
    }
  }

  private record BlockRow(
      long number,
      long firstSeq,
      long lastSeq,
      byte[] hash,
      String lastXid,
      long lastId,
      int listed) {}

  private List<BlockRow> listBlocks(long after, long upTo) {
    List<BlockRow> blocks = new java.util.ArrayList<>();
    for (Row r : sql.read(BLOCKS, new Bind().add(after).add(upTo).tuple())) {
      blocks.add(
          new BlockRow(
              r.getLong("number"),
              r.getLong("first_seq"),
              r.getLong("last_seq"),
              EventRows.bytes(r, "hash"),
              r.getString("last_xid"),
              r.getLong("last_id"),
              r.getInteger("listed")));
    }
    return blocks;
  }

  private static Row first(Iterable<Row> rows) {
    return rows.iterator().next();
  }
}
