package org.gridline.dispatch.store;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.gridline.dispatch.ticket.TicketNumbers;
import org.gridline.dispatch.track.Emergencies;
import org.gridline.dispatch.track.Emergency;

/** Declared emergencies, in PostgreSQL. */
final class PgEmergencies implements Emergencies {
  private static final String ALL =
      """
      SELECT e.*, d.ended_by, d.ended_at FROM emergency e LEFT JOIN emergency_end d ON d.emergency_id = e.id
      """;

  private static final String DECLARE =
      """
      INSERT INTO emergency (id, areas, why, declared_by, declared_at, until_at) VALUES ($1, $2, $3, $4, $5, $6)
      """;

  private static final String END =
      """
      INSERT INTO emergency_end (emergency_id, ended_by, ended_at)
      SELECT id, $2, $3 FROM emergency WHERE id = $1 AND until_at > $3
      ON CONFLICT (emergency_id) DO NOTHING
      """;

  private final Sql sql;
  private final TicketNumbers numbers;

  PgEmergencies(Sql sql, TicketNumbers numbers) {
    this.sql = sql;
    this.numbers = numbers;
  }

  @Override
  public Emergency declare(Set<String> areas, String why, long by, Instant now, Instant until) {
    long id = numbers.nextId();
    sql.write(
        DECLARE,
        new Bind()
            .add(id)
            .strings(areas.stream().sorted().toList())
            .add(why)
            .add(by)
            .add(now)
            .add(until)
            .tuple());
    return new Emergency(id, areas, why, by, now, until, Optional.empty());
  }

  @Override
  public Optional<Emergency> end(long id, long by, Instant now) {
    if (sql.write(END, new Bind().add(id).add(by).add(now).tuple()).rowCount() == 0)
      return Optional.empty();
    return read(sql.read(ALL + " WHERE e.id = $1", new Bind().add(id).tuple())).stream()
        .findFirst();
  }

  @Override
  public List<Emergency> listHolding(Instant now) {
    return read(
        sql.read(
            ALL + " WHERE e.until_at > $1 AND d.emergency_id IS NULL ORDER BY e.id",
            new Bind().add(now).tuple()));
  }

  @Override
  public List<Emergency> list(int most) {
    return read(sql.read(ALL + " ORDER BY e.id DESC LIMIT $1", new Bind().add(most).tuple()));
  }

  private static List<Emergency> read(RowSet<Row> rows) {
    List<Emergency> all = new ArrayList<>();
    for (Row r : rows)
      all.add(
          new Emergency(
              r.getLong("id"),
              Set.of(r.getArrayOfStrings("areas")),
              r.getString("why"),
              r.getLong("declared_by"),
              r.getOffsetDateTime("declared_at").toInstant(),
              r.getOffsetDateTime("until_at").toInstant(),
              PeopleRows.instant(r.getOffsetDateTime("ended_at"))
                  .map(at -> new Emergency.End(r.getLong("ended_by"), at))));
    return all;
  }
}
