package org.gridline.gis.sample;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.gridline.gis.boundary.Area;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.geom.Polygon;

/** The text of one GeoJSON file: one feature a line, six digits, no time, the same every time. */
final class SampleFile {
  private SampleFile() {}

  static String text(String layer, List<Area> areas, Metres metres) {
    StringBuilder text =
        new StringBuilder("{\"type\":\"FeatureCollection\",\"name\":\"")
            .append(layer)
            .append("\",\"synthetic\":true,\"note\":")
            .append("\"合成数据 synthetic – not an official boundary\",\"features\":[\n");
    List<String> lines = new ArrayList<>();
    for (Area area : areas) {
      lines.add(feature(area, Math.round(metres.areaSquareMetres(area.shape()))));
    }
    return text.append(String.join(",\n", lines)).append("\n]}\n").toString();
  }

  private static String feature(Area area, long squareMetres) {
    return "{\"type\":\"Feature\",\"properties\":{\"code\":\""
        + area.code()
        + "\",\"name\":\""
        + area.name()
        + "\",\"parent\":\""
        + area.parent().orElse("")
        + "\",\"areaM2\":"
        + squareMetres
        + "},\"geometry\":"
        + geometry(area.shape())
        + "}";
  }

  private static String geometry(Geometry shape) {
    if (shape instanceof Polygon polygon) {
      return "{\"type\":\"Polygon\",\"coordinates\":" + rings(polygon) + "}";
    }
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < shape.getNumGeometries(); i++) {
      parts.add(rings((Polygon) shape.getGeometryN(i)));
    }
    return "{\"type\":\"MultiPolygon\",\"coordinates\":[" + String.join(",", parts) + "]}";
  }

  private static String rings(Polygon polygon) {
    List<String> rings = new ArrayList<>();
    rings.add(ring(polygon.getExteriorRing()));
    for (int i = 0; i < polygon.getNumInteriorRing(); i++) {
      rings.add(ring(polygon.getInteriorRingN(i)));
    }
    return "[" + String.join(",", rings) + "]";
  }

  private static String ring(LineString ring) {
    return Arrays.stream(ring.getCoordinates())
        .map(SampleFile::position)
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static String position(Coordinate at) {
    return "[" + degrees(at.x) + "," + degrees(at.y) + "]";
  }

  private static String degrees(double value) {
    return BigDecimal.valueOf(Math.round(value * 1e6), 6).stripTrailingZeros().toPlainString();
  }
}
