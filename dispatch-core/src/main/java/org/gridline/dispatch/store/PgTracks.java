package org.gridline.dispatch.store;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.gridline.dispatch.track.Fix;
import org.gridline.dispatch.track.Purpose;
import org.gridline.dispatch.track.Tracks;
import org.gridline.gis.position.Position;

/** Where workers were and are, in PostgreSQL. */
final class PgTracks implements Tracks {
  private static final String LIST =
      """
      SELECT at, lon, lat, accuracy, flag FROM worker_track
       WHERE user_id = $1 AND at >= $2 AND at <= $3 ORDER BY at DESC LIMIT $4
      """;

  // By unit, as open tickets are indexed. Who signed it for themselves says the log: whoever stands
  // in for somebody has accepted it, not the one whom they stand in for.
  private static final String TASKS =
      """
      SELECT s.worker, min(task.since) AS since
        FROM unnest($1::bigint[], $2::text[]) AS s(worker, units)
       CROSS JOIN LATERAL (
         SELECT (SELECT max(e.at) FROM ticket_event e
                  WHERE e.ticket_id = t.id AND e.user_id = s.worker AND e.kind IN ('TicketSigned', 'PartSigned')) AS since
           FROM ticket t
          WHERE t."open" AND (t.unit = ANY(s.units::text[]) OR t.parts && s.units::text[])
            AND t.state = 'HANDLING' AND s.worker = ANY(t.handlers)
            AND (t.unit = ANY(s.units::text[])
                 OR EXISTS (SELECT FROM jsonb_array_elements(t.life -> 'parts') AS p
                             WHERE p ->> 'unit' = ANY(s.units::text[]) AND p ->> 'step' = 'SIGNED'))) AS task
       WHERE task.since IS NOT NULL
       GROUP BY s.worker
      """;

  private static final String LOOKED =
      """
      INSERT INTO track_look (user_id, worker, purpose, from_at, to_at, at) VALUES ($1, $2, $3, $4, $5, $6)
      """;

  private static final String LOOKS =
      """
      SELECT l.* FROM track_look l
       WHERE ($1::text IS NULL OR l.user_id = (SELECT id FROM app_user WHERE login = $1))
         AND ($2::bigint IS NULL OR l.id < $2)
       ORDER BY l.id DESC LIMIT $3
      """;

  private final Sql sql;
  private final SharedCommit<TrackRow> commits;

  PgTracks(Sql sql, SharedCommit<TrackRow> commits) {
    this.sql = sql;
    this.commits = commits;
  }

  @Override
  public void add(Worker worker, List<Fix> fixes, Instant now) {
    commits.commit(new TrackRow(worker, fixes, now));
  }

  @Override
  public List<Point> list(long worker, Instant from, Instant to, int most) {
    List<Point> points = new ArrayList<>();
    Tuple values = new Bind().add(worker).add(from).add(to).add(most).tuple();
    for (Row r : sql.read(LIST, values))
      points.add(new Point(at(r, "at"), position(r), accuracy(r), r.getString("flag")));
    return points.reversed();
  }

  @Override
  public List<Last> listLast() {
    List<Last> all = new ArrayList<>();
    for (Row r : sql.read("SELECT * FROM worker_position", Tuple.tuple()))
      all.add(
          new Last(
              r.getLong("user_id"),
              at(r, "at"),
              position(r),
              accuracy(r),
              List.of(r.getArrayOfStrings("areas")),
              Optional.ofNullable(r.getString("unit")),
              r.getString("ground"),
              at(r, "stored_at")));
    return all;
  }

  @Override
  public void leave(Collection<Long> workers) {
    sql.write(
        "DELETE FROM worker_position WHERE user_id = ANY($1)", new Bind().longs(workers).tuple());
  }

  @Override
  public Map<Long, Instant> listTasks(Collection<Worker> workers) {
    Map<Long, Instant> since = new HashMap<>();
    Tuple values =
        new Columns<>(List.copyOf(workers))
            .longs(Worker::id)
            .texts(w -> ArrayText.texts(w.units(), unit -> unit))
            .tuple();
    for (Row r : sql.read(TASKS, values)) since.put(r.getLong("worker"), at(r, "since"));
    return since;
  }

  @Override
  public void keepDays(Instant first, Instant last) {
    sql.write(
        "SELECT keep_track_days($1, $2)",
        new Bind()
            .add(first.atOffset(ZoneOffset.UTC).toLocalDate())
            .add(last.atOffset(ZoneOffset.UTC).toLocalDate())
            .tuple());
  }

  @Override
  public void looked(long by, long worker, Purpose purpose, Instant from, Instant to, Instant now) {
    sql.write(
        LOOKED,
        new Bind().add(by).add(worker).add(purpose.id()).add(from).add(to).add(now).tuple());
  }

  @Override
  public List<Look> listLooks(Optional<String> login, Optional<Long> beforeId, int most) {
    List<Look> all = new ArrayList<>();
    for (Row r : sql.read(LOOKS, new Bind().add(login).add(beforeId).add(most).tuple()))
      all.add(
          new Look(
              r.getLong("id"),
              r.getLong("user_id"),
              r.getLong("worker"),
              r.getString("purpose"),
              at(r, "from_at"),
              at(r, "to_at"),
              at(r, "at")));
    return all;
  }

  private static Instant at(Row row, String column) {
    return row.getOffsetDateTime(column).toInstant();
  }

  private static Position position(Row row) {
    return new Position(row.getDouble("lon"), row.getDouble("lat"));
  }

  private static OptionalDouble accuracy(Row row) {
    Double metres = row.getDouble("accuracy");
    return metres == null ? OptionalDouble.empty() : OptionalDouble.of(metres);
  }
}
