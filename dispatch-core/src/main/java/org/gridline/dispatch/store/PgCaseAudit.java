package org.gridline.dispatch.store;

import io.vertx.sqlclient.Row;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gridline.dispatch.privacy.CaseAudit;

/** Who opened a case and who looked at a caller, read from PostgreSQL page by page. */
final class PgCaseAudit implements CaseAudit {
  private static final String OPENED =
      """
      SELECT o.*, t.number FROM ticket_opened o JOIN ticket t ON t.id = o.ticket_id
       WHERE ($1::text IS NULL OR o.user_id = (SELECT id FROM app_user WHERE login = $1))
         AND ($2::text IS NULL OR o.ticket_id IN (SELECT id FROM ticket WHERE number = $2))
         AND ($3::timestamptz IS NULL OR (o.first_at, o.ticket_id, o.user_id) < ($3, $4::bigint, $5::bigint))
       ORDER BY o.first_at DESC, o.ticket_id DESC, o.user_id DESC LIMIT $6
      """;

  private static final String LOOKS =
      """
      SELECT l.id, l.ticket_id, l.user_id, l.purpose, l.at, t.number
        FROM access_look l JOIN ticket t ON t.id = l.ticket_id
       WHERE ($1::text IS NULL OR l.user_id = (SELECT id FROM app_user WHERE login = $1))
         AND ($2::text IS NULL OR l.ticket_id IN (SELECT id FROM ticket WHERE number = $2))
         AND ($3::bigint IS NULL OR l.id < $3)
       ORDER BY l.id DESC LIMIT $4
      """;

  private final Sql sql;

  PgCaseAudit(Sql sql) {
    this.sql = sql;
  }

  @Override
  public List<Opened> listOpened(Filter filter, Optional<Opened> before, int most) {
    Bind values =
        new Bind()
            .add(filter.login())
            .add(filter.ticket())
            .add(before.map(o -> o.firstAt().atOffset(ZoneOffset.UTC)))
            .add(before.map(Opened::ticket))
            .add(before.map(Opened::user))
            .add(most);
    List<Opened> all = new ArrayList<>();
    for (Row r : sql.read(OPENED, values.tuple()))
      all.add(
          new Opened(
              r.getLong("ticket_id"),
              r.getString("number"),
              r.getLong("user_id"),
              Optional.ofNullable(r.getString("unit")),
              r.getOffsetDateTime("first_at").toInstant(),
              r.getOffsetDateTime("last_at").toInstant()));
    return all;
  }

  @Override
  public List<Looked> listLooks(Filter filter, Optional<Long> beforeId, int most) {
    Bind values = new Bind().add(filter.login()).add(filter.ticket()).add(beforeId).add(most);
    List<Looked> all = new ArrayList<>();
    for (Row r : sql.read(LOOKS, values.tuple()))
      all.add(
          new Looked(
              r.getLong("id"),
              r.getLong("ticket_id"),
              r.getString("number"),
              r.getLong("user_id"),
              r.getString("purpose"),
              r.getOffsetDateTime("at").toInstant()));
    return all;
  }
}
