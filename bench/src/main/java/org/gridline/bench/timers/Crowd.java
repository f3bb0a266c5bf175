package org.gridline.bench.timers;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;
import org.gridline.bench.common.RunDatabase;

/** A database of its own with many tickets whose clocks run, and ways to let some come due. */
final class Crowd implements AutoCloseable {
  /** Clocks a ticket: in handling, first contact aside. */
  static final int CLOCKS = 3;

  private static final String TICKETS =
      """
      INSERT INTO ticket (id, number, state, version, channel, type, urgency, category_kind, category_code, position,
        place_flag, boundary_version, area_roles, areas, area_names, unit, ground, person_id, words_id, reporter,
        reworks, returns, revisit_tries, handlers, checkers, registered_at, updated_at, head_hash)
      SELECT n::bigint * 40000 << 13, 'B' || n, 'HANDLING', 5, 'phone', 'help', 'normal', 'event', '06010',
        ST_SetSRID(ST_MakePoint(118.8 + n % 1000 * 0.0002, 32.05 + n / 1000 % 1000 * 0.0002), 4326), 'OK', 'bench',
        '{district,street,community,grid}', ARRAY['320113', 's' || n % 12, 'c' || n % 140, 'g' || n % 1200],
        '{区,街道,社区,网格}', 'U' || n % 80, '{"how":"person","user":1}', n, n, 'CALLER', 0, 0, 0, '{}', '{}',
        now() - interval '1 day', now() - interval '1 day', sha256(n::text::bytea)
        FROM generate_series(?, ?) n
      """;

  private static final String DEADLINES =
      """
      INSERT INTO deadline (ticket_id, clock, unit, started_at, warn_at, due_at)
      SELECT id, clock, 'WD', now() - interval '1 day', now() + days * interval '1 day',
        now() + days * 1.25 * interval '1 day'
        FROM (SELECT t.id, c.clock, 30 + random() * 300 AS days
                FROM ticket t, unnest('{handle,total,feedbackReview}'::text[]) c(clock)) x
      """;

  private static final String LET_COME_DUE =
      """
      UPDATE deadline d SET warn_at = ?, warned_for = NULL
       WHERE clock = 'handle' AND ticket_id = ANY(?)
      """;

  private final RunDatabase database;

  private Crowd(RunDatabase database) {
    this.database = database;
  }

  static Crowd create(String server) throws SQLException {
    return new Crowd(RunDatabase.create(server, "timers"));
  }

  String url() {
    return database.url();
  }

  RunDatabase database() {
    return database;
  }

  /** The tickets with their clocks, none of them due for a month. */
  void fill(int tickets) throws SQLException {
    try (PreparedStatement some = connection().prepareStatement(TICKETS);
        Statement s = connection().createStatement()) {
      s.execute("SET synchronous_commit = off");
      for (int from = 1; from <= tickets; from += 50_000) {
        some.setInt(1, from);
        some.setInt(2, Math.min(from + 49_999, tickets));
        some.execute();
      }
      s.execute(DEADLINES);
      s.execute("RESET synchronous_commit");
    }
    database.execute("VACUUM ANALYZE deadline", "VACUUM ANALYZE ticket");
    settle();
  }

  /** Both sides begin with the same tables: nothing dead in them. */
  void settle() throws SQLException {
    database.execute("VACUUM deadline", "VACUUM ticket", "CHECKPOINT");
  }

  static long id(int n) {
    return (n * 40_000L) << 13;
  }

  /** Lets one clock of each of these turn yellow at a moment. */
  void letComeDue(Long[] tickets, Instant at) throws SQLException {
    try (PreparedStatement s = connection().prepareStatement(LET_COME_DUE)) {
      s.setTimestamp(1, Timestamp.from(at));
      s.setArray(2, connection().createArrayOf("bigint", tickets));
      if (s.executeUpdate() != tickets.length)
        throw new IllegalStateException("not every ticket had a clock");
    }
  }

  long count(String from) throws SQLException {
    return database.count(from);
  }

  private Connection connection() {
    return database.connection();
  }

  @Override
  public void close() throws SQLException {
    database.close();
  }
}
