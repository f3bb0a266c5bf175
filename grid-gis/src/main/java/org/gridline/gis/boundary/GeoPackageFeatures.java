package org.gridline.gis.boundary;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gridline.gis.boundary.Finding.Code;
import org.gridline.gis.position.CoordinateSystem;
import org.gridline.gis.position.Wkt;
import org.jspecify.annotations.Nullable;
import org.sqlite.ProgressHandler;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteLimits;

/**
 * A GeoPackage with one feature table of polygons (OGC 12-128r18).
 *
 * <p>The file is a database that a stranger made, so it is opened read-only, its own functions and
 * views are not trusted, and work, memory and value sizes are capped. Where it has several feature
 * tables, the one that has the wanted properties is read.
 */
final class GeoPackageFeatures implements FeatureFile {
  /** Steps of the database's machine; a million rows of ten columns are half of this. */
  private static final int MAX_STEPS = 500_000_000;

  private static final int STEPS_A_CALL = 100_000;
  private static final int MAX_VALUE_BYTES = 64 << 20;
  private static final long MAX_HEAP_BYTES = 192L << 20;

  /**
   * @param srs its number in the file's own list
   */
  private record Table(String name, String geometry, int srs, List<String> columns) {}

  private final Connection connection;
  private int calls;

  GeoPackageFeatures(Path file) throws IOException {
    Path log = file.resolveSibling(file.getFileName() + "-wal");
    if (Files.exists(log) && Files.size(log) > 0) {
      throw new BadFile(
          Code.NOT_READABLE,
          "another program has it open or left changes beside it (" + log.getFileName() + ")");
    }
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(true);
    try {
      connection =
          config.createConnection(
              "jdbc:sqlite:file:" + file.toUri().getRawPath() + "?mode=ro&immutable=1");
    } catch (SQLException e) {
      throw told(e);
    }
    try {
      fence();
    } catch (SQLException e) {
      close();
      throw told(e);
    }
  }

  private void fence() throws SQLException {
    SQLiteConnection lite = connection.unwrap(SQLiteConnection.class);
    lite.setLimit(SQLiteLimits.SQLITE_LIMIT_LENGTH, MAX_VALUE_BYTES);
    lite.setLimit(SQLiteLimits.SQLITE_LIMIT_ATTACHED, 0);
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA trusted_schema = OFF");
      statement.execute("PRAGMA cell_size_check = ON");
      statement.execute("PRAGMA mmap_size = 0");
      statement.execute("PRAGMA hard_heap_limit = " + MAX_HEAP_BYTES);
    }
    ProgressHandler.setHandler(
        connection,
        STEPS_A_CALL,
        new ProgressHandler() {
          @Override
          protected int progress() {
            calls++;
            return calls > MAX_STEPS / STEPS_A_CALL ? 1 : 0;
          }
        });
  }

  @Override
  public FileCrs crs() throws IOException {
    try {
      List<Table> tables = tables();
      int srs = tables.getFirst().srs;
      if (tables.stream().anyMatch(one -> one.srs != srs)) {
        throw new BadFile(
            Code.CRS_UNKNOWN,
            "its tables are in different coordinate systems; save the one that is meant alone");
      }
      return new FileCrs.Said(system(srs));
    } catch (SQLException e) {
      throw told(e);
    }
  }

  @Override
  public void read(Wanted wanted, ShapeMaker shapes, Sink sink) throws IOException {
    try {
      Table from = only(tables(), wanted);
      List<String> columns = from.columns.stream().filter(wanted).toList();
      StringBuilder sql = new StringBuilder("SELECT ").append(quoted(from.geometry));
      columns.forEach(column -> sql.append(", ").append(quoted(column)));
      sql.append(" FROM ").append(quoted(from.name));
      try (Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery(sql.toString())) {
        boolean goOn = true;
        while (goOn && rows.next()) {
          byte @Nullable [] blob = rows.getBytes(1);
          shapes.expect(blob == null ? 0 : blob.length / 16);
          Map<String, String> values = new HashMap<>();
          for (int i = 0; i < columns.size(); i++) {
            @Nullable String value = rows.getString(i + 2);
            if (value != null) {
              values.put(columns.get(i), NumberText.plain(value));
            }
          }
          goOn = sink.take(values, new WkbPolygon(blob == null ? new byte[0] : blob, shapes));
        }
      }
    } catch (SQLException e) {
      throw told(e);
    }
  }

  private static Table only(List<Table> tables, Wanted wanted) throws BadFile {
    List<Table> fit =
        tables.size() == 1
            ? tables
            : tables.stream().filter(one -> one.columns.stream().anyMatch(wanted)).toList();
    if (fit.size() != 1) {
      throw new BadFile(
          Code.NOT_READABLE,
          "it has "
              + tables.size()
              + " feature tables ("
              + String.join(", ", tables.stream().map(Table::name).limit(10).toList())
              + ") and "
              + (fit.isEmpty() ? "none" : "more than one")
              + " with the wanted properties; save the one that is meant alone");
    }
    return fit.getFirst();
  }

  /** At least one; only plain tables, because a view can compute for ever. */
  private List<Table> tables() throws SQLException, BadFile {
    List<Table> tables = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                """
                SELECT g.table_name, g.column_name, g.srs_id
                FROM gpkg_geometry_columns g
                JOIN gpkg_contents c ON c.table_name = g.table_name AND c.data_type = 'features'
                JOIN sqlite_master m ON m.name = g.table_name AND m.type = 'table'
                  AND m.sql NOT LIKE 'CREATE VIRTUAL%'
                ORDER BY g.table_name LIMIT 100
                """)) {
      while (rows.next()) {
        String name = String.valueOf(rows.getString(1));
        String geometry = String.valueOf(rows.getString(2));
        tables.add(new Table(name, geometry, rows.getInt(3), columns(name, geometry)));
      }
    }
    if (tables.isEmpty()) {
      throw new BadFile(Code.NO_FEATURE, "it has no feature table");
    }
    return tables;
  }

  private List<String> columns(String table, String geometry) throws SQLException {
    List<String> columns = new ArrayList<>();
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT name FROM pragma_table_info(?)")) {
      statement.setString(1, table);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          String column = String.valueOf(rows.getString(1));
          if (!column.equalsIgnoreCase(geometry)) {
            columns.add(column);
          }
        }
      }
    }
    return columns;
  }

  private CoordinateSystem system(int srs) throws SQLException, BadFile {
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            SELECT organization, organization_coordsys_id, definition
            FROM gpkg_spatial_ref_sys WHERE srs_id = ?
            """)) {
      statement.setInt(1, srs);
      try (ResultSet rows = statement.executeQuery()) {
        if (rows.next()) {
          String text = rows.getString(1) + ":" + rows.getInt(2);
          Optional<CoordinateSystem> named = CoordinateSystem.find(text);
          String definition = String.valueOf(rows.getString(3));
          CoordinateSystem system = named.orElseGet(() -> new Wkt(definition));
          try {
            system.check();
            return system;
          } catch (IllegalArgumentException e) {
            throw new BadFile(
                Code.CRS_UNKNOWN,
                "its srs_id "
                    + srs
                    + " is not known here; if you know the system, name it: --crs EPSG:n");
          }
        }
      }
    }
    throw new BadFile(
        Code.CRS_UNKNOWN,
        "its srs_id "
            + srs
            + " is not in its own list; if you know the system, name it: --crs EPSG:n");
  }

  private static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  private static BadFile told(SQLException e) {
    String why = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    return new BadFile(Code.NOT_READABLE, "damaged or no GeoPackage: " + why);
  }

  @Override
  public void close() throws IOException {
    try {
      connection.close();
    } catch (SQLException e) {
      throw told(e);
    }
  }
}
