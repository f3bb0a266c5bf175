package org.gridline.dispatch.store;

import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.gridline.dispatch.component.Component;
import org.gridline.dispatch.component.Components.Incoming;
import org.gridline.dispatch.component.Components.Tally;
import org.gridline.dispatch.event.Actor;
import org.gridline.dispatch.place.Place.AreaName;

/**
 * Rows of a file into the register, one statement a chunk: what is new is added, what differs is
 * updated, each with its row of history; what is the same leaves no trace. Areas are no difference:
 * they follow from position and ground, and are kept up apart from imports.
 */
final class ComponentTake {
  /** In no area's name; the reader of files refuses control characters. */
  private static final String BETWEEN = "\u001f";

  /** Locked in the order of the codes, so that two imports at once wait and don't deadlock. */
  private static final String TAKE =
      """
      WITH input AS (
        SELECT i.code, i.class_kind, i.class_code, i.name, ST_SetSRID(ST_MakePoint(i.lon, i.lat), 4326) AS position,
               string_to_array(i.layers, $24::text) AS area_layers, string_to_array(i.areas, $24) AS areas,
               string_to_array(i.names, $24) AS area_names, i.authority, i.property, i.maintenance, i.state, i.since,
               i.changed_on, i.source, i.note, i.origin, i.said_since, i.said_changed, i.said_state
          FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::float8[], $6::float8[], $7::text[],
                 $8::text[], $9::text[], $10::text[], $11::text[], $12::text[], $13::text[], $14::date[], $15::date[],
                 $16::text[], $17::text[], $18::text[], $19::date[], $20::date[], $21::text[])
            AS i(code, class_kind, class_code, name, lon, lat, layers, areas, names, authority, property, maintenance,
                 state, since, changed_on, source, note, origin, said_since, said_changed, said_state)),
      old AS (
        SELECT c.* FROM component c WHERE c.code = ANY($1::text[]) ORDER BY c.code FOR UPDATE),
      made AS (
        INSERT INTO component (code, class_kind, class_code, name, position, area_layers, areas, area_names,
          boundary_version, authority, property, maintenance, state, since, changed_on, source, note, origin, version)
        SELECT i.code, i.class_kind, i.class_code, i.name, i.position, i.area_layers, i.areas, i.area_names, $22,
          i.authority, i.property, i.maintenance, i.state, i.since, i.changed_on, i.source, i.note, i.origin, 1
          FROM input i WHERE NOT EXISTS (SELECT FROM old o WHERE o.code = i.code) ORDER BY i.code
        ON CONFLICT (code) DO NOTHING RETURNING code, version, state, position),
      differs AS (
        SELECT i.*, o.state AS old_state, o.position AS old_position, COALESCE(i.said_state, o.state) AS new_state,
               COALESCE(i.said_since, o.since) AS new_since
          FROM input i JOIN old o ON o.code = i.code
         WHERE i.changed_on >= o.changed_on
           AND (i.class_kind, i.class_code, i.name, i.position, i.authority, i.property, i.maintenance,
                COALESCE(i.said_state, o.state), COALESCE(i.said_since, o.since), i.source, i.note, i.origin)
               IS DISTINCT FROM
               (o.class_kind, o.class_code, o.name, o.position, o.authority, o.property, o.maintenance,
                o.state, o.since, o.source, o.note, o.origin)),
      moved AS (
        UPDATE component c
           SET class_kind = d.class_kind, class_code = d.class_code, name = d.name, position = d.position,
               area_layers = d.area_layers, areas = d.areas, area_names = d.area_names, boundary_version = $22,
               authority = d.authority, property = d.property, maintenance = d.maintenance, state = d.new_state,
               since = d.new_since, changed_on = GREATEST(d.changed_on, d.new_since), source = d.source,
               note = d.note, origin = d.origin, version = c.version + 1
          FROM differs d WHERE c.code = d.code
        RETURNING c.code, c.version, c.state, c.position, d.old_state, d.old_position),
      history AS (
        INSERT INTO component_history (code, version, at, user_id, rule, what, state_before, state_after, from_point,
          to_point, why)
        SELECT m.code, m.version, $23::timestamptz, $25::bigint, $26::text, 'IMPORTED', NULL::text, m.state, NULL::geometry, m.position, '' FROM made m
        UNION ALL
        SELECT m.code, m.version, $23::timestamptz, $25::bigint, $26::text, 'UPDATED', m.old_state, m.state,
               CASE WHEN m.old_position = m.position THEN NULL ELSE m.old_position END, m.position, '' FROM moved m)
      SELECT (SELECT count(*) FROM made), (SELECT count(*) FROM moved),
             (SELECT count(*) FROM input i JOIN old o ON o.code = i.code WHERE i.changed_on < o.changed_on)
      """;

  private ComponentTake() {}

  static Tally take(Sql sql, List<Incoming> rows, Actor by, Instant at) {
    if (rows.isEmpty()) return Tally.nothing();
    Bind values =
        new Bind()
            .add(texts(rows, c -> c.code().text()))
            .add(texts(rows, c -> c.type().kind()))
            .add(texts(rows, c -> c.type().code()))
            .add(texts(rows, Component::name))
            .add(rows.stream().map(r -> r.component().position().lon()).toArray(Double[]::new))
            .add(rows.stream().map(r -> r.component().position().lat()).toArray(Double[]::new))
            .add(joined(rows, AreaName::layer))
            .add(joined(rows, AreaName::code))
            .add(joined(rows, AreaName::name))
            .add(maybe(rows, r -> r.component().owners().authority()))
            .add(maybe(rows, r -> r.component().owners().property()))
            .add(maybe(rows, r -> r.component().owners().maintenance()))
            .add(texts(rows, c -> c.state().name()))
            .add(rows.stream().map(r -> r.component().since()).toArray(LocalDate[]::new))
            .add(rows.stream().map(r -> r.component().changedOn()).toArray(LocalDate[]::new))
            .add(texts(rows, Component::source))
            .add(texts(rows, Component::note))
            .add(texts(rows, c -> c.origin().name()))
            .add(rows.stream().map(r -> r.since().orElse(null)).toArray(LocalDate[]::new))
            .add(rows.stream().map(r -> r.changedOn().orElse(null)).toArray(LocalDate[]::new))
            .add(maybe(rows, r -> r.state().map(Enum::name)))
            .add(rows.getFirst().component().boundaryVersion())
            .add(at)
            .add(BETWEEN)
            .add(by instanceof Actor.Person p ? Optional.of(p.user()) : Optional.empty())
            .add(by instanceof Actor.Rule r ? Optional.of(r.name()) : Optional.empty());
    Row row = sql.write(TAKE, values.tuple()).iterator().next();
    long added = row.getLong(0);
    long changed = row.getLong(1);
    long kept = row.getLong(2);
    return new Tally(added, changed, rows.size() - added - changed - kept, kept);
  }

  private static String[] texts(List<Incoming> rows, Function<Component, String> column) {
    return rows.stream().map(r -> column.apply(r.component())).toArray(String[]::new);
  }

  private static String[] maybe(List<Incoming> rows, Function<Incoming, Optional<String>> column) {
    return rows.stream().map(r -> column.apply(r).orElse(null)).toArray(String[]::new);
  }

  private static String[] joined(List<Incoming> rows, Function<AreaName, String> part) {
    return rows.stream()
        .map(
            r ->
                r.component().areas().stream()
                    .map(part)
                    .collect(java.util.stream.Collectors.joining(BETWEEN)))
        .toArray(String[]::new);
  }
}
