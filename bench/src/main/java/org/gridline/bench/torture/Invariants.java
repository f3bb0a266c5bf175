package org.gridline.bench.torture;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.gridline.bench.torture.Ledger.Done;
import org.gridline.bench.torture.Ledger.Sent;
import org.gridline.bench.torture.Ledger.Taken;
import org.gridline.dispatch.store.LogVerifier.Verdict;
import org.gridline.dispatch.store.ReadOnlyLog;

/**
 * What must hold, asked of the database while nobody works: after each fault of what is new, at the
 * end of everything.
 */
final class Invariants {
  /** Tickets made so shortly before the last look are looked at again. */
  private static final long OVERLAP = 60_000L << 13;

  private final Postgres postgres;
  private final Ledger ledger;
  private final Path data;
  private final Set<String> doneOnce = new HashSet<>();
  private final Set<Long> known = new HashSet<>();
  private long lookedTo;

  /** What was found. */
  record Findings(int lost, int doubled, List<String> broken) {
    Findings {
      broken = List.copyOf(broken);
    }
  }

  private static final class Found {
    private int lost;
    private int doubled;
    private final List<String> broken = new ArrayList<>();

    void lost(String what) {
      lost++;
      broken.add("lost: " + what);
    }

    void doubled(String what) {
      doubled++;
      broken.add("doubled: " + what);
    }
  }

  Invariants(Postgres postgres, Ledger ledger, Path data) {
    this.postgres = postgres;
    this.ledger = ledger;
    this.data = data;
  }

  /** What has been added since the last look. */
  Findings newest() throws SQLException {
    return look(Math.max(0, lookedTo - OVERLAP), false);
  }

  /** Everything, and the whole proof. */
  Findings all() throws SQLException {
    return look(0, true);
  }

  private Findings look(long from, boolean whole) throws SQLException {
    Found found = new Found();
    try (Connection c = postgres.connect()) {
      Ask ask = new Ask(c);
      acknowledged(ask, whole, found);
      unknown(ask, from, found);
      actions(ask, from, found);
      chains(ask, from, found);
      owners(ask, found);
      deadlines(ask, found);
      lookedTo = ask.number("SELECT coalesce(max(id), 0) FROM ticket");
    }
    if (whole) proof(found);
    return new Findings(found.lost, found.doubled, found.broken);
  }

  /** I1: what was acknowledged is there under its key, with the number that was told. */
  private void acknowledged(Ask ask, boolean whole, Found found) throws SQLException {
    List<Sent> sent = new ArrayList<>(ledger.takeUnchecked());
    if (whole) {
      sent = ledger.reports().values().stream().filter(s -> s.taken().isPresent()).toList();
    }
    Map<String, Map.Entry<Long, String>> stored = new HashMap<>();
    ask.each(
        """
        SELECT i.key, i.ticket_id, coalesce(t.number, '') FROM unnest($keys) k
          JOIN idempotency i ON i.key = k LEFT JOIN ticket t ON t.id = i.ticket_id
        """
            .replace("$keys", "?"),
        row -> stored.put(row.getString(1), Map.entry(row.getLong(2), row.getString(3))),
        (Object) sent.stream().map(s -> s.key).toArray(String[]::new));
    for (Sent one : sent) {
      Taken told = one.taken().orElseThrow();
      Map.Entry<Long, String> there = stored.get(one.key);
      if (there == null || there.getValue().isEmpty())
        found.lost("key " + one.key + ", acknowledged as " + told.number());
      else if (there.getKey() != told.ticket() || !there.getValue().equals(told.number()))
        found.broken.add("key " + one.key + " is " + there + " and was told as " + told.number());
    }
  }

  /** I2: what nobody was told is there once at most, and nothing is there that nobody sent. */
  private void unknown(Ask ask, long from, Found found) throws SQLException {
    Set<String> seen = new HashSet<>();
    ask.each(
        """
        SELECT t.id, coalesce(i.key, '') FROM ticket t LEFT JOIN idempotency i ON i.ticket_id = t.id
         WHERE t.id > ?
        """,
        row -> {
          long ticket = row.getLong(1);
          String key = row.getString(2);
          known.add(ticket);
          Optional<Sent> sent = Optional.ofNullable(ledger.reports().get(key));
          if (sent.isEmpty()) found.doubled("ticket " + ticket + " has the key '" + key + "'");
          else if (!seen.add(key)) found.doubled("key " + key + " has two tickets");
          else if (sent.get().refused())
            found.broken.add("key " + key + " was refused and is there");
          else if (sent.get().taken().isEmpty())
            found.broken.add("key " + key + " is there, and its client was never told");
        },
        from);
    long all = ask.number("SELECT count(*) FROM ticket");
    if (all != known.size())
      found.lost(known.size() + " tickets were there, and now there are " + all);
  }

  /** I1 and I2 for actions: the version that was told is made by it, and once. */
  private void actions(Ask ask, long from, Found found) throws SQLException {
    List<Done> done = ledger.takeUncheckedDone();
    Map<String, String> events = new HashMap<>();
    ask.each(
        """
        SELECT e.ticket_id, e.version, e.kind FROM unnest(?, ?) AS d(ticket, version)
          JOIN ticket_event e ON e.ticket_id = d.ticket AND e.version = d.version
        """,
        row -> events.put(row.getLong(1) + " " + row.getInt(2), row.getString(3)),
        done.stream().map(Done::ticket).toArray(Long[]::new),
        done.stream().map(Done::version).toArray(Integer[]::new));
    for (Done one : done) {
      String step = one.ticket() + " " + one.version();
      String event = events.get(step);
      if (event == null) found.lost(one.event() + ", acknowledged as " + step);
      else if (!event.equals(one.event()))
        found.broken.add(one.event() + " was told as " + step + ", which is a " + event);
      if (!doneOnce.add(step)) found.doubled("two were told that they made " + step);
    }
    ask.each(
        """
        SELECT ticket_id, kind FROM ticket_event WHERE ticket_id > ? AND kind IN ('TicketSigned', 'FeedbackGiven')
         GROUP BY 1, 2 HAVING count(*) > 1
        """,
        row -> found.doubled(row.getString(2) + " of ticket " + row.getLong(1)),
        from);
  }

  /**
   * I3, cheaply: versions without a gap, each hash on the one before, the row at its last event.
   */
  private static void chains(Ask ask, long from, Found found) throws SQLException {
    ask.each(
        """
        SELECT ticket_id, version FROM (
          SELECT ticket_id, version, prev_hash, lag(hash) OVER w AS before, row_number() OVER w AS n
            FROM ticket_event WHERE ticket_id > ? WINDOW w AS (PARTITION BY ticket_id ORDER BY version)) e
         WHERE version <> n OR (n > 1 AND prev_hash <> before)
        """,
        row -> found.broken.add("the chain of ticket " + row.getLong(1) + " at " + row.getInt(2)),
        from);
    ask.each(
        """
        SELECT t.id FROM ticket t CROSS JOIN LATERAL (
          SELECT version, hash FROM ticket_event e WHERE e.ticket_id = t.id ORDER BY version DESC LIMIT 1) last
         WHERE t.id > ? AND (t.version <> last.version OR t.head_hash <> last.hash)
        """,
        row -> found.broken.add("ticket " + row.getLong(1) + " is not at its last event"),
        from);
  }

  /** I4: an owner or a queue with a name, and a clock that runs. */
  private static void owners(Ask ask, Found found) throws SQLException {
    ask.each(
        """
        SELECT t.id, t.state FROM ticket t WHERE t."open" AND t.unit IS NULL
           AND t.state NOT IN ('REGISTERED', 'VERIFYING', 'PENDING_FILING', 'PENDING_DISPATCH')
        """,
        row -> found.broken.add("nobody owns ticket " + row.getLong(1) + ", " + row.getString(2)));
    ask.each(
        """
        SELECT t.id, t.state FROM ticket t WHERE t."open" AND t.state <> 'SUSPENDED' AND NOT EXISTS (
          SELECT FROM deadline d WHERE d.ticket_id = t.id AND d.paused_at IS NULL)
        """,
        row -> found.broken.add("no clock of ticket " + row.getLong(1) + ", " + row.getString(2)));
  }

  /** I5 but for lateness, which is waited for: never early, never twice. */
  private static void deadlines(Ask ask, Found found) throws SQLException {
    ask.each(
        """
        SELECT ticket_id, kind, data FROM ticket_event WHERE kind IN ('ClockWarned', 'ClockOverdue', 'ClockEscalated')
         GROUP BY 1, 2, 3 HAVING count(*) > 1
        """,
        row -> found.doubled(row.getString(2) + " of ticket " + row.getLong(1)));
    ask.each(
        """
        SELECT ticket_id, kind FROM ticket_event
         WHERE kind IN ('ClockOverdue', 'ClockEscalated') AND at < (data::jsonb ->> 'dueAt')::timestamptz
        """,
        row -> found.broken.add(row.getString(2) + " too early, ticket " + row.getLong(1)));
    ask.each(
        """
        SELECT e.ticket_id FROM ticket_event e
          JOIN deadline d ON d.ticket_id = e.ticket_id AND d.clock = e.data::jsonb ->> 'clock'
         WHERE e.kind = 'ClockWarned' AND d.due_at = (e.data::jsonb ->> 'dueAt')::timestamptz AND e.at < d.warn_at
        """,
        row -> found.broken.add("warned too early, ticket " + row.getLong(1)));
  }

  /** I3: the machinery of {@code audit verify}. */
  private void proof(Found found) {
    Verdict verdict =
        ReadOnlyLog.open(postgres.url("gridline", postgres.port()), data, List.of())
            .verifier()
            .verify();
    verdict.broken().ifPresent(what -> found.broken.add("audit: " + what));
    for (Sent sent : ledger.reports().values()) {
      if (sent.taken().isEmpty() && !sent.refused())
        found.broken.add("key " + sent.key + " never came to an end");
    }
  }
}
