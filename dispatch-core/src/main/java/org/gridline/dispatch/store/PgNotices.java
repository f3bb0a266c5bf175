package org.gridline.dispatch.store;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;
import org.gridline.dispatch.deadline.Clock;
import org.gridline.dispatch.notice.Notice;
import org.gridline.dispatch.notice.Notices;
import org.gridline.dispatch.notice.Occasion;
import org.gridline.dispatch.ticket.TicketState;

/** Notices in PostgreSQL. What a reader may see follows from the ticket, as everywhere. */
final class PgNotices implements Notices {
  private static final int BATCH = 500;

  private static final String COLUMNS =
      """
      n.id, n.ticket_id, t.number, t.state, n.occasion, n.clock, n.level, n.due_at, n.created_at, n.shown_at,
      n.reminders, n.told_level, n.over_at, n.acknowledged_by, n.acknowledged_at
      """;

  /** Takes five values from $1 on: words, now, and the scope. */
  private static final String MINE =
      " FROM notice n JOIN ticket t ON t.id = n.ticket_id WHERE n.audience && $1::text[] AND"
          + " n.shown_at <= $2 AND "
          + Scoped.sql(3);

  private static final String OPEN = " AND n.acknowledged_at IS NULL AND n.over_at IS NULL";

  private static final String PAGE =
      "SELECT " + COLUMNS + MINE + "%s AND n.id < $6 ORDER BY n.id DESC LIMIT $7";

  private static final String COUNT = "SELECT count(*) FROM (SELECT" + MINE + OPEN + " LIMIT $6) n";

  private static final String FIND = "SELECT " + COLUMNS + MINE + " AND n.id = $6";

  private static final String ACKNOWLEDGE =
      """
      UPDATE notice SET acknowledged_by = $2, acknowledged_at = $3, remind_at = NULL, send_at = NULL
       WHERE id = $1 AND acknowledged_at IS NULL
      """;

  // A clock that stopped or was moved needs nobody any more; a paused one is asked about later. Who
  // is told next is told
  // beside those who were told already, and has as many reminders again.
  private static final String REMIND =
      """
      WITH late AS (
        SELECT id FROM notice WHERE remind_at <= $1 AND acknowledged_at IS NULL AND over_at IS NULL
         ORDER BY remind_at LIMIT $3 FOR UPDATE SKIP LOCKED),
      seen AS (
        SELECT n.id, d.there, d.runs, n.reminders >= n.most_reminders AS full_,
               n.reminders >= n.most_reminders AND cardinality(n.next_audience) > 0 AS next_,
               CASE WHEN n.quiet THEN $2 ELSE $1 END AS at
          FROM late JOIN notice n ON n.id = late.id
         CROSS JOIN LATERAL (
           SELECT n.clock IS NULL OR count(*) > 0 AS there,
                  n.clock IS NULL OR count(*) FILTER (WHERE d.paused_at IS NULL) > 0 AS runs
             FROM deadline d WHERE d.ticket_id = n.ticket_id AND d.clock = n.clock AND d.due_at = n.due_at) d),
      told AS (SELECT s.*, s.runs AND (s.next_ OR NOT s.full_) AS again FROM seen s)
      UPDATE notice n
         SET reminders = n.reminders + s.again::int,
             shown_at = CASE WHEN s.again THEN s.at ELSE n.shown_at END,
             audience = CASE WHEN s.again AND s.next_ THEN n.audience || string_to_array(n.next_audience[1], ' ')
                             ELSE n.audience END,
             next_audience = CASE WHEN s.again AND s.next_ THEN n.next_audience[2:] ELSE n.next_audience END,
             told_level = n.told_level + (s.again AND s.next_)::int,
             most_reminders = n.most_reminders + CASE WHEN s.again AND s.next_ THEN n.each_level + 1 ELSE 0 END,
             send_at = CASE WHEN s.again AND cardinality(n.means) > 0 THEN s.at ELSE n.send_at END,
             remind_at = CASE WHEN s.again OR (s.there AND NOT s.runs)
                              THEN s.at + make_interval(secs => n.repeat_seconds) END
        FROM told s WHERE n.id = s.id
      RETURNING s.again
      """;

  private static final String STAFFED =
      "SELECT DISTINCT unit FROM app_user WHERE disabled_at IS NULL AND unit IS NOT NULL";

  private static final String FORGET =
      """
      DELETE FROM notice WHERE id IN (
        SELECT id FROM notice WHERE created_at < $1 ORDER BY created_at LIMIT $2)
      """;

  private final Sql sql;

  PgNotices(Sql sql) {
    this.sql = sql;
  }

  @Override
  public Page list(Reader reader, Which which, Optional<String> cursor, int limit, Instant now) {
    long before = cursor.map(PgNotices::id).orElse(Long.MAX_VALUE);
    String query = PAGE.formatted(which == Which.OPEN ? OPEN : "");
    List<Notice> found = new ArrayList<>();
    for (Row row : sql.read(query, mine(reader, now).add(before).add(limit + 1).tuple())) {
      found.add(read(row));
    }
    if (found.size() <= limit) return new Page(found, Optional.empty());
    List<Notice> page = found.subList(0, limit);
    return new Page(page, Optional.of(Long.toString(page.getLast().id())));
  }

  private static long id(String cursor) {
    if (!cursor.matches("\\d{1,18}")) {
      throw Failure.atField(
          FailureCode.INVALID_REQUEST, "cursor", "请从第一页重新查询 · start again from the first page");
    }
    return Long.parseLong(cursor);
  }

  private static Bind mine(Reader reader, Instant now) {
    return Scoped.bind(new Bind().strings(reader.words()).add(now), reader.scope());
  }

  @Override
  public int countOpen(Reader reader, Instant now) {
    Tuple values = mine(reader, now).add(MOST_COUNTED).tuple();
    return Math.toIntExact(sql.read(COUNT, values).iterator().next().getLong(0));
  }

  @Override
  public Notice acknowledge(Reader reader, long id, Instant now) {
    get(reader, id, now);
    sql.write(ACKNOWLEDGE, new Bind().add(id).add(reader.user()).add(now).tuple());
    return get(reader, id, now);
  }

  private Notice get(Reader reader, long id, Instant now) {
    Iterator<Row> rows = sql.read(FIND, mine(reader, now).add(id).tuple()).iterator();
    if (!rows.hasNext())
      throw new Failure(FailureCode.NOT_FOUND, "没有此提醒或不是给您的 · no such notice for you");
    return read(rows.next());
  }

  private static Notice read(Row r) {
    OptionalLong by =
        r.getLong("acknowledged_by") == null
            ? OptionalLong.empty()
            : OptionalLong.of(r.getLong("acknowledged_by"));
    return new Notice(
        r.getLong("id"),
        r.getLong("ticket_id"),
        r.getString("number"),
        TicketState.valueOf(r.getString("state")),
        Occasion.find(r.getString("occasion")).orElseThrow(),
        Optional.ofNullable(r.getString("clock")).flatMap(Clock::find),
        r.getShort("level"),
        Optional.ofNullable(r.getOffsetDateTime("due_at")).map(OffsetDateTime::toInstant),
        r.getOffsetDateTime("created_at").toInstant(),
        r.getOffsetDateTime("shown_at").toInstant(),
        r.getInteger("reminders"),
        r.getShort("told_level"),
        Optional.ofNullable(r.getOffsetDateTime("over_at")).map(OffsetDateTime::toInstant),
        by.isEmpty()
            ? Optional.empty()
            : Optional.of(
                new Notice.Acknowledged(
                    by.getAsLong(), r.getOffsetDateTime("acknowledged_at").toInstant())));
  }

  @Override
  public Set<String> listStaffedUnits() {
    Set<String> units = new HashSet<>();
    for (Row row : sql.read(STAFFED, Tuple.tuple())) units.add(row.getString(0));
    return units;
  }

  @Override
  public int remind(Instant now, Instant quietUntil) {
    int reminded = 0;
    OffsetDateTime later = quietUntil.atOffset(ZoneOffset.UTC);
    int last;
    do {
      last = 0;
      for (Row row : sql.write(REMIND, new Bind().add(now).add(later).add(BATCH).tuple())) {
        last++;
        if (row.getBoolean(0)) reminded++;
      }
    } while (last == BATCH);
    return reminded;
  }

  @Override
  public int forget(Instant before) {
    int all = 0;
    int last;
    do {
      last = sql.write(FORGET, new Bind().add(before).add(BATCH).tuple()).rowCount();
      all += last;
    } while (last == BATCH);
    return all;
  }
}
