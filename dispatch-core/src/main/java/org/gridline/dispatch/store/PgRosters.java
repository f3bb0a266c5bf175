package org.gridline.dispatch.store;

import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.gridline.dispatch.people.Rosters;
import org.gridline.dispatch.ticket.TicketNumbers;

/** Duty rosters; shifts that go are only marked, so that what was planned can be seen later. */
final class PgRosters implements Rosters {
  private final Sql sql;
  private final TicketNumbers numbers;

  PgRosters(Sql sql, TicketNumbers numbers) {
    this.sql = sql;
    this.numbers = numbers;
  }

  /** Rows that somebody else takes off meanwhile are waited for, and are then not there. */
  private static final String CHANGE =
      """
      WITH there AS (
        SELECT id FROM duty_shift WHERE id = ANY ($10) AND removed_at IS NULL AND until_at > $9 ORDER BY id FOR UPDATE),
      whole AS (SELECT FROM there HAVING count(*) = cardinality($10::bigint[])),
      gone AS (
        UPDATE duty_shift s SET removed_at = $9 FROM there t, whole WHERE s.id = t.id
        RETURNING s.user_id, s.role, s.unit, s.from_at, s.until_at),
      made AS (
        INSERT INTO duty_shift (id, user_id, role, unit, area, from_at, until_at)
        SELECT w.id, w.user_id, w.role, w.unit, nullif(w.area, ''), w.from_at, w.until_at
          FROM whole, unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[], $5::text[], $6::timestamptz[],
                             $7::timestamptz[]) AS w (id, user_id, role, unit, area, from_at, until_at)
        RETURNING user_id, role, unit, area, from_at, until_at),
      told AS (
        INSERT INTO people_log (at, kind, actor, subject, before, after)
        SELECT $9::timestamptz, 'shiftRemoved', $8::bigint, user_id, jsonb_build_object('role', role, 'unit', unit,
               'from', from_at, 'until', until_at), '{}'::jsonb FROM gone
        UNION ALL
        SELECT $9, 'shift', $8, user_id, '{}', jsonb_build_object('role', role, 'unit', unit, 'area', coalesce(area, ''),
               'from', from_at, 'until', until_at) FROM made)
      SELECT FROM whole
      """;

  @Override
  public Optional<List<Shift>> change(Set<Long> gone, List<Wish> wishes, long by, Instant now) {
    List<Shift> shifts =
        wishes.stream()
            .map(
                w ->
                    new Shift(
                        numbers.nextId(),
                        w.user(),
                        w.role(),
                        w.unit(),
                        w.area(),
                        w.from(),
                        w.until()))
            .toList();
    Bind values =
        new Bind()
            .longs(shifts.stream().map(Shift::id).toList())
            .longs(shifts.stream().map(Shift::user).toList())
            .strings(shifts.stream().map(Shift::role).toList())
            .strings(shifts.stream().map(Shift::unit).toList())
            .strings(shifts.stream().map(s -> s.area().orElse("")).toList())
            .instants(shifts.stream().map(Shift::from).toList())
            .instants(shifts.stream().map(Shift::until).toList())
            .add(by)
            .add(now)
            .longs(gone);
    return sql.write(CHANGE, values.tuple()).size() == 1 ? Optional.of(shifts) : Optional.empty();
  }

  @Override
  public List<Shift> listByIds(Set<Long> ids) {
    if (ids.isEmpty()) return List.of();
    List<Shift> found = new ArrayList<>();
    for (Row r :
        sql.read(
            "SELECT * FROM duty_shift WHERE id = ANY ($1) AND removed_at IS NULL",
            new Bind().longs(ids).tuple())) found.add(shift(r));
    return found;
  }

  @Override
  public List<Shift> list(Filter filter, Instant from, Instant until) {
    List<Shift> found = new ArrayList<>();
    for (Row r :
        sql.read(
            """
            SELECT s.* FROM duty_shift s JOIN app_user u ON u.id = s.user_id
             WHERE s.removed_at IS NULL AND u.disabled_at IS NULL
               AND tstzrange(s.from_at, s.until_at) && tstzrange($1, $2)
               AND ($3::text IS NULL OR s.role = $3)
               AND (cardinality($4::text[]) = 0 OR s.unit = ANY ($4))
               AND (cardinality($5::text[]) = 0 OR s.area IS NULL OR s.area = ANY ($5))
             ORDER BY s.from_at, s.id LIMIT 1000
            """,
            new Bind()
                .add(from)
                .add(until)
                .add(filter.role())
                .strings(filter.units())
                .strings(filter.areas())
                .tuple())) {
      found.add(shift(r));
    }
    return found;
  }

  private static Shift shift(Row r) {
    return new Shift(
        r.getLong("id"),
        r.getLong("user_id"),
        r.getString("role"),
        r.getString("unit"),
        Optional.ofNullable(r.getString("area")),
        r.getOffsetDateTime("from_at").toInstant(),
        r.getOffsetDateTime("until_at").toInstant());
  }
}
