package org.gridline.gis.boundary;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.io.ByteOrderValues;
import org.locationtech.jts.io.ParseException;
import org.locationtech.jts.io.WKBWriter;
import org.locationtech.jts.io.WKTReader;

/** Writes GeoPackages for tests, sound or not. */
final class GeoPackageKit {
  static final String SQUARE = "POLYGON((118 32,118.1 32,118.1 32.1,118 32.1,118 32))";

  private record Row(String code, String name, byte[] blob) {}

  private final List<Row> rows = new ArrayList<>();
  private final List<String> also = new ArrayList<>();
  private int srs = 4326;
  private int pageBytes = 4096;

  static GeoPackageKit with(String code, String name, String wkt) {
    return new GeoPackageKit().and(code, name, wkt);
  }

  GeoPackageKit and(String code, String name, String wkt) {
    return and(code, name, blob(wkt));
  }

  GeoPackageKit and(String code, String name, byte[] blob) {
    rows.add(new Row(code, name, blob));
    return this;
  }

  GeoPackageKit srs(int id) {
    srs = id;
    return this;
  }

  /** Pages of 512 bytes. */
  GeoPackageKit small() {
    pageBytes = 512;
    return this;
  }

  /** Runs before the file is closed. */
  GeoPackageKit also(String sql) {
    also.add(sql);
    return this;
  }

  /** The geometry column's bytes by JTS's writer, with a two-dimensional envelope in the header. */
  static byte[] blob(String wkt) {
    try {
      Geometry shape = new WKTReader().read(wkt);
      byte[] wkb = new WKBWriter(2, ByteOrderValues.LITTLE_ENDIAN).write(shape);
      ByteBuffer blob = ByteBuffer.allocate(8 + 32 + wkb.length).order(ByteOrder.LITTLE_ENDIAN);
      blob.put((byte) 'G').put((byte) 'P').put((byte) 0).put((byte) 0b11).putInt(4326);
      var box = shape.getEnvelopeInternal();
      blob.putDouble(box.getMinX()).putDouble(box.getMaxX());
      blob.putDouble(box.getMinY()).putDouble(box.getMaxY());
      return blob.put(wkb).array();
    } catch (ParseException e) {
      throw new IllegalArgumentException(e);
    }
  }

  Path write(Path file) {
    try (Connection db = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement sql = db.createStatement()) {
      sql.execute("PRAGMA page_size = " + pageBytes);
      sql.execute("PRAGMA application_id = 0x47504B47");
      sql.execute(
          "CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT, srs_id INTEGER PRIMARY KEY,"
              + " organization TEXT, organization_coordsys_id INTEGER, definition TEXT,"
              + " description TEXT)");
      sql.execute(
          "INSERT INTO gpkg_spatial_ref_sys VALUES ('u', -1, 'NONE', -1, 'undefined', ''),"
              + " ('g', 0, 'NONE', 0, 'undefined', ''), ('w', 4326, 'EPSG', 4326, 'x', ''),"
              + " ('c', 100001, 'city', 7, '"
              + ShapefileKit.CGCS2000_PRJ
              + "', '')");
      sql.execute(
          "CREATE TABLE gpkg_contents (table_name TEXT PRIMARY KEY, data_type TEXT, srs_id INTEGER)");
      sql.execute(
          "CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT,"
              + " geometry_type_name TEXT, srs_id INTEGER, z INTEGER, m INTEGER)");
      sql.execute("CREATE TABLE \"网 \"\"格\" (fid INTEGER PRIMARY KEY, geom BLOB, c TEXT, n TEXT)");
      sql.execute("INSERT INTO gpkg_contents VALUES ('网 \"格', 'features', " + srs + ")");
      sql.execute(
          "INSERT INTO gpkg_geometry_columns VALUES ('网 \"格', 'geom', 'POLYGON', "
              + srs
              + ", 0, 0)");
      try (PreparedStatement insert =
          db.prepareStatement("INSERT INTO \"网 \"\"格\" (geom, c, n) VALUES (?, ?, ?)")) {
        for (Row row : rows) {
          insert.setBytes(1, row.blob);
          insert.setString(2, row.code);
          insert.setString(3, row.name);
          insert.execute();
        }
      }
      for (String statement : also) {
        sql.execute(statement);
      }
      return file;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
