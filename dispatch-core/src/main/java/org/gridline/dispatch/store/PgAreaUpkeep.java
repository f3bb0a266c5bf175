package org.gridline.dispatch.store;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.gridline.dispatch.ground.AreaUpkeep;
import org.gridline.dispatch.place.Place.AreaName;
import org.gridline.gis.position.Position;

/**
 * The upkeep of areas in PostgreSQL. The row of a kind is its lock, its cursor and its memory:
 * every write goes through it, so a node that was taken for dead writes nothing when it wakes up.
 */
final class PgAreaUpkeep implements AreaUpkeep {
  /** In no area's code or name; whatever reads files refuses control characters. */
  private static final String BETWEEN = "\u001f";

  /** Reports that began before the switch carry ids of before. */
  private static final Duration EARLIER = Duration.ofMinutes(10);

  /** Longer than any step or any stop of a healthy node; so long the others wait for a dead one. */
  static final Duration TURN = Duration.ofSeconds(30);

  /** Longer than a node needs to build the ground that holds. */
  static final Duration LATE = Duration.ofMinutes(3);

  private static final String ROW =
      "u.kind, u.version, u.phase, u.after_id, u.looked, u.changed, u.total, u.shifts, u.begun_at, u.ended_at";

  private static final String LIST = "SELECT " + ROW + " FROM area_upkeep u ORDER BY u.kind";

  // Which version holds is asked here again, since two nodes may see its moment come one after the
  // other.
  private static final String TAKE =
      """
      UPDATE area_upkeep u
         SET version = $2, node = $3, until = $5, phase = CASE WHEN fresh THEN 'RUNNING' ELSE u.phase END,
             after_id = CASE WHEN fresh THEN 0 ELSE u.after_id END,
             looked = CASE WHEN fresh THEN 0 ELSE u.looked END,
             changed = CASE WHEN fresh THEN 0 ELSE u.changed END,
             total = CASE WHEN fresh THEN %s ELSE u.total END,
             begun_at = CASE WHEN fresh THEN $4 ELSE u.begun_at END,
             ended_at = CASE WHEN fresh THEN NULL ELSE u.ended_at END
        FROM (SELECT x.kind, %s AS fresh FROM area_upkeep x WHERE x.kind = $1) before
       WHERE u.kind = before.kind AND (u.node IS NULL OR u.node = $3 OR u.until < $4)
         AND (fresh OR u.phase = 'RUNNING' %s)
         AND $2 = (SELECT v.version FROM boundary_version v
                    WHERE v.activated_at IS NOT NULL AND v.valid_from <= $4
                      AND (v.withdrawn_at IS NULL OR v.withdrawn_at > $4)
                    ORDER BY v.valid_from DESC, v.serial DESC LIMIT 1)
      RETURNING
      """
          + ROW;

  /** Whatever wrote it, a component under another version is due. */
  private static final String TAKE_COMPONENTS =
      TAKE.formatted(
          "(SELECT count(*) FROM component c WHERE c.boundary_version <> $2)",
          """
          (x.version <> $2 OR x.phase = 'DONE')
            AND (EXISTS (SELECT FROM component c WHERE c.boundary_version < $2)
                 OR EXISTS (SELECT FROM component c WHERE c.boundary_version > $2))
          """,
          "");

  /** How many there are is the planner's estimate: counting them would take as long as the work. */
  private static final String TAKE_TICKETS =
      TAKE.formatted(
          """
          (SELECT COALESCE(sum(GREATEST(c.reltuples, 0)), 0)::bigint
             FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = 'ticket'::regclass)
          """,
          "x.version <> $2",
          "OR (u.phase = 'LATE' AND u.begun_at + make_interval(secs => $6) <= $4)");

  private static final String COMPONENTS =
      """
      SELECT c.code AS key, c.version AS revision, ST_X(c.position) AS lon, ST_Y(c.position) AS lat, c.areas,
             c.boundary_version, NULL::text[] AS areas_now
        FROM ((SELECT * FROM component WHERE boundary_version < $1 ORDER BY boundary_version, code LIMIT $2)
              UNION ALL
              (SELECT * FROM component WHERE boundary_version > $1 ORDER BY boundary_version, code LIMIT $2)) c
       LIMIT $2
      """;

  private static final String TICKETS =
      """
      SELECT t.id::text AS key, 0 AS revision, ST_X(t.position) AS lon, ST_Y(t.position) AS lat, t.areas,
             t.boundary_version, t.areas_now
        FROM ticket t WHERE t.id > $1 AND t.position IS NOT NULL ORDER BY t.id LIMIT $2
      """;

  /** Locked in the order of the codes, as imports lock them. */
  private static final String WRITE_COMPONENTS =
      """
      WITH mine AS (
        UPDATE area_upkeep u SET until = $3, looked = u.looked + $4::bigint, changed = u.changed + $5::bigint
         WHERE u.kind = 'COMPONENTS' AND u.version = $1 AND u.node = $2 RETURNING 1),
      input AS (
        SELECT i.code, i.version, string_to_array(i.layers, $11) AS area_layers, string_to_array(i.areas, $11) AS areas,
               string_to_array(i.names, $11) AS area_names
          FROM unnest($6::text[], $7::int[], $8::text[], $9::text[], $10::text[]) AS i(code, version, layers, areas, names)),
      held AS (
        SELECT c.code, i.area_layers, i.areas, i.area_names FROM component c JOIN input i ON i.code = c.code
         WHERE c.version = i.version AND EXISTS (SELECT FROM mine) ORDER BY c.code FOR UPDATE OF c),
      done AS (
        UPDATE component c
           SET area_layers = h.area_layers, areas = h.areas, area_names = h.area_names, boundary_version = $1
          FROM held h WHERE c.code = h.code)
      SELECT count(*) FROM mine
      """;

  private static final String WRITE_TICKETS =
      """
      WITH mine AS (
        UPDATE area_upkeep u
           SET until = $3, looked = u.looked + $4, changed = u.changed + $5::bigint, after_id = $6,
               shifts = u.shifts + CASE WHEN $5::bigint > 0 THEN 1 ELSE 0 END
         WHERE u.kind = 'TICKETS' AND u.version = $1 AND u.node = $2 AND u.after_id = $7 RETURNING u.shifts),
      held AS (
        SELECT t.id, string_to_array(i.areas, $10) AS areas
          FROM ticket t JOIN unnest($8::bigint[], $9::text[]) AS i(id, areas) ON i.id = t.id
         WHERE EXISTS (SELECT FROM mine) ORDER BY t.id FOR UPDATE OF t),
      done AS (
        UPDATE ticket t SET areas_now = h.areas FROM held h WHERE t.id = h.id RETURNING t.id),
      told AS (
        INSERT INTO area_shift (number, tickets)
        SELECT m.shifts, array_agg(d.id ORDER BY d.id) FROM mine m CROSS JOIN done d GROUP BY m.shifts)
      SELECT count(*) FROM mine
      """;

  private static final String END =
      """
      UPDATE area_upkeep u
         SET phase = CASE WHEN u.kind = 'TICKETS' AND u.phase = 'RUNNING' THEN 'LATE' ELSE 'DONE' END, after_id = $4,
             ended_at = $5, node = NULL, until = NULL
       WHERE u.kind = $1 AND u.version = $2 AND u.node = $3
      """;

  private static final String RELEASE =
      "UPDATE area_upkeep SET node = NULL, until = NULL WHERE node = $1";

  private static final String SHIFTS =
      "SELECT number, tickets FROM area_shift WHERE number > $1 ORDER BY number LIMIT $2";

  private final Sql sql;
  private final Duration turn;
  private final Duration late;

  PgAreaUpkeep(Sql sql, Duration turn, Duration late) {
    this.sql = sql;
    this.turn = turn;
    this.late = late;
  }

  @Override
  public Optional<Turn> take(Kind kind, String version, String node, Instant now) {
    Bind values = new Bind().add(kind.name()).add(version).add(node).add(now).add(now.plus(turn));
    Iterator<Row> rows =
        switch (kind) {
          case COMPONENTS -> sql.write(TAKE_COMPONENTS, values.tuple()).iterator();
          case TICKETS ->
              sql.write(TAKE_TICKETS, values.add((double) late.toSeconds()).tuple()).iterator();
        };
    if (!rows.hasNext()) return Optional.empty();
    Row row = rows.next();
    return Optional.of(new Turn(progress(row), node, row.getLong("after_id")));
  }

  @Override
  public List<Standing> listNext(Turn turn, int most) {
    List<Standing> next = new ArrayList<>();
    for (Row r :
        switch (turn.kind()) {
          case COMPONENTS -> sql.read(COMPONENTS, Tuple.of(turn.progress().version(), most));
          case TICKETS -> sql.read(TICKETS, Tuple.of(turn.after(), most));
        })
      next.add(
          new Standing(
              r.getString("key"),
              r.getInteger("revision"),
              new Position(r.getDouble("lon"), r.getDouble("lat")),
              Arrays.asList(r.getArrayOfStrings("areas")),
              r.getString("boundary_version"),
              Optional.ofNullable(r.getArrayOfStrings("areas_now")).map(Arrays::asList)));
    return next;
  }

  @Override
  public boolean write(Turn turn, List<Settled> settled, Instant now) {
    List<Settled> changed = settled.stream().filter(PgAreaUpkeep::moves).toList();
    Bind values =
        new Bind()
            .add(turn.progress().version())
            .add(turn.node())
            .add(now.plus(this.turn))
            .add((long) settled.size())
            .add((long) changed.size());
    String statement =
        switch (turn.kind()) {
          case COMPONENTS -> {
            values
                .strings(settled.stream().map(s -> s.standing().key()).toList())
                .add(settled.stream().map(s -> s.standing().revision()).toArray(Integer[]::new))
                .add(joined(settled, AreaName::layer))
                .add(joined(settled, AreaName::code))
                .add(joined(settled, AreaName::name));
            yield WRITE_COMPONENTS;
          }
          case TICKETS -> {
            values
                .add(Long.parseLong(settled.getLast().standing().key()))
                .add(turn.after())
                .longs(changed.stream().map(s -> Long.valueOf(s.standing().key())).toList())
                .add(changed.stream().map(s -> otherCodes(s).orElse(null)).toArray(String[]::new));
            yield WRITE_TICKETS;
          }
        };
    return sql.write(statement, values.add(BETWEEN).tuple()).iterator().next().getLong(0) == 1;
  }

  private static boolean moves(Settled one) {
    Set<String> before = Set.copyOf(one.standing().now().orElse(one.standing().areas()));
    return !before.equals(codes(one));
  }

  private static Set<String> codes(Settled one) {
    return one.areas().stream().map(AreaName::code).collect(Collectors.toCollection(HashSet::new));
  }

  /** Nothing where a ticket is found by just those that it was given. */
  private static Optional<String> otherCodes(Settled one) {
    if (codes(one).equals(new HashSet<>(one.standing().areas()))) return Optional.empty();
    return Optional.of(
        one.areas().stream().map(AreaName::code).collect(Collectors.joining(BETWEEN)));
  }

  private static String[] joined(List<Settled> rows, Function<AreaName, String> part) {
    return rows.stream()
        .map(s -> s.areas().stream().map(part).collect(Collectors.joining(BETWEEN)))
        .toArray(String[]::new);
  }

  @Override
  public void end(Turn turn, Instant now) {
    long again =
        turn.progress()
            .begunAt()
            .map(at -> PgTicketNumbers.idAt(at.minus(EARLIER)))
            .orElse(turn.after());
    sql.write(
        END,
        new Bind()
            .add(turn.kind().name())
            .add(turn.progress().version())
            .add(turn.node())
            .add(again)
            .add(now)
            .tuple());
  }

  @Override
  public void release(String node) {
    sql.write(RELEASE, Tuple.of(node));
  }

  @Override
  public List<Progress> list() {
    List<Progress> all = new ArrayList<>();
    for (Row r : sql.read(LIST, Tuple.tuple())) all.add(progress(r));
    return all;
  }

  private static Progress progress(Row r) {
    return new Progress(
        Kind.valueOf(r.getString("kind")),
        r.getString("version"),
        Phase.valueOf(r.getString("phase")),
        r.getLong("looked"),
        r.getLong("changed"),
        r.getLong("total"),
        r.getLong("shifts"),
        BoundaryRows.instant(r, "begun_at"),
        BoundaryRows.instant(r, "ended_at"));
  }

  @Override
  public List<Shift> listShifts(long after, int most) {
    List<Shift> shifts = new ArrayList<>();
    for (Row r : sql.read(SHIFTS, Tuple.of(after, most)))
      shifts.add(new Shift(r.getLong("number"), List.of(r.getArrayOfLongs("tickets"))));
    return shifts;
  }
}
