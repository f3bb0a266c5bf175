package org.gridline.gis.boundary;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gridline.gis.boundary.Finding.Code;
import org.gridline.gis.position.CoordinateSystem;
import org.gridline.gis.position.Position;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.geom.Polygon;

/**
 * The geometry of one feature. The members of a GeoJSON geometry may come in any order, so nested
 * arrays are kept as they come and made into polygons when the type is known.
 */
final class GeoJsonShape {
  private static final GeometryFactory GEOMETRIES = new GeometryFactory();
  private static final int MULTIPOLYGON_DEPTH = 4;

  private sealed interface Nest {}

  private record Point(Coordinate at) implements Nest {}

  private record Many(List<Nest> parts) implements Nest {}

  private final CoordinateSystem system;
  private final FileCrs said;
  private final int maxVertices;
  private int vertices;
  private String type = "";
  private Nest coordinates = new Many(List.of());
  private Optional<BadShape> wrong = Optional.empty();

  /**
   * @param system that the numbers are read in
   * @param said whether somebody named it or it is taken for want of a better
   */
  GeoJsonShape(CoordinateSystem system, FileCrs said, int maxVertices) {
    this.system = system;
    this.said = said;
    this.maxVertices = maxVertices;
  }

  int vertices() {
    return vertices;
  }

  /** Reads from the start of the geometry object to its end, whatever is in it. */
  void read(JsonParser json) throws IOException {
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String member = json.currentName();
      JsonToken value = json.nextToken();
      if (member.equals("type") && value == JsonToken.VALUE_STRING) {
        type = json.getText();
      } else if (member.equals("coordinates") && value == JsonToken.START_ARRAY) {
        coordinates = readNest(json, 1);
      } else {
        json.skipChildren();
      }
    }
  }

  /**
   * @throws BadShape with the reason, when this is not a polygon of finite positions
   */
  Geometry polygons() {
    if (wrong.isPresent()) {
      throw wrong.get();
    }
    return switch (type) {
      case "Polygon" -> polygon(coordinates);
      case "MultiPolygon" -> {
        List<Polygon> parts = new ArrayList<>();
        for (Nest part : parts(coordinates)) {
          parts.add(polygon(part));
        }
        yield GEOMETRIES.createMultiPolygon(parts.toArray(Polygon[]::new));
      }
      case "" -> throw notPolygon("it has no geometry");
      default -> throw notPolygon("the shape is a " + type + ", not a polygon");
    };
  }

  private static Polygon polygon(Nest nest) {
    List<LinearRing> rings = new ArrayList<>();
    for (Nest ring : parts(nest)) {
      List<Coordinate> line = new ArrayList<>();
      for (Nest point : parts(ring)) {
        if (!(point instanceof Point(Coordinate at))) {
          throw notPolygon("coordinates are nested deeper than the type says");
        }
        line.add(at);
      }
      if (line.isEmpty()) {
        throw new BadShape(Code.EMPTY, "the shape is empty: a ring has no position");
      }
      if (!line.getFirst().equals2D(line.getLast())) {
        throw new BadShape(
            Code.NOT_CLOSED, "a ring is not closed", Optional.of(line.getLast().copy()));
      }
      while (line.size() < 4) { // Encloses nothing; the repair drops it.
        line.add(line.getLast().copy());
      }
      rings.add(GEOMETRIES.createLinearRing(line.toArray(Coordinate[]::new)));
    }
    if (rings.isEmpty()) {
      throw new BadShape(Code.EMPTY, "the shape is empty");
    }
    return GEOMETRIES.createPolygon(
        rings.getFirst(), rings.subList(1, rings.size()).toArray(LinearRing[]::new));
  }

  private static List<Nest> parts(Nest nest) {
    return switch (nest) {
      case Many(List<Nest> parts) -> parts;
      case Point at -> throw notPolygon("coordinates are nested less than the type says");
    };
  }

  private Nest readNest(JsonParser json, int depth) throws IOException {
    JsonToken first = json.nextToken();
    if (first == JsonToken.END_ARRAY) {
      return new Many(List.of());
    }
    if (first != JsonToken.START_ARRAY) {
      return readPoint(json);
    }
    List<Nest> parts = new ArrayList<>();
    for (JsonToken token = first; token != JsonToken.END_ARRAY; token = json.nextToken()) {
      if (token == JsonToken.START_ARRAY && depth < MULTIPOLYGON_DEPTH && vertices <= maxVertices) {
        parts.add(readNest(json, depth + 1));
      } else {
        json.skipChildren();
        if (vertices > maxVertices) {
          fail(Code.TOO_BIG, "too many vertices");
        } else {
          fail(Code.NOT_A_POLYGON, "coordinates are not nested as those of a polygon");
        }
      }
    }
    return new Many(parts);
  }

  /** Reads a position whose first value is the current token; further values (height) are left. */
  private Nest readPoint(JsonParser json) throws IOException {
    double[] lonLat = {Double.NaN, Double.NaN};
    int index = 0;
    for (JsonToken token = json.currentToken();
        token != JsonToken.END_ARRAY;
        token = json.nextToken()) {
      if (index < 2 && token.isNumeric()) {
        lonLat[index] = json.getDoubleValue();
      } else {
        json.skipChildren();
      }
      index++;
    }
    vertices++;
    return new Point(toWgs84(lonLat[0], lonLat[1]));
  }

  private Coordinate toWgs84(double x, double y) {
    if (!Double.isFinite(x) || !Double.isFinite(y)) {
      fail(Code.NOT_FINITE, "position " + vertices + " is not two finite numbers");
      return new Coordinate(0, 0);
    }
    try {
      Position at = system.toWgs84(x, y);
      return new Coordinate(at.lon(), at.lat());
    } catch (IllegalArgumentException e) {
      boolean degrees = Math.abs(x) <= 180 && Math.abs(y) <= 180;
      switch (said) {
        case FileCrs.Unsaid unsaid when !degrees ->
            fail(
                Code.CRS_UNKNOWN,
                "position "
                    + vertices
                    + " is "
                    + x
                    + ", "
                    + y
                    + ": outside all degrees, and nobody says which coordinate system it is in;"
                    + " if you know, name it: --crs EPSG:n");
        default -> fail(Code.NOT_ON_EARTH, "position " + vertices + ": " + e.getMessage());
      }
      return new Coordinate(0, 0);
    }
  }

  private static BadShape notPolygon(String reason) {
    return new BadShape(Code.NOT_A_POLYGON, reason);
  }

  private void fail(Code code, String why) {
    if (wrong.isEmpty()) {
      wrong = Optional.of(new BadShape(code, why));
    }
  }
}
