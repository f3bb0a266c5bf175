package org.gridline.dispatch.store;

import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.gridline.dispatch.track.Fix;
import org.gridline.dispatch.track.Tracks.Worker;

/** Fixes of one worker, written together with those of others. */
record TrackRow(Worker worker, List<Fix> fixes, Instant now) implements SharedCommit.Row {
  // A device that was offline brings what is older than what is known; the last position stays.
  private static final String ADD =
      """
      WITH fix AS MATERIALIZED (
        SELECT * FROM unnest($1::bigint[], $2::timestamptz[], $3::float8[], $4::float8[], $5::float8[], $6::text[],
                 $7::text[], $8::text[], $9::text[], $10::timestamptz[])
               AS f(worker, at, lon, lat, accuracy, flag, ground, areas, unit, stored)),
      track AS (
        INSERT INTO worker_track (user_id, at, lon, lat, accuracy, flag, ground, stored_at)
        SELECT worker, at, lon, lat, accuracy, flag, ground, stored FROM fix ORDER BY worker, at
        ON CONFLICT (user_id, at) DO NOTHING),
      last AS (
        INSERT INTO worker_position AS p (user_id, at, lon, lat, accuracy, areas, unit, ground, stored_at)
        SELECT DISTINCT ON (worker) worker, at, lon, lat, accuracy, areas::text[], unit, ground, stored
          FROM fix ORDER BY worker, at DESC
        ON CONFLICT (user_id) DO UPDATE
           SET at = excluded.at, lon = excluded.lon, lat = excluded.lat, accuracy = excluded.accuracy,
               areas = excluded.areas, unit = excluded.unit, ground = excluded.ground, stored_at = excluded.stored_at
         WHERE p.at < excluded.at)
      SELECT DISTINCT worker FROM fix
      """;

  static final SharedCommit.Statement<TrackRow> STATEMENT =
      new SharedCommit.Statement<>(ADD, ADD, TrackRow::values);

  @Override
  public long id() {
    return worker.id();
  }

  @Override
  public Set<Object> touches() {
    return Set.of(worker.id());
  }

  @Override
  public boolean alone() {
    return false;
  }

  private static Tuple values(TrackRow row) {
    return new Columns<>(row.fixes)
        .longs(f -> row.worker.id())
        .instants(Fix::at)
        .doublesIfAny(f -> Optional.of(f.position().lon()))
        .doublesIfAny(f -> Optional.of(f.position().lat()))
        .doublesIfAny(
            f ->
                f.accuracyMetres().isPresent()
                    ? Optional.of(f.accuracyMetres().getAsDouble())
                    : Optional.empty())
        .texts(f -> f.flag().name())
        .texts(f -> f.ground().id())
        .texts(f -> ArrayText.texts(f.areas(), code -> code))
        .textsIfAny(f -> row.worker.unit())
        .instants(f -> row.now)
        .tuple();
  }
}
