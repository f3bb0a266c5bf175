package org.gridline.gis.grids;

import java.util.ArrayList;
import java.util.List;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.CoordinateList;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.geom.Polygon;

/**
 * Whole numbers of ten-millionths of a degree (about a centimetre): everything is cut and joined on
 * these, so that what is written with seven digits is exactly what was drawn.
 */
final class Lattice {
  static final int DIGITS = 7;
  static final GeometryFactory GEOMETRIES = new GeometryFactory();
  private static final double STEPS_PER_DEGREE = 1e7;

  private Lattice() {}

  static Coordinate of(Coordinate degrees) {
    return new Coordinate(
        Math.rint(degrees.x * STEPS_PER_DEGREE), Math.rint(degrees.y * STEPS_PER_DEGREE));
  }

  static double degrees(double steps) {
    return steps / STEPS_PER_DEGREE;
  }

  /** The rings on the lattice, each closed; those too small to be seen there are left out. */
  static List<Coordinate[]> rings(Geometry degrees) {
    List<Coordinate[]> rings = new ArrayList<>();
    for (int part = 0; part < degrees.getNumGeometries(); part++) {
      Polygon polygon = (Polygon) degrees.getGeometryN(part);
      add(polygon.getExteriorRing(), rings);
      for (int hole = 0; hole < polygon.getNumInteriorRing(); hole++) {
        add(polygon.getInteriorRingN(hole), rings);
      }
    }
    return rings;
  }

  private static void add(LineString ring, List<Coordinate[]> rings) {
    CoordinateList points = new CoordinateList();
    for (Coordinate degrees : ring.getCoordinates()) {
      points.add(of(degrees), false);
    }
    if (points.size() > 3) {
      rings.add(points.toCoordinateArray());
    }
  }

  /** In degrees, shells counter-clockwise, the same for the same ground. */
  static Geometry toDegrees(Geometry steps) {
    List<Polygon> parts = new ArrayList<>();
    for (int part = 0; part < steps.getNumGeometries(); part++) {
      Polygon polygon = (Polygon) steps.getGeometryN(part);
      LinearRing[] holes = new LinearRing[polygon.getNumInteriorRing()];
      for (int hole = 0; hole < holes.length; hole++) {
        holes[hole] = ringInDegrees(polygon.getInteriorRingN(hole));
      }
      parts.add(GEOMETRIES.createPolygon(ringInDegrees(polygon.getExteriorRing()), holes));
    }
    Geometry shape =
        parts.size() == 1
            ? parts.getFirst()
            : GEOMETRIES.createMultiPolygon(parts.toArray(Polygon[]::new));
    shape.normalize();
    return shape.reverse();
  }

  private static LinearRing ringInDegrees(LineString steps) {
    Coordinate[] from = steps.getCoordinates();
    Coordinate[] to = new Coordinate[from.length];
    for (int i = 0; i < from.length; i++) {
      to[i] = new Coordinate(degrees(from[i].x), degrees(from[i].y));
    }
    return GEOMETRIES.createLinearRing(to);
  }
}
