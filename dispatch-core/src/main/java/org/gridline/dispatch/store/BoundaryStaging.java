package org.gridline.dispatch.store;

import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import org.gridline.dispatch.ground.BoundaryVersions.Staging;
import org.gridline.dispatch.ground.Heritage;
import org.gridline.gis.boundary.Area;
import org.gridline.gis.boundary.Boundaries;
import org.locationtech.jts.io.WKBWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a version that nobody sees yet, in small transactions, so that none holds the log's
 * horizon back for long (200 ms is the house's bound); the log says how long the slowest took. One
 * area is never divided: what its outline costs to write, its transaction lasts.
 */
final class BoundaryStaging {
  private static final int CHUNK_AREAS = 250;
  private static final int CHUNK_BYTES = 512 * 1024;
  private static final int CHUNK_HERITAGE = 1_000;
  private static final int CHUNK_DROPPED = 250;
  private static final Logger LOG = LoggerFactory.getLogger(BoundaryStaging.class);

  private static final String VERSION =
      """
      INSERT INTO boundary_version (version, state, origin, pack_hash, base, note, layers)
      VALUES ($1, 'STAGING', $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING
      """;

  private static final String AREAS =
      """
      INSERT INTO boundary_area (version, layer, code, name, parent, shape)
      SELECT $1, a.layer, a.code, a.name, a.parent, ST_GeomFromWKB(a.shape, 4326)
        FROM unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::bytea[]) AS a(layer, code, name, parent, shape)
      ON CONFLICT DO NOTHING
      """;

  private static final String LINEAGE =
      """
      INSERT INTO area_lineage (to_version, from_version, layer, old_code, new_code, share_of_old, share_of_new, old_stays)
      SELECT $1, $2, h.* FROM unnest($3::text[], $4::text[], $5::text[], $6::float8[], $7::float8[], $8::boolean[]) AS h
      ON CONFLICT DO NOTHING
      """;

  // Only a whole version becomes one: interrupted twice, or written by two nodes, it still has each
  // area once.
  private static final String STAGED =
      """
      UPDATE boundary_version v SET state = 'STAGED', areas = $2
       WHERE v.version = $1 AND v.state = 'STAGING'
         AND $2 = (SELECT count(*) FROM boundary_area a WHERE a.version = v.version)
      """;

  private static final String DROP_AREAS =
      """
      DELETE FROM boundary_area a USING (
        SELECT x.layer, x.code FROM boundary_area x WHERE x.version = $1 ORDER BY x.layer, x.code LIMIT $2) gone
       WHERE a.version = $1 AND a.layer = gone.layer AND a.code = gone.code
      """;

  private static final String DROP_LINEAGE = "DELETE FROM area_lineage WHERE to_version = $1";

  private static final String DROP_VERSION =
      """
      DELETE FROM boundary_version WHERE version = $1 AND activated_at IS NULL
      """;

  private static final String BEGIN_DROP =
      "UPDATE boundary_version SET state = 'STAGING' WHERE version = $1 AND activated_at IS NULL";

  private final Sql sql;

  BoundaryStaging(Sql sql) {
    this.sql = sql;
  }

  void stage(Staging version, Boundaries boundaries, List<Heritage> heritage, IntConsumer percent) {
    sql.write(
        VERSION,
        new Bind()
            .add(version.version())
            .add(version.origin().name())
            .add(version.packHash())
            .add(version.base())
            .add(version.note())
            .add(BoundaryRows.write(version.layers()))
            .tuple());
    List<Area> areas = boundaries.areas();
    long slowest = writeAreas(version.version(), areas, percent);
    version.base().ifPresent(base -> writeLineage(version.version(), base, heritage));
    sql.write(STAGED, Tuple.of(version.version(), areas.size()));
    LOG.atInfo()
        .addKeyValue("version", version.version())
        .addKeyValue("areas", areas.size())
        .addKeyValue("slowest_chunk_ms", slowest)
        .log("boundaries staged");
  }

  /** Returns how long the slowest transaction took, in milliseconds. */
  private long writeAreas(String version, List<Area> areas, IntConsumer percent) {
    List<Area> chunk = new ArrayList<>();
    List<Buffer> shapes = new ArrayList<>();
    int bytes = 0;
    long slowest = 0;
    for (int i = 0; i < areas.size(); i++) {
      Buffer shape = Buffer.buffer(new WKBWriter().write(areas.get(i).shape()));
      chunk.add(areas.get(i));
      shapes.add(shape);
      bytes += shape.length();
      boolean last = i == areas.size() - 1;
      if (!last && chunk.size() < CHUNK_AREAS && bytes < CHUNK_BYTES) continue;
      long from = System.nanoTime();
      write(version, chunk, shapes);
      slowest = Math.max(slowest, (System.nanoTime() - from) / 1_000_000);
      percent.accept((int) (100L * (i + 1) / areas.size()));
      chunk.clear();
      shapes.clear();
      bytes = 0;
    }
    return slowest;
  }

  private void write(String version, List<Area> chunk, List<Buffer> shapes) {
    sql.write(
        AREAS,
        new Bind()
            .add(version)
            .strings(chunk.stream().map(Area::layer).toList())
            .strings(chunk.stream().map(Area::code).toList())
            .strings(chunk.stream().map(Area::name).toList())
            .add(chunk.stream().map(a -> a.parent().orElse(null)).toArray(String[]::new))
            .add(shapes.toArray(Buffer[]::new))
            .tuple());
  }

  private void writeLineage(String version, String base, List<Heritage> heritage) {
    for (int from = 0; from < heritage.size(); from += CHUNK_HERITAGE) {
      List<Heritage> chunk =
          heritage.subList(from, Math.min(from + CHUNK_HERITAGE, heritage.size()));
      sql.write(
          LINEAGE,
          new Bind()
              .add(version)
              .add(base)
              .strings(chunk.stream().map(Heritage::layer).toList())
              .strings(chunk.stream().map(Heritage::oldCode).toList())
              .strings(chunk.stream().map(Heritage::newCode).toList())
              .add(chunk.stream().map(Heritage::shareOfOld).toArray(Double[]::new))
              .add(chunk.stream().map(Heritage::shareOfNew).toArray(Double[]::new))
              .add(chunk.stream().map(Heritage::oldStays).toArray(Boolean[]::new))
              .tuple());
    }
  }

  /** Not visible as soon as it begins; what held once is left as it is. */
  void drop(String version) {
    if (sql.write(BEGIN_DROP, Tuple.of(version)).rowCount() == 0) return;
    while (sql.write(DROP_AREAS, Tuple.of(version, CHUNK_DROPPED)).rowCount() > 0) {
      LOG.debug("dropping version={}", version);
    }
    sql.write(DROP_LINEAGE, Tuple.of(version));
    sql.write(DROP_VERSION, Tuple.of(version));
  }
}
