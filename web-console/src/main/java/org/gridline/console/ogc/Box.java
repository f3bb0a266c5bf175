package org.gridline.console.ogc;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.gridline.gis.position.MapCrs;
import org.gridline.gis.position.Position;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.Polygon;

/** The parameter {@code bbox} in the system of {@code bbox-crs}, as a shape in WGS 84. */
final class Box {
  private static final Pattern NUMBER =
      Pattern.compile(
          "[+-]?(?:[0-9]{1,20}(?:\\.[0-9]{0,20})?|\\.[0-9]{1,20})(?:[eE][+-]?[0-9]{1,2})?");
  private static final GeometryFactory SHAPES = new GeometryFactory();

  /** A straight edge of a projected box is a curve in degrees. */
  private static final int STEPS = 16;

  private Box() {}

  /**
   * Four numbers, or six of which the heights don't count. In degrees, a box whose west lies east
   * of its east goes over the 180th meridian.
   *
   * @throws IllegalArgumentException when the numbers are no box in that system; says why
   */
  static Geometry parse(String text, MapCrs crs) {
    double[] n = numbers(text);
    int half = n.length / 2;
    double first = n[0];
    double second = n[1];
    double third = n[half];
    double fourth = n[half + 1];
    if (half == 3 && n[2] > n[5]) throw new IllegalArgumentException("heights are upside down");
    if (!crs.degrees()) return projected(first, second, third, fourth, crs);
    return degrees(crs.read(first, second), crs.read(third, fourth));
  }

  private static double[] numbers(String text) {
    String[] parts = text.split(",", 8);
    if (parts.length != 4 && parts.length != 6) {
      throw new IllegalArgumentException("four or six numbers");
    }
    double[] numbers = new double[parts.length];
    for (int i = 0; i < parts.length; i++) {
      if (!NUMBER.matcher(parts[i]).matches()) throw new IllegalArgumentException("not a number");
      numbers[i] = Double.parseDouble(parts[i]);
    }
    return numbers;
  }

  private static Geometry degrees(Position low, Position high) {
    if (low.lat() > high.lat()) throw new IllegalArgumentException("south lies north of north");
    if (low.lon() <= high.lon()) return rectangle(low.lon(), low.lat(), high.lon(), high.lat());
    return SHAPES.createMultiPolygon(
        new Polygon[] {
          rectangle(low.lon(), low.lat(), 180, high.lat()),
          rectangle(-180, low.lat(), high.lon(), high.lat())
        });
  }

  /** A box may be as thin as a point; a polygon must not. */
  private static Polygon rectangle(double west, double south, double east, double north) {
    double thin = 1e-9;
    double right = Math.max(east, west + thin);
    double top = Math.max(north, south + thin);
    return SHAPES.createPolygon(
        new Coordinate[] {
          new Coordinate(west, south),
          new Coordinate(right, south),
          new Coordinate(right, top),
          new Coordinate(west, top),
          new Coordinate(west, south)
        });
  }

  private static Geometry projected(
      double first, double second, double third, double fourth, MapCrs crs) {
    if (first > third || second > fourth) throw new IllegalArgumentException("upside down");
    // As thin as a point is allowed: a millimetre, whichever the unit.
    double right = Math.max(third, first + 1e-3);
    double top = Math.max(fourth, second + 1e-3);
    double[][] corners = {{first, second}, {right, second}, {right, top}, {first, top}};
    List<Coordinate> ring = new ArrayList<>();
    for (int c = 0; c < 4; c++) {
      double[] from = corners[c];
      double[] to = corners[(c + 1) % 4];
      for (int i = 0; i < STEPS; i++) {
        double share = (double) i / STEPS;
        Position at =
            crs.read(from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share);
        ring.add(new Coordinate(at.lon(), at.lat()));
      }
    }
    ring.add(ring.getFirst().copy());
    Polygon shape = SHAPES.createPolygon(ring.toArray(Coordinate[]::new));
    if (!shape.isValid()) throw new IllegalArgumentException("no box there");
    return shape;
  }
}
