package org.gridline.dispatch.store;

import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.IntConsumer;
import org.gridline.dispatch.ground.BoundaryVersions.Lineage;
import org.gridline.dispatch.ground.BoundaryVersions.Staging;
import org.gridline.dispatch.ground.Heritage;
import org.gridline.gis.boundary.Area;
import org.gridline.gis.boundary.Boundaries;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a version that nobody sees yet, in small transactions, so that none holds the log's
 * horizon back for long (200 ms is the house's bound); the log says how long the slowest took. See
 * {@link AreaChunks} for what one holds at most.
 */
final class BoundaryStaging {
  private static final int CHUNK_HERITAGE = 1_000;
  private static final int CHUNK_DROPPED = 250;
  private static final Logger LOG = LoggerFactory.getLogger(BoundaryStaging.class);

  private static final String VERSION =
      """
      INSERT INTO boundary_version (version, state, origin, pack_hash, base, note, layers)
      VALUES ($1, 'STAGING', $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING
      """;

  // The version's row is held, so that nobody drops it under the areas that are being written.
  private static final String AREAS =
      """
      WITH held AS (
        SELECT v.version FROM boundary_version v WHERE v.version = $1 AND v.activated_at IS NULL FOR SHARE),
      written AS (
        INSERT INTO boundary_area (version, layer, code, name, parent, priority, shape)
        SELECT h.version, a.layer, a.code, a.name, a.parent, a.priority, ST_GeomFromWKB(a.shape, 4326)
          FROM held h, unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::int[], $7::bytea[])
            AS a(layer, code, name, parent, priority, shape)
        ON CONFLICT DO NOTHING)
      SELECT count(*) FROM held
      """;

  private static final String LINEAGE =
      """
      INSERT INTO area_lineage (to_version, from_version, layer, old_code, new_code, share_of_old, share_of_new, old_stays)
      SELECT $1, $2, h.* FROM unnest($3::text[], $4::text[], $5::text[], $6::float8[], $7::float8[], $8::boolean[]) AS h
      ON CONFLICT DO NOTHING
      """;

  private static final String BEGUN =
      """
      INSERT INTO area_begun (version, code) SELECT $1, c FROM unnest($2::text[]) AS c ON CONFLICT DO NOTHING
      """;

  // Only a whole version becomes one: interrupted twice, or written by two nodes, it still has each
  // area once.
  private static final String STAGED =
      """
      UPDATE boundary_version v SET state = 'STAGED', areas = $2
       WHERE v.version = $1 AND v.state = 'STAGING'
         AND $2 = (SELECT count(*) FROM boundary_area a WHERE a.version = v.version)
      """;

  /** With its row a version is gone for everybody, and nobody can write areas of it any more. */
  private static final String DROP_VERSION =
      """
      WITH gone AS (
        DELETE FROM boundary_version v WHERE v.version = $1 AND v.activated_at IS NULL RETURNING v.version),
      lineage AS (
        DELETE FROM area_lineage l USING gone g WHERE l.to_version = g.version),
      begun AS (
        DELETE FROM area_begun b USING gone g WHERE b.version = g.version)
      SELECT count(*) FROM gone
      """;

  /**
   * By place in the table: a join on the key took minutes where the table had grown since its
   * statistics were made.
   */
  private static final String DROP_AREAS =
      """
      DELETE FROM boundary_area
       WHERE ctid = ANY (ARRAY(SELECT a.ctid FROM boundary_area a WHERE a.version = $1 LIMIT $2))
         AND NOT EXISTS (SELECT FROM boundary_version v WHERE v.version = $1)
      """;

  /** From one version to the next in the order of the key, so that no area is looked at. */
  private static final String ORPHANS =
      """
      WITH RECURSIVE known AS (
        SELECT min(a.version) AS version FROM boundary_area a
        UNION ALL
        SELECT (SELECT min(a.version) FROM boundary_area a WHERE a.version > k.version)
          FROM known k WHERE k.version IS NOT NULL)
      SELECT k.version FROM known k
       WHERE k.version IS NOT NULL AND NOT EXISTS (SELECT FROM boundary_version v WHERE v.version = k.version)
      """;

  private final Sql sql;

  BoundaryStaging(Sql sql) {
    this.sql = sql;
  }

  boolean stage(Staging version, Boundaries boundaries, Lineage lineage, IntConsumer percent) {
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
    OptionalLong slowest = writeAreas(version.version(), areas, percent);
    if (slowest.isEmpty()) return false;
    version.base().ifPresent(base -> writeLineage(version.version(), base, lineage.heritage()));
    writeBegun(version.version(), List.copyOf(lineage.begun()));
    sql.write(STAGED, Tuple.of(version.version(), areas.size()));
    LOG.atInfo()
        .addKeyValue("version", version.version())
        .addKeyValue("areas", areas.size())
        .addKeyValue("slowest_chunk_ms", slowest.getAsLong())
        .log("boundaries staged");
    return true;
  }

  /**
   * Returns how long the slowest transaction took, in milliseconds; nothing when the version is not
   * there any more.
   */
  private OptionalLong writeAreas(String version, List<Area> areas, IntConsumer percent) {
    AreaChunks chunks = new AreaChunks(areas);
    long slowest = 0;
    int written = 0;
    while (chunks.hasNext()) {
      AreaChunks.Chunk chunk = chunks.next();
      long from = System.nanoTime();
      if (!write(version, chunk)) return OptionalLong.empty();
      slowest = Math.max(slowest, (System.nanoTime() - from) / 1_000_000);
      written += chunk.areas().size();
      percent.accept((int) (100L * written / areas.size()));
    }
    return OptionalLong.of(slowest);
  }

  /** Returns whether the version is still there to be written. */
  private boolean write(String version, AreaChunks.Chunk chunk) {
    List<Area> areas = chunk.areas();
    Bind values =
        new Bind()
            .add(version)
            .strings(areas.stream().map(Area::layer).toList())
            .strings(areas.stream().map(Area::code).toList())
            .strings(areas.stream().map(Area::name).toList())
            .add(areas.stream().map(a -> a.parent().orElse(null)).toArray(String[]::new))
            .add(areas.stream().map(BoundaryStaging::priority).toArray(Integer[]::new))
            .add(chunk.shapes().toArray(Buffer[]::new));
    return sql.write(AREAS, values.tuple()).iterator().next().getLong(0) == 1;
  }

  private static @Nullable Integer priority(Area area) {
    return area.priority().isPresent() ? area.priority().getAsInt() : null;
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

  private void writeBegun(String version, List<String> codes) {
    for (int from = 0; from < codes.size(); from += CHUNK_HERITAGE)
      sql.write(
          BEGUN,
          new Bind()
              .add(version)
              .strings(codes.subList(from, Math.min(from + CHUNK_HERITAGE, codes.size())))
              .tuple());
  }

  /** Not there any more as soon as it begins; what held once is left as it is. */
  void drop(String version) {
    if (sql.write(DROP_VERSION, Tuple.of(version)).iterator().next().getLong(0) > 0)
      dropAreas(version);
  }

  void dropOrphans() {
    for (Row orphan : sql.read(ORPHANS, Tuple.tuple())) {
      LOG.atInfo()
          .addKeyValue("version", orphan.getString(0))
          .log("areas without a version dropped");
      dropAreas(orphan.getString(0));
    }
  }

  private void dropAreas(String version) {
    while (sql.write(DROP_AREAS, Tuple.of(version, CHUNK_DROPPED)).rowCount() > 0) {
      LOG.debug("dropping version={}", version);
    }
  }
}
