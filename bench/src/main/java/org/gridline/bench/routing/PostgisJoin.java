package org.gridline.bench.routing;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.io.WKBWriter;
import org.postgresql.PGConnection;

/**
 * A join of all points with the polygons that cover them, in one statement of one connection; the
 * points stand in the database before the clock runs. The lowest polygon answers, as in Gridline.
 */
final class PostgisJoin implements Peer, AutoCloseable {
  private final Connection connection;

  /**
   * @param url as {@code postgresql://user:password@host:port/database}
   */
  PostgisJoin(String url, List<Geometry> shapes) throws SQLException {
    connection = connect(url);
    try (Statement sql = connection.createStatement()) {
      sql.execute("SET max_parallel_workers_per_gather = 0");
      sql.execute("SET work_mem = '256MB'");
      sql.execute("CREATE TEMP TABLE area (n int, shape geometry(Geometry, 4326))");
      sql.execute("CREATE TEMP TABLE point (n int, place geometry(Point, 4326))");
    }
    WKBWriter wkb = new WKBWriter();
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO area VALUES (?, ST_SetSRID(ST_GeomFromWKB(?), 4326))")) {
      for (int n = 0; n < shapes.size(); n++) {
        insert.setInt(1, n);
        insert.setBytes(2, wkb.write(shapes.get(n)));
        insert.addBatch();
        if (n % 100 == 99) insert.executeBatch();
      }
      insert.executeBatch();
    }
    try (Statement sql = connection.createStatement()) {
      // Points are indexed, not areas: so each area is unpacked and prepared once for all of its
      // points, not once a point, which is many times faster with long outlines.
      sql.execute("CREATE INDEX ON point USING gist (place)");
      sql.execute("ANALYZE area");
    }
  }

  private static Connection connect(String url) throws SQLException {
    // The driver wants the name and the password beside the address.
    java.net.URI uri = java.net.URI.create(url);
    String[] who = uri.getUserInfo().split(":", 2);
    String address = "jdbc:postgresql://" + uri.getHost() + ":" + uri.getPort() + uri.getPath();
    return DriverManager.getConnection(address, who[0], who[1]);
  }

  /** Puts the points there that the next runs answer. */
  void load(Points points) throws SQLException, IOException {
    StringBuilder rows = new StringBuilder();
    for (int n = 0; n < points.count(); n++) {
      rows.append(n).append("\tSRID=4326;POINT(");
      rows.append(points.lons()[n]).append(' ').append(points.lats()[n]).append(")\n");
    }
    try (Statement sql = connection.createStatement()) {
      sql.execute("TRUNCATE point");
      connection
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyIn("COPY point FROM STDIN", new java.io.StringReader(rows.toString()));
      sql.execute("ANALYZE point");
    }
  }

  @Override
  public String name() {
    return "PostGIS, bulk join by ST_Covers";
  }

  @Override
  public long run(Points points) {
    try (Statement sql = connection.createStatement()) {
      sql.execute("DROP TABLE IF EXISTS answer");
      return sql.executeUpdate(
          """
          CREATE TEMP TABLE answer AS
          SELECT point.n, min(area.n) AS area
          FROM point JOIN area ON ST_Covers(area.shape, point.place)
          GROUP BY point.n
          """);
    } catch (SQLException e) {
      throw new IllegalStateException("PostGIS gave no answer: " + e.getMessage(), e);
    }
  }

  /** What the last run answered: numbers of areas, −1 for none. */
  int[] answers(int count) throws SQLException {
    int[] answers = new int[count];
    Arrays.fill(answers, -1);
    try (Statement sql = connection.createStatement();
        ResultSet rows = sql.executeQuery("SELECT n, area FROM answer")) {
      while (rows.next()) answers[rows.getInt(1)] = rows.getInt(2);
    }
    return answers;
  }

  /** The database works for one connection on one core and waits for nothing: its clock counts. */
  @Override
  public double cpuSeconds() {
    return System.nanoTime() / 1e9;
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
