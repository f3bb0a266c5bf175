package org.gridline.gis.boundary;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes shapefiles for tests, sound or not. */
public final class ShapefileKit {
  public static final String CGCS2000_PRJ =
      "GEOGCS[\"GCS_China_Geodetic_Coordinate_System_2000\",DATUM[\"D_China_2000\","
          + "SPHEROID[\"CGCS2000\",6378137.0,298.257222101]],PRIMEM[\"Greenwich\",0.0],"
          + "UNIT[\"Degree\",0.0174532925199433]]";

  /** One row: the values of the fields c and n, and rings of x, y pairs as they are written. */
  record Row(String code, String name, double[][] rings) {}

  private final List<Row> rows = new ArrayList<>();
  private Charset charset = StandardCharsets.UTF_8;
  private final Map<String, byte[]> parts = new TreeMap<>();
  private int type = 5;

  static final double[] SQUARE = {118, 32, 118, 32.1, 118.1, 32.1, 118.1, 32, 118, 32};
  static final double[] HOLE = {
    118.04, 32.04, 118.06, 32.04, 118.06, 32.06, 118.04, 32.06, 118.04, 32.04
  };

  public static ShapefileKit with(String code, String name, double[]... rings) {
    return new ShapefileKit().and(code, name, rings);
  }

  public ShapefileKit and(String code, String name, double[]... rings) {
    rows.add(new Row(code, name, rings));
    return this;
  }

  /** A file of points; further ones by {@link #and} with a ring of one pair. */
  public static ShapefileKit points(String code, String name, double x, double y) {
    return new ShapefileKit().type(1).and(code, name, new double[] {x, y});
  }

  public ShapefileKit in(Charset dbf) {
    charset = dbf;
    return this;
  }

  public ShapefileKit type(int shapes) {
    type = shapes;
    return this;
  }

  /** A further part, such as .prj; replaces what would be written. */
  public ShapefileKit part(String extension, String text) {
    return part(extension, text.getBytes(StandardCharsets.UTF_8));
  }

  public ShapefileKit part(String extension, byte[] bytes) {
    parts.put(extension, bytes);
    return this;
  }

  Path sideBySide(Path folder, String name) {
    try {
      for (var part : all().entrySet()) {
        Files.write(folder.resolve(name + part.getKey()), part.getValue());
      }
      return folder.resolve(name + ".shp");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Path zipped(Path file) {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      for (var part : all().entrySet()) {
        zip.putNextEntry(new ZipEntry("inside/网格" + part.getKey()));
        zip.write(part.getValue());
        zip.closeEntry();
      }
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  byte[] bytes(String extension) {
    return java.util.Objects.requireNonNull(all().get(extension), extension);
  }

  Map<String, byte[]> all() {
    Map<String, byte[]> all = new TreeMap<>();
    all.put(".shp", shp());
    all.put(".dbf", dbf());
    all.putAll(parts);
    return all;
  }

  private byte[] shp() {
    ByteArrayOutputStream records = new ByteArrayOutputStream();
    int number = 0;
    for (Row row : rows) {
      byte[] content = record(row);
      ByteBuffer header = ByteBuffer.allocate(8).putInt(++number).putInt(content.length / 2);
      write(records, header.array());
      write(records, content);
    }
    ByteBuffer header = ByteBuffer.allocate(100);
    header.putInt(0, 9994).putInt(24, (100 + records.size()) / 2);
    header.order(ByteOrder.LITTLE_ENDIAN).putInt(28, 1000).putInt(32, type);
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    write(file, header.array());
    write(file, records.toByteArray());
    return file.toByteArray();
  }

  private byte[] record(Row row) {
    if (type == 1) {
      ByteBuffer point = ByteBuffer.allocate(20).order(ByteOrder.LITTLE_ENDIAN).putInt(type);
      return point.putDouble(row.rings[0][0]).putDouble(row.rings[0][1]).array();
    }
    int points = 0;
    for (double[] ring : row.rings) {
      points += ring.length / 2;
    }
    int more = type == 15 ? 16 + 8 * points : 0;
    ByteBuffer record =
        ByteBuffer.allocate(44 + 4 * row.rings.length + 16 * points + more)
            .order(ByteOrder.LITTLE_ENDIAN);
    record.putInt(type).position(36);
    record.putInt(row.rings.length).putInt(points);
    int from = 0;
    for (double[] ring : row.rings) {
      record.putInt(from);
      from += ring.length / 2;
    }
    for (double[] ring : row.rings) {
      for (double number : ring) {
        record.putDouble(number);
      }
    }
    return record.array();
  }

  private byte[] dbf() {
    ByteBuffer file =
        ByteBuffer.allocate(32 + 64 + 1 + rows.size() * 61 + 1).order(ByteOrder.LITTLE_ENDIAN);
    file.put((byte) 3).putInt(4, rows.size()).putShort(8, (short) 97).putShort(10, (short) 61);
    file.position(32);
    field(file, "c", 20);
    field(file, "n", 40);
    file.put((byte) 0x0D);
    for (Row row : rows) {
      file.put((byte) ' ').put(padded(row.code, 20)).put(padded(row.name, 40));
    }
    return file.put((byte) 0x1A).array();
  }

  private static void field(ByteBuffer file, String name, int length) {
    int at = file.position();
    file.put(name.getBytes(StandardCharsets.US_ASCII));
    file.put(at + 11, (byte) 'C').put(at + 16, (byte) length).position(at + 32);
  }

  private byte[] padded(String text, int length) {
    byte[] cell = new byte[length];
    java.util.Arrays.fill(cell, (byte) ' ');
    byte[] bytes = text.getBytes(charset);
    System.arraycopy(bytes, 0, cell, 0, Math.min(length, bytes.length));
    return cell;
  }

  private static void write(OutputStream out, byte[] bytes) {
    try {
      out.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
