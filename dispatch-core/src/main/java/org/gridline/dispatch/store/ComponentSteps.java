package org.gridline.dispatch.store;

import io.vertx.pgclient.PgException;
import java.util.Optional;
import java.util.stream.Stream;
import org.gridline.dispatch.component.Component;
import org.gridline.dispatch.component.ComponentChange;
import org.gridline.dispatch.component.ComponentChange.Details;
import org.gridline.dispatch.component.Components.Step;
import org.gridline.dispatch.component.OwnerRole;
import org.gridline.dispatch.component.Owners;
import org.gridline.dispatch.event.Actor;
import org.gridline.dispatch.intake.IdempotencyKey;
import org.gridline.gis.position.Position;

/**
 * One person's step with one component: the register, its history and the step's key in one
 * statement.
 */
final class ComponentSteps {
  /** A key that was used already makes the whole statement fail, so nothing happens twice. */
  private static final String AND_HISTORY =
      """
      , step AS (
        INSERT INTO component_request (client, key, body_hash, code, created_at)
        SELECT $1::bigint, $2::text, $3::text, code, $4 FROM done WHERE $2::text IS NOT NULL),
      history AS (
        INSERT INTO component_history (code, version, at, user_id, rule, what, state_before, state_after, from_point,
          to_point, why, ticket_id, name_before, name_after, owners_before, owners_after)
        SELECT code, version, $4, $5, $6, $7, $8, state, ST_SetSRID(ST_MakePoint($9, $10), 4326), position, $11, $12,
          $13::text, $14::text, $15::text[], $16::text[]
          FROM done)
      SELECT count(*) FROM done
      """;

  private static final String ADD =
      """
      WITH done AS (
        INSERT INTO component (code, class_kind, class_code, name, position, area_layers, areas, area_names,
          boundary_version, authority, property, maintenance, state, since, changed_on, source, note, origin, version)
        VALUES ($17, $18, $19, $20, ST_SetSRID(ST_MakePoint($21, $22), 4326), $23, $24, $25, $26, $27, $28, $29, $30,
          $31, $32, $33, $34, $35, 1)
        ON CONFLICT (code) DO NOTHING RETURNING code, version, state, position)
      """
          + AND_HISTORY;

  private static final String WRITE =
      """
      WITH done AS (
        UPDATE component SET position = ST_SetSRID(ST_MakePoint($18, $19), 4326), area_layers = $20, areas = $21,
          area_names = $22, boundary_version = $23, state = $24, changed_on = $25, name = $27,
          authority = $28, property = $29, maintenance = $30, version = version + 1
         WHERE code = $17 AND version = $26 RETURNING code, version, state, position)
      """
          + AND_HISTORY;

  private static final String UNIQUE_VIOLATION = "23505";

  private ComponentSteps() {}

  /** False when the code, or the step's key, was taken meanwhile. */
  static boolean add(Sql sql, Component c, Step step) {
    Bind values =
        step(step)
            .add(c.code().text())
            .add(c.type().kind())
            .add(c.type().code())
            .add(c.name())
            .add(c.position().lon())
            .add(c.position().lat());
    areas(values, c)
        .add(c.owners().authority())
        .add(c.owners().property())
        .add(c.owners().maintenance())
        .add(c.state().name())
        .add((Object) c.since())
        .add((Object) c.changedOn())
        .add(c.source())
        .add(c.note())
        .add(c.origin().name());
    return written(sql, ADD, values);
  }

  /** False when the version before does not stand any more, or the key was used. */
  static boolean write(Sql sql, Component next, Step step) {
    Bind values =
        step(step).add(next.code().text()).add(next.position().lon()).add(next.position().lat());
    areas(values, next)
        .add(next.state().name())
        .add((Object) next.changedOn())
        .add(next.version() - 1)
        .add(next.name())
        .add(next.owners().authority())
        .add(next.owners().property())
        .add(next.owners().maintenance());
    return written(sql, WRITE, values);
  }

  private static boolean written(Sql sql, String statement, Bind values) {
    try {
      return sql.write(statement, values.tuple()).iterator().next().getLong(0) > 0;
    } catch (PgException e) {
      if (UNIQUE_VIOLATION.equals(e.getSqlState())) return false;
      throw e;
    }
  }

  /** The first sixteen values of a write. */
  private static Bind step(Step step) {
    ComponentChange change = step.change();
    Bind values =
        new Bind()
            .add(step.key().map(IdempotencyKey::client))
            .add(step.key().map(IdempotencyKey::key))
            .add(step.key().map(IdempotencyKey::bodyHash))
            .add(change.at())
            .add(change.by() instanceof Actor.Person p ? Optional.of(p.user()) : Optional.empty())
            .add(change.by() instanceof Actor.Rule r ? Optional.of(r.name()) : Optional.empty())
            .add(change.what().name())
            .add(change.before().map(Enum::name))
            .add(change.from().map(Position::lon))
            .add(change.from().map(Position::lat))
            .add(change.why())
            .add(change.ticket().isPresent() ? change.ticket().getAsLong() : null)
            .add(change.details().map(Details::nameBefore))
            .add(change.details().map(Details::nameAfter));
    Optional<String[]> before = change.details().map(d -> texts(d.ownersBefore()));
    Optional<String[]> after = change.details().map(d -> texts(d.ownersAfter()));
    return values.add(before).add(after);
  }

  /** 主管, 权属, 养护; an empty text is nobody. */
  private static String[] texts(Owners owners) {
    return Stream.of(OwnerRole.AUTHORITY, OwnerRole.PROPERTY, OwnerRole.MAINTENANCE)
        .map(role -> owners.find(role).orElse(""))
        .toArray(String[]::new);
  }

  /** The same back. */
  static Owners owners(String[] texts) {
    return new Owners(said(texts[0]), said(texts[1]), said(texts[2]));
  }

  private static Optional<String> said(String unit) {
    return Optional.of(unit).filter(u -> !u.isEmpty());
  }

  private static Bind areas(Bind values, Component c) {
    return values
        .strings(c.areas().stream().map(a -> a.layer()).toList())
        .strings(c.areaCodes())
        .strings(c.areas().stream().map(a -> a.name()).toList())
        .add(c.boundaryVersion());
  }
}
