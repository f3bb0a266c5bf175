package org.gridline.dispatch.store;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;
import org.gridline.dispatch.city.CityPack;
import org.gridline.dispatch.classify.CategoryKey;
import org.gridline.dispatch.component.Component;
import org.gridline.dispatch.component.ComponentChange;
import org.gridline.dispatch.component.ComponentCode;
import org.gridline.dispatch.component.Components;
import org.gridline.dispatch.event.Actor;
import org.gridline.dispatch.intake.IdempotencyKey;
import org.gridline.dispatch.people.Scope;
import org.gridline.dispatch.ticket.TicketNumbers;
import org.gridline.gis.position.Position;

/**
 * The register of components in PostgreSQL. A change and its row of history are one statement, and
 * the version that an update must find decides between two who come at once.
 */
final class PgComponents implements Components {
  private static final String GET =
      "SELECT "
          + ComponentRows.COLUMNS
          + " FROM component c WHERE c.code = $1 AND "
          + ComponentRows.scoped(2);

  private static final String BY_CODE =
      "SELECT "
          + ComponentRows.COLUMNS
          + " FROM component c WHERE c.code = ANY($1) ORDER BY c.code";

  /** The box is for the index, the distance for the truth. */
  private static final String NEAR =
      "SELECT "
          + ComponentRows.COLUMNS
          + """
          , ST_Distance(c.position::geography, ST_SetSRID(ST_MakePoint($1, $2), 4326)::geography) AS metres
            FROM component c
           WHERE c.position && ST_Expand(ST_SetSRID(ST_MakePoint($1, $2), 4326), $3, $4)
             AND ST_DWithin(c.position::geography, ST_SetSRID(ST_MakePoint($1, $2), 4326)::geography, $5)
             AND (c.class_kind, c.class_code) IN (SELECT * FROM unnest($6::text[], $7::text[]))
             AND c.state <> 'REMOVED'
           ORDER BY metres, c.code LIMIT $8
          """;

  private static final String HISTORY =
      """
      SELECT h.version, h.at, h.user_id, h.rule, h.what, h.state_before, h.state_after, ST_X(h.from_point) AS from_lon,
        ST_Y(h.from_point) AS from_lat, ST_X(h.to_point) AS to_lon, ST_Y(h.to_point) AS to_lat, h.why, h.ticket_id,
        h.name_before, h.name_after, h.owners_before, h.owners_after
        FROM component_history h JOIN component c ON c.code = h.code WHERE h.code = $1 AND
      """
          + ComponentRows.scoped(2)
          + " ORDER BY h.version";

  /** Codes of one length stand in the order of their numbers; a colon comes after the nine. */
  private static final String NEXT_NUMBER =
      """
      SELECT COALESCE((SELECT right(c.code, $3)::bigint FROM component c
        WHERE c.code >= $1 AND c.code < $1 || ':' AND length(c.code) = $2 ORDER BY c.code DESC LIMIT 1), 0) + 1
      """;

  private static final String STAFFED =
      "SELECT DISTINCT unit FROM app_user WHERE disabled_at IS NULL AND unit = ANY($1)";

  private static final String STEP =
      "SELECT body_hash, code FROM component_request WHERE client = $1 AND key = $2";

  private static final String FILE = "SELECT 1 FROM component_import WHERE sha256 = $1 LIMIT 1";

  private static final String RECORD =
      """
      INSERT INTO component_import (id, sha256, file, user_id, at, accepted, rejected, added, changed, unchanged, kept)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
      """;

  private final Sql sql;
  private final TicketNumbers numbers;
  private final CityPack pack;

  PgComponents(Sql sql, TicketNumbers numbers, CityPack pack) {
    this.sql = sql;
    this.numbers = numbers;
    this.pack = pack;
  }

  @Override
  public Component get(ComponentCode code, Scope scope) {
    Iterator<Row> rows =
        sql.read(GET, ComponentRows.bind(new Bind().add(code.text()), scope).tuple()).iterator();
    if (!rows.hasNext()) {
      throw new Failure(FailureCode.NOT_FOUND, "部件不存在或不在您的范围 · no such component in your scope");
    }
    return ComponentRows.read(rows.next());
  }

  @Override
  public List<Component> listByCode(Collection<ComponentCode> codes) {
    List<Component> found = new ArrayList<>();
    for (Row row :
        sql.read(
            BY_CODE, new Bind().strings(codes.stream().map(ComponentCode::text).toList()).tuple()))
      found.add(ComponentRows.read(row));
    return found;
  }

  @Override
  public List<Nearby> listNear(
      Collection<CategoryKey> types, Position at, double metres, int most) {
    Bind values = new Bind().add(at.lon()).add(at.lat());
    ComponentSearch.box(values, at, metres)
        .add(metres)
        .strings(types.stream().map(CategoryKey::kind).toList())
        .strings(types.stream().map(CategoryKey::code).toList())
        .add(most);
    return nearby(sql.read(NEAR, values.tuple()));
  }

  @Override
  public Page list(Search search, Scope scope) {
    ComponentSearch query = new ComponentSearch(search, scope);
    return query.page(nearby(sql.read(query.sql(), query.values())));
  }

  private static List<Nearby> nearby(Iterable<Row> rows) {
    List<Nearby> found = new ArrayList<>();
    for (Row row : rows) found.add(new Nearby(ComponentRows.read(row), row.getDouble("metres")));
    return found;
  }

  @Override
  public List<ComponentChange> history(ComponentCode code, Scope scope) {
    List<ComponentChange> history = new ArrayList<>();
    for (Row row :
        sql.read(HISTORY, ComponentRows.bind(new Bind().add(code.text()), scope).tuple()))
      history.add(ComponentRows.change(row));
    return history;
  }

  /** The sample's people are added as they come, so they count from the start. */
  @Override
  public Set<String> staffed(Set<String> units) {
    Set<String> staffed = new HashSet<>();
    for (CityPack.SamplePerson person : pack.people())
      if (units.contains(person.unit())) staffed.add(person.unit());
    if (!staffed.containsAll(units)) {
      for (Row row : sql.read(STAFFED, new Bind().strings(units).tuple()))
        staffed.add(row.getString(0));
    }
    return staffed;
  }

  @Override
  public long nextNumber(String prefix, int order) {
    return sql.read(NEXT_NUMBER, Tuple.of(prefix, prefix.length() + order, order))
        .iterator()
        .next()
        .getLong(0);
  }

  @Override
  public boolean add(Component c, Step step) {
    return ComponentSteps.add(sql, c, step);
  }

  @Override
  public Optional<Component> write(Component next, Step step) {
    return ComponentSteps.write(sql, next, step)
        ? Optional.empty()
        : Optional.of(get(next.code(), new Scope.District()));
  }

  @Override
  public Optional<ComponentCode> findStep(IdempotencyKey key) {
    Iterator<Row> rows = sql.read(STEP, Tuple.of(key.client(), key.key())).iterator();
    if (!rows.hasNext()) return Optional.empty();
    Row row = rows.next();
    if (!row.getString(0).equals(key.bodyHash())) {
      throw new Failure(
          FailureCode.IDEMPOTENCY_KEY_REUSED, "新内容请换新键 · use a new key for another body");
    }
    return Optional.of(new ComponentCode(row.getString(1)));
  }

  @Override
  public Tally take(List<Incoming> rows, Actor by, Instant at) {
    return ComponentTake.take(sql, rows, by, at);
  }

  @Override
  public boolean knowsFile(String sha256) {
    return sql.read(FILE, Tuple.of(sha256)).size() > 0;
  }

  @Override
  public void recordImport(ImportedFile file) {
    sql.write(
        RECORD,
        new Bind()
            .add(numbers.nextId())
            .add(file.sha256())
            .add(file.name())
            .add(file.user().isPresent() ? file.user().getAsLong() : null)
            .add(file.at())
            .add(file.accepted())
            .add(file.rejected())
            .add(file.tally().added())
            .add(file.tally().changed())
            .add(file.tally().unchanged())
            .add(file.tally().kept())
            .tuple());
  }
}
