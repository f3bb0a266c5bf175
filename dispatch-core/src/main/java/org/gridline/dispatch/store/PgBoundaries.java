package org.gridline.dispatch.store;

import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.List;
import org.gridline.gis.boundary.Area;
import org.gridline.gis.boundary.Boundaries;
import org.locationtech.jts.io.WKBWriter;

/** Keeps each version of the boundaries that tickets were ever routed by. */
final class PgBoundaries {
  /** Written in chunks so that no transaction holds the log's horizon back. */
  private static final int CHUNK = 50;

  private static final String AREAS =
      """
      INSERT INTO boundary_area (version, layer, code, name, parent, shape)
      SELECT $1, a.layer, a.code, a.name, a.parent, ST_GeomFromWKB(a.shape, 4326)
        FROM unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::bytea[]) AS a(layer, code, name, parent, shape)
      ON CONFLICT DO NOTHING
      """;

  private final Sql sql;

  PgBoundaries(Sql sql) {
    this.sql = sql;
  }

  /** Does nothing when the version is there; an interrupted load is completed the next time. */
  void keep(String version, Boundaries boundaries, Instant now) {
    if (sql.read("SELECT 1 FROM boundary_version WHERE version = $1", Tuple.of(version)).size() > 0)
      return;
    List<Area> areas = boundaries.areas();
    for (int from = 0; from < areas.size(); from += CHUNK) {
      List<Area> chunk = areas.subList(from, Math.min(from + CHUNK, areas.size()));
      sql.write(
          AREAS,
          new Bind()
              .add(version)
              .strings(chunk.stream().map(Area::layer).toList())
              .strings(chunk.stream().map(Area::code).toList())
              .strings(chunk.stream().map(Area::name).toList())
              .add(chunk.stream().map(a -> a.parent().orElse(null)).toArray(String[]::new))
              .add(
                  chunk.stream()
                      .map(a -> Buffer.buffer(new WKBWriter().write(a.shape())))
                      .toArray(Buffer[]::new))
              .tuple());
    }
    sql.write(
        "INSERT INTO boundary_version (version, activated_at) VALUES ($1, $2) ON CONFLICT DO NOTHING",
        new Bind().add(version).add(now).tuple());
  }
}
