package org.gridline.gis.boundary;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipException;
import org.gridline.gis.boundary.Finding.Code;
import org.gridline.gis.position.Wkt;

/**
 * An Esri shapefile of polygons: .shp and .dbf read side by side, the system from .prj, the
 * encoding from .cpg. The .shx is not needed, because both are read from front to back.
 *
 * <p>A reader of our own, because the format is a header and records with lengths, and the library
 * at hand brings a database server and cannot be bounded (docs/adr says more). Source: ESRI
 * Shapefile Technical Description, July 1998.
 */
final class ShapefileFeatures implements FeatureFile {
  private static final int HEADER = 100;
  private static final int MAX_TEXT = 20_000;
  private static final int NULL_SHAPE = 0;
  private static final int POLYGON = 5;
  private static final int POLYGON_Z = 15;
  private static final int POLYGON_M = 25;

  private final ShapefileParts parts;

  private ShapefileFeatures(ShapefileParts parts) {
    this.parts = parts;
  }

  static ShapefileFeatures sideBySide(Path shp) {
    return new ShapefileFeatures(new ShapefileParts.SideBySide(shp));
  }

  static ShapefileFeatures zipped(Path zip) throws IOException {
    return new ShapefileFeatures(ShapefileParts.Zipped.open(zip));
  }

  /** Whether there is a .prj with something in it. */
  boolean namesSystem() throws IOException {
    return !text(".prj").isBlank();
  }

  @Override
  public FileCrs crs() throws IOException {
    String text = text(".prj").strip();
    if (text.isEmpty()) {
      throw new BadFile(
          Code.CRS_UNKNOWN,
          "it has no .prj, so nobody says which coordinate system it is in; if you know, name it:"
              + " --crs EPSG:n");
    }
    Wkt system = new Wkt(text);
    try {
      system.check();
    } catch (IllegalArgumentException e) {
      throw new BadFile(
          Code.CRS_UNKNOWN,
          "its .prj: " + e.getMessage() + "; if you know the system, name it: --crs EPSG:n");
    }
    return new FileCrs.Said(system);
  }

  @Override
  public void read(Wanted wanted, ShapeMaker shapes, Sink sink) throws IOException {
    Charset charset = charset();
    try (InputStream shp = open(".shp");
        Dbf table = Dbf.open(open(".dbf"))) {
      int type = type(shp);
      if (type != POLYGON && type != POLYGON_Z && type != POLYGON_M) {
        throw new BadFile(
            Code.NOT_A_POLYGON, "its shapes are of type " + type + ", not polygons (5, 15 or 25)");
      }
      byte[] header = new byte[8];
      for (int read = shp.readNBytes(header, 0, 8); read > 0; read = shp.readNBytes(header, 0, 8)) {
        if (read < header.length) {
          throw damaged("it ends in a record's header");
        }
        Optional<Dbf.Row> row = table.next(charset, wanted);
        if (row.isEmpty()) {
          throw damaged("it has more records than the .dbf has rows");
        }
        byte[] record = record(shp, header);
        if (!row.get().deleted() && !take(row.get().values(), record, shapes, sink)) {
          return;
        }
      }
      if (table.next(charset, name -> false).isPresent()) {
        throw damaged("it has fewer records than the .dbf has rows");
      }
    } catch (ZipException | EOFException e) {
      throw new BadFile(Code.NOT_READABLE, "damaged zip: " + e.getMessage());
    }
  }

  private static boolean take(
      Map<String, String> values, byte[] record, ShapeMaker shapes, Sink sink) throws BadFile {
    ByteBuffer numbers = ByteBuffer.wrap(record).order(ByteOrder.LITTLE_ENDIAN);
    int type = record.length < 4 ? -1 : numbers.getInt();
    return switch (type) {
      case NULL_SHAPE ->
          sink.take(
              values,
              () -> {
                throw new BadShape(Code.EMPTY, "the shape is empty");
              });
      case POLYGON, POLYGON_Z, POLYGON_M -> {
        ShpPolygon polygon = new ShpPolygon(numbers, shapes);
        polygon.expect();
        yield sink.take(values, polygon);
      }
      default -> throw damaged("a record has the shape type " + type);
    };
  }

  /** The content of a record; a lie about its length costs no more than what is there. */
  static byte[] record(InputStream shp, byte[] header) throws IOException {
    long length = 2L * ByteBuffer.wrap(header).getInt(4);
    if (length < 0 || length > Limits.MAX_FILE_BYTES) {
      throw damaged("a record is " + length + " bytes long");
    }
    byte[] record = shp.readNBytes((int) length);
    if (record.length < length) {
      throw damaged("it ends in a record");
    }
    return record;
  }

  /** What the shapes are, by the header. */
  static int type(InputStream shp) throws IOException {
    byte[] header = shp.readNBytes(HEADER);
    if (header.length < HEADER) {
      throw damaged("it ends in its header");
    }
    ByteBuffer numbers = ByteBuffer.wrap(header);
    int magic = numbers.getInt(0);
    int type = numbers.order(ByteOrder.LITTLE_ENDIAN).getInt(32);
    if (magic != 9994) {
      throw new BadFile(Code.NOT_READABLE, "its .shp is no shapefile");
    }
    return type;
  }

  /** The .cpg rules, then the header of the table, then what its texts can be read as. */
  Charset charset() throws IOException {
    String cpg = text(".cpg").strip();
    if (!cpg.isEmpty()) {
      return Encodings.find(cpg)
          .orElseThrow(
              () ->
                  new BadFile(
                      Code.TEXT_UNUSABLE,
                      "its .cpg names the encoding "
                          + cpg.substring(0, Math.min(40, cpg.length()))
                              .replaceAll("\\p{Cntrl}", "?")
                          + ", which is not known; write UTF-8 or GBK there"));
    }
    try (Dbf table = Dbf.open(open(".dbf"))) {
      Optional<Charset> told = table.charset();
      if (told.isPresent()) {
        return told.get();
      }
      return table.isUtf8() ? StandardCharsets.UTF_8 : Encodings.GB18030;
    } catch (ZipException | EOFException e) {
      throw new BadFile(Code.NOT_READABLE, "damaged zip: " + e.getMessage());
    }
  }

  private String text(String extension) throws IOException {
    Optional<InputStream> found = parts.find(extension);
    if (found.isEmpty()) {
      return "";
    }
    try (InputStream in = found.get()) {
      return new String(in.readNBytes(MAX_TEXT + 1), StandardCharsets.UTF_8)
          .replaceFirst("^\uFEFF", "");
    } catch (ZipException | EOFException e) {
      throw new BadFile(Code.NOT_READABLE, "damaged zip: " + e.getMessage());
    }
  }

  InputStream open(String extension) throws IOException {
    return parts
        .find(extension)
        .orElseThrow(
            () ->
                new BadFile(
                    Code.NOT_READABLE,
                    "a shapefile is several files, and the "
                        + extension
                        + " is missing; zip them together"));
  }

  static BadFile damaged(String how) {
    return new BadFile(Code.NOT_READABLE, "damaged .shp: " + how);
  }

  @Override
  public void close() throws IOException {
    parts.close();
  }
}
