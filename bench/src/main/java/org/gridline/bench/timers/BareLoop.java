package org.gridline.bench.timers;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import org.gridline.bench.common.RunDatabase;

/**
 * The peer: claims what is due with SKIP LOCKED and writes the same event and ticket rows, in one
 * prepared statement a turn, everything in the database. The canonical text is put together there,
 * byte by byte the one that Gridline hashes.
 */
final class BareLoop implements AutoCloseable {
  private static final String TURN =
      """
      WITH due AS MATERIALIZED (
        SELECT d.ticket_id, d.clock, d.warn_at, d.due_at FROM deadline d
         WHERE d.next_at <= ? ORDER BY d.next_at LIMIT ? FOR UPDATE SKIP LOCKED),
      fired AS (
        UPDATE deadline d SET warned_for = d.warn_at FROM due
         WHERE d.ticket_id = due.ticket_id AND d.clock = due.clock RETURNING d.ticket_id, d.clock, d.due_at),
      event AS MATERIALIZED (
        SELECT t.id AS ticket, t.version + 1 AS version, t.state, t.unit, t.head_hash AS prev,
               ?::bigint + row_number() OVER () AS id,
               '{"clock":"' || f.clock || '","dueAt":"' || to_char(f.due_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
                 || '"}' AS data
          FROM fired f JOIN ticket t ON t.id = f.ticket_id),
      moved AS (
        UPDATE ticket t
           SET version = e.version, updated_at = ?,
               head_hash = sha256(convert_to(concat_ws(E'\\n', 'gridline-event-1', e.id, e.ticket, e.version, 'ClockWarned',
                 (extract(epoch FROM ?::timestamptz) * 1000000)::bigint, '', '', 'deadline-sweep', e.state, e.state,
                 e.unit, e.unit, '', '', e.data, ''), 'UTF8') || e.prev)
          FROM event e WHERE t.id = e.ticket
        RETURNING t.id, t.version, t.head_hash, e.id AS event, e.state, e.unit, e.data, e.prev)
      INSERT INTO ticket_event (ticket_id, version, id, kind, at, rule, state_before, state_after, unit_before,
        unit_after, data, prev_hash, hash)
      SELECT id, version, event, 'ClockWarned', ?, 'deadline-sweep', state, state, unit, unit, data, prev, head_hash
        FROM moved
      """;

  private final Connection connection;
  private final PreparedStatement turn;
  private final int batch;
  private long id = 1;

  BareLoop(String url, int batch) throws SQLException {
    this.batch = batch;
    connection = RunDatabase.connect(url);
    turn = connection.prepareStatement(TURN);
    turn.unwrap(org.postgresql.PGStatement.class).setPrepareThreshold(1);
  }

  /** Fires until nothing is due; how many. */
  int run() throws SQLException {
    int all = 0;
    int last;
    do {
      Timestamp now = Timestamp.from(Instant.now());
      turn.setTimestamp(1, now);
      turn.setInt(2, batch);
      turn.setLong(3, id);
      turn.setTimestamp(4, now);
      turn.setTimestamp(5, now);
      turn.setTimestamp(6, now);
      last = turn.executeUpdate();
      id += last;
      all += last;
    } while (last > 0);
    return all;
  }

  /** The id of the connection's process on the server. */
  int backend() throws SQLException {
    try (ResultSet rows = connection.createStatement().executeQuery("SELECT pg_backend_pid()")) {
      rows.next();
      return rows.getInt(1);
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
