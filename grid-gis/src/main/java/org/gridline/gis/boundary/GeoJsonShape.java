package org.gridline.gis.boundary;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gridline.gis.boundary.Finding.Code;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.geom.Polygon;

/**
 * The geometry of one feature. The members of a GeoJSON geometry may come in any order, so nested
 * arrays are kept as they come and made into polygons when the type is known.
 */
final class GeoJsonShape implements FeatureFile.Drawing {
  private static final int MULTIPOLYGON_DEPTH = 4;

  private sealed interface Nest {}

  private record Point(Coordinate at) implements Nest {}

  private record Many(List<Nest> parts) implements Nest {}

  private final ShapeMaker shapes;
  private int vertices;
  private String type = "";
  private Nest coordinates = new Many(List.of());
  private Optional<BadShape> wrong = Optional.empty();

  GeoJsonShape(ShapeMaker shapes) {
    this.shapes = shapes;
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

  @Override
  public Geometry polygons() {
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
        yield ShapeMaker.together(parts);
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
      rings.add(ShapeMaker.ring(line));
    }
    return ShapeMaker.polygon(rings);
  }

  private static List<Nest> parts(Nest nest) {
    return switch (nest) {
      case Many(List<Nest> parts) -> parts;
      case Point at -> throw notPolygon("coordinates are nested less than the type says");
    };
  }

  private Nest readNest(JsonParser json, int depth) throws IOException {
    shapes.expect(1); // An empty array costs memory too.
    JsonToken first = json.nextToken();
    if (first == JsonToken.END_ARRAY) {
      return new Many(List.of());
    }
    if (first != JsonToken.START_ARRAY) {
      return readPoint(json);
    }
    List<Nest> parts = new ArrayList<>();
    for (JsonToken token = first; token != JsonToken.END_ARRAY; token = json.nextToken()) {
      if (token == JsonToken.START_ARRAY && depth < MULTIPOLYGON_DEPTH) {
        parts.add(readNest(json, depth + 1));
      } else {
        json.skipChildren();
        fail(notPolygon("coordinates are not nested as those of a polygon"));
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
    shapes.expect(1);
    try {
      return new Point(shapes.place(vertices, lonLat[0], lonLat[1]));
    } catch (BadShape bad) {
      fail(bad);
      return new Point(new Coordinate(0, 0));
    }
  }

  private static BadShape notPolygon(String reason) {
    return new BadShape(Code.NOT_A_POLYGON, reason);
  }

  private void fail(BadShape bad) {
    if (wrong.isEmpty()) {
      wrong = Optional.of(bad);
    }
  }
}
