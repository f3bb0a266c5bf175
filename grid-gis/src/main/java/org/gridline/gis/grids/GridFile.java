package org.gridline.gis.grids;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.geom.Polygon;

/**
 * The GeoJSON of grids: one feature a line, WGS 84 with seven digits (about a centimetre), no time,
 * the same text for the same grids.
 */
public final class GridFile {
  private GridFile() {}

  /** Where the ground is from that the grids were made on. */
  public enum Origin {
    GIVEN,
    /** Made up, which the file says. */
    SYNTHETIC
  }

  /**
   * Writes the collection; the stream stays open.
   *
   * @param name of the collection
   */
  public static void write(String name, Origin origin, List<UnitGrid> grids, OutputStream out)
      throws IOException {
    StringBuilder head = new StringBuilder("{\"type\":\"FeatureCollection\",\"name\":");
    head.append(quoted(name));
    if (origin == Origin.SYNTHETIC) {
      head.append(",\"synthetic\":true,\"note\":\"合成数据 synthetic – not an official boundary\"");
    }
    put(head.append(",\"features\":[\n").toString(), out);
    for (int i = 0; i < grids.size(); i++) {
      put((i == 0 ? "" : ",\n") + feature(grids.get(i)), out);
    }
    put("\n]}\n", out);
  }

  /** As {@link #write}, packed when the file's name says so. */
  public static OutputStream packed(String fileName, OutputStream out) {
    try {
      return fileName.endsWith(".gz") ? new GZIPOutputStream(out, 1 << 16) : out;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void put(String text, OutputStream out) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String feature(UnitGrid grid) {
    return "{\"type\":\"Feature\",\"properties\":{\"code\":"
        + quoted(grid.code())
        + ",\"name\":"
        + quoted(grid.name())
        + ",\"parent\":"
        + quoted(grid.parent())
        + ",\"area_m2\":"
        + Math.round(grid.squareMetres())
        + grid.use().map(use -> ",\"land_use\":" + quoted(use)).orElse("")
        + grid.grade().map(grade -> ",\"grade\":" + quoted(grade)).orElse("")
        + "},\"geometry\":"
        + geometry(grid.shape())
        + "}";
  }

  /** A polygon or multipolygon as GeoJSON. */
  public static String geometry(Geometry shape) {
    if (shape instanceof Polygon polygon) {
      return "{\"type\":\"Polygon\",\"coordinates\":" + rings(polygon) + "}";
    }
    StringBuilder parts = new StringBuilder("{\"type\":\"MultiPolygon\",\"coordinates\":[");
    for (int part = 0; part < shape.getNumGeometries(); part++) {
      parts.append(part == 0 ? "" : ",").append(rings((Polygon) shape.getGeometryN(part)));
    }
    return parts.append("]}").toString();
  }

  private static String rings(Polygon polygon) {
    StringBuilder rings = new StringBuilder("[").append(ring(polygon.getExteriorRing()));
    for (int hole = 0; hole < polygon.getNumInteriorRing(); hole++) {
      rings.append(',').append(ring(polygon.getInteriorRingN(hole)));
    }
    return rings.append(']').toString();
  }

  private static String ring(LineString ring) {
    return Arrays.stream(ring.getCoordinates())
        .map(GridFile::position)
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static String position(Coordinate at) {
    return "[" + degrees(at.x) + "," + degrees(at.y) + "]";
  }

  private static String degrees(double value) {
    return BigDecimal.valueOf(Math.round(value * 1e7), Lattice.DIGITS)
        .stripTrailingZeros()
        .toPlainString();
  }

  private static String quoted(String text) {
    return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
  }
}
