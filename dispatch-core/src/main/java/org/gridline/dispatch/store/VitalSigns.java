package org.gridline.dispatch.store;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.Optional;

/** Asks the database how it is, in one statement. Thread-safe. */
final class VitalSigns {
  // The oldest event without a position comes first in the sealer's index, so asking stays cheap.
  private static final String SIGNS =
      """
      SELECT (SELECT COALESCE(max(extract(epoch FROM clock_timestamp() - xact_start)), 0)::float8
                FROM pg_stat_activity WHERE backend_xid IS NOT NULL) AS horizon,
             h.last_seq, h.last_block,
             (SELECT e.xid::text || '/' || e.id FROM ticket_event e
               WHERE (e.xid, e.id) > (h.last_xid, h.last_id) ORDER BY e.xid, e.id LIMIT 1) AS oldest,
             (SELECT version FROM schema_history WHERE success ORDER BY installed_rank DESC LIMIT 1) AS migration,
             (SELECT CASE WHEN current_setting('archive_mode') = 'off' THEN 'OFF'
                          WHEN a.last_failed_time > COALESCE(a.last_archived_time, '-infinity') THEN 'FAILS'
                          ELSE 'WORKS' END
                FROM pg_stat_archiver a) AS archiving
        FROM seal_head h
      """;

  private static final String BYTES = "SELECT pg_database_size(current_database())";

  /** Asking for the size walks through the database's files. */
  private static final long BYTES_NANOS = 60_000_000_000L;

  private final Sql sql;
  private final DatabaseClock clock;
  private volatile Waiting waiting = new Waiting("", 0);
  private volatile Size size = new Size(0, System.nanoTime() - BYTES_NANOS);

  private record Waiting(String event, long sinceNanos) {}

  private record Size(long bytes, long askedNanos) {}

  VitalSigns(Sql sql, DatabaseClock clock) {
    this.sql = sql;
    this.clock = clock;
  }

  Vitals take(Anchors anchors, AnswerRetention retention, double sealerSilence) {
    Row row = sql.read(SIGNS, Tuple.tuple()).iterator().next();
    return new Vitals(
        clock.instant(),
        row.getDouble("horizon"),
        sealerSilence,
        unsealedAge(Optional.ofNullable(row.getString("oldest"))),
        row.getLong("last_seq"),
        row.getLong("last_block"),
        anchors.ageSeconds(),
        anchors.anchoredSeq(),
        retention.ageSeconds(),
        retention.forgotten(),
        bytes(),
        row.getString("migration"),
        Schema.LATEST_MIGRATION,
        clock.offset(),
        clock.jumped(),
        Vitals.Archiving.valueOf(row.getString("archiving")));
  }

  /** An event's own time says nothing: reports may tell of last year. So its waiting is watched. */
  private double unsealedAge(Optional<String> oldest) {
    long now = System.nanoTime();
    Waiting before = waiting;
    if (oldest.isEmpty()) {
      waiting = new Waiting("", now);
      return 0;
    }
    if (!oldest.get().equals(before.event())) {
      waiting = new Waiting(oldest.get(), now);
      return 0;
    }
    return (now - before.sinceNanos()) / 1e9;
  }

  private long bytes() {
    long now = System.nanoTime();
    if (now - size.askedNanos() < BYTES_NANOS) return size.bytes();
    size = new Size(sql.read(BYTES, Tuple.tuple()).iterator().next().getLong(0), now);
    return size.bytes();
  }
}
