package org.gridline.gis.boundary;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.gridline.gis.position.Crs;
import org.gridline.gis.position.Position;
import org.gridline.gis.position.RawPosition;
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

  private final Crs crs;
  private final int maxVertices;
  private int vertices;
  private String type = "";
  private Nest coordinates = new Many(List.of());
  private String reason = "";

  GeoJsonShape(Crs crs, int maxVertices) {
    this.crs = crs;
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
   * @throws IllegalArgumentException with the reason, when this is not a polygon
   */
  Geometry polygons() {
    if (!reason.isEmpty()) {
      throw new IllegalArgumentException(reason);
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
      case "" -> throw new IllegalArgumentException("it has no geometry");
      default -> throw new IllegalArgumentException("the shape is a " + type + ", not a polygon");
    };
  }

  private static Polygon polygon(Nest nest) {
    List<LinearRing> rings = new ArrayList<>();
    for (Nest ring : parts(nest)) {
      List<Coordinate> line = new ArrayList<>();
      for (Nest point : parts(ring)) {
        if (!(point instanceof Point(Coordinate at))) {
          throw new IllegalArgumentException("coordinates are nested deeper than the type says");
        }
        line.add(at);
      }
      if (line.size() < 4) {
        throw new IllegalArgumentException("a ring has fewer than 4 positions");
      }
      if (!line.getFirst().equals2D(line.getLast())) {
        throw new IllegalArgumentException("a ring is not closed");
      }
      rings.add(GEOMETRIES.createLinearRing(line.toArray(Coordinate[]::new)));
    }
    if (rings.isEmpty()) {
      throw new IllegalArgumentException("the shape is empty");
    }
    return GEOMETRIES.createPolygon(
        rings.getFirst(), rings.subList(1, rings.size()).toArray(LinearRing[]::new));
  }

  private static List<Nest> parts(Nest nest) {
    return switch (nest) {
      case Many(List<Nest> parts) -> parts;
      case Point at ->
          throw new IllegalArgumentException("coordinates are nested less than the type says");
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
        fail(
            vertices > maxVertices
                ? "too many vertices"
                : "coordinates are not nested as those of a polygon");
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

  private Coordinate toWgs84(double lon, double lat) {
    if (!Double.isFinite(lon) || !Double.isFinite(lat)) {
      fail("position " + vertices + " is not two finite numbers");
      return new Coordinate(0, 0);
    }
    try {
      Position at = new RawPosition(lon, lat, crs).toWgs84();
      return new Coordinate(at.lon(), at.lat());
    } catch (IllegalArgumentException e) {
      fail("position " + vertices + ": " + e.getMessage());
      return new Coordinate(0, 0);
    }
  }

  private void fail(String why) {
    if (reason.isEmpty()) {
      reason = why;
    }
  }
}
