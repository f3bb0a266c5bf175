package org.gridline.dispatch.store;

import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Tuple;
import org.gridline.dispatch.place.GroundTiles;

/** PostGIS cuts the tiles. */
final class PgGroundTiles implements GroundTiles {
  /**
   * Lines are kept to two units of the tile, a quarter of a pixel where a tile fills 512. A label's
   * point depends on the area alone, and lies in one tile only: areas reach over many. The number
   * of an area is made from layer and code, so it is the same in every tile and version; 52 bits,
   * which JavaScript can count.
   */
  private static final String CUT =
      """
      WITH tile AS (
        SELECT ST_TileEnvelope($3, $4, $5) AS square,
               ST_Transform(ST_TileEnvelope($3, $4, $5, margin => 0.015625), 4326) AS reach,
               40075016.6855785 / (1 << $3) / 4096 AS unit),
      area AS MATERIALIZED (
        SELECT a.code, a.name, a.parent, a.shape,
               ('x' || left(md5($2 || ':' || a.code), 13))::bit(52)::bigint AS id
          FROM boundary_area a, tile
         WHERE a.version = $1 AND a.layer = $2 AND a.shape && tile.reach),
      polygon AS (
        SELECT a.id, a.code, a.name, a.parent, round(ST_Area(a.shape::geography))::bigint AS m2,
               ST_AsMVTGeom(ST_Simplify(ST_Transform(
                   CASE WHEN ST_YMax(a.shape) > 85.06 OR ST_YMin(a.shape) < -85.06
                        THEN ST_Intersection(a.shape, ST_MakeEnvelope(-180, -85.06, 180, 85.06, 4326))
                        ELSE a.shape END, 3857), tile.unit * 2), tile.square, 4096, 64, true) AS geom
          FROM area a, tile),
      label AS (
        SELECT a.id, a.code, a.name, p.point FROM area a, tile,
               LATERAL (SELECT ST_Transform(ST_PointOnSurface(a.shape), 3857) AS point) p
         WHERE abs(ST_Y(ST_PointOnSurface(a.shape))) < 85.06)
      SELECT (SELECT ST_AsMVT(p, $2, 4096, 'geom', 'id')
                FROM (SELECT * FROM polygon WHERE geom IS NOT NULL ORDER BY code) p)
          || (SELECT ST_AsMVT(l, $2 || '-labels', 4096, 'geom', 'id')
                FROM (SELECT id, code, name, ST_AsMVTGeom(point, tile.square, 4096, 0, true) AS geom
                        FROM label, tile
                       WHERE ST_X(point) >= ST_XMin(tile.square) AND ST_X(point) < ST_XMax(tile.square)
                         AND ST_Y(point) > ST_YMin(tile.square) AND ST_Y(point) <= ST_YMax(tile.square)
                       ORDER BY code) l)
      """;

  private static final String HELD =
      "SELECT 1 FROM boundary_version WHERE version = $1 AND activated_at IS NOT NULL";

  private final Sql sql;

  PgGroundTiles(Sql sql) {
    this.sql = sql;
  }

  @Override
  public byte[] cut(Tile tile) {
    Buffer bytes =
        sql.read(
                CUT,
                new Bind()
                    .add(tile.version())
                    .add(tile.layer())
                    .add(tile.zoom())
                    .add(tile.x())
                    .add(tile.y())
                    .tuple())
            .iterator()
            .next()
            .getBuffer(0);
    return bytes == null ? new byte[0] : bytes.getBytes();
  }

  @Override
  public boolean held(String version) {
    return sql.read(HELD, Tuple.of(version)).size() > 0;
  }
}
