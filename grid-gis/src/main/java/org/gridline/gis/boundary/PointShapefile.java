package org.gridline.gis.boundary;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.zip.ZipException;
import org.gridline.gis.boundary.Finding.Code;
import org.gridline.gis.position.CoordinateSystem;

/**
 * A zipped shapefile of points, for registers of things that stand somewhere. Read from front to
 * back, one record in memory at a time; not thread-safe. Whatever is wrong with the file comes out
 * as {@link UnusableBoundaries}.
 */
public final class PointShapefile implements Closeable {
  private static final List<Integer> POINTS = List.of(1, 11, 21);

  private final String name;
  private final ShapefileFeatures file;
  private final InputStream shp;
  private final Dbf table;
  private final Charset charset;
  private long number;

  /**
   * One point.
   *
   * @param number counted from 1
   * @param values the wanted ones, as text
   * @param place its two numbers in the file's system; absent where the record has no point
   */
  public record Row(long number, Map<String, String> values, Optional<double[]> place) {
    public Row {
      values = Map.copyOf(values);
    }
  }

  private PointShapefile(
      String name, ShapefileFeatures file, InputStream shp, Dbf table, Charset charset) {
    this.name = name;
    this.file = file;
    this.shp = shp;
    this.table = table;
    this.charset = charset;
  }

  /**
   * Opens an archive that holds one shapefile.
   *
   * @throws UnusableBoundaries when it does not, or its shapes are no points
   */
  public static PointShapefile open(Path zip) {
    String name = String.valueOf(zip.getFileName());
    try {
      ShapefileFeatures file = ShapefileFeatures.zipped(zip);
      try {
        Charset charset = file.charset();
        InputStream shp = file.open(".shp");
        int type = ShapefileFeatures.type(shp);
        if (!POINTS.contains(type)) {
          throw new BadFile(
              Code.NOT_READABLE,
              "its shapes are of type " + type + ", not points (1, 11 or 21) · 不是点图层");
        }
        return new PointShapefile(name, file, shp, Dbf.open(file.open(".dbf")), charset);
      } catch (IOException e) {
        file.close();
        throw e;
      }
    } catch (IOException e) {
      throw told(name, e);
    }
  }

  /**
   * The system that the .prj names; empty without one.
   *
   * @throws UnusableBoundaries when it names one that is not known
   */
  public Optional<CoordinateSystem> system() {
    try {
      if (!file.namesSystem()) {
        return Optional.empty();
      }
      return switch (file.crs()) {
        case FileCrs.Said(CoordinateSystem said) -> Optional.of(said);
        case FileCrs.Unsaid unsaid -> Optional.empty();
      };
    } catch (IOException e) {
      throw told(name, e);
    }
  }

  /**
   * The next row; empty behind the last.
   *
   * @throws UnusableBoundaries when the file is damaged here
   */
  public Optional<Row> next(Predicate<String> wanted) {
    try {
      while (true) {
        byte[] header = shp.readNBytes(8);
        Optional<Dbf.Row> row = table.next(charset, wanted::test);
        if (header.length == 0 && row.isEmpty()) {
          return Optional.empty();
        }
        if (header.length < 8 || row.isEmpty()) {
          throw ShapefileFeatures.damaged("it has not as many records as the .dbf has rows");
        }
        byte[] record = ShapefileFeatures.record(shp, header);
        number++;
        if (!row.get().deleted()) {
          return Optional.of(new Row(number, row.get().values(), place(record)));
        }
      }
    } catch (IOException e) {
      throw told(name, e);
    }
  }

  /** A record without a shape says nothing of a place. */
  private static Optional<double[]> place(byte[] record) {
    ByteBuffer numbers = ByteBuffer.wrap(record).order(ByteOrder.LITTLE_ENDIAN);
    return record.length >= 20 && POINTS.contains(numbers.getInt(0))
        ? Optional.of(new double[] {numbers.getDouble(4), numbers.getDouble(12)})
        : Optional.empty();
  }

  private static RuntimeException told(String name, IOException e) {
    return switch (e) {
      case BadFile bad -> unusable(name, bad.code(), bad.reason());
      case ZipException broken ->
          unusable(name, Code.NOT_READABLE, "damaged zip: " + broken.getMessage());
      case EOFException broken ->
          unusable(name, Code.NOT_READABLE, "damaged zip: " + broken.getMessage());
      default -> new UncheckedIOException("can't read " + name + ": " + e, e);
    };
  }

  private static UnusableBoundaries unusable(String name, Code code, String reason) {
    return UnusableBoundaries.of(name, new Finding(code, "the file", reason));
  }

  @Override
  public void close() {
    try {
      file.close(); // The archive closes what was opened in it.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
