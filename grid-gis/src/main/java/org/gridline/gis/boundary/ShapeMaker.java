package org.gridline.gis.boundary;

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

/** Makes shapes in degrees of the numbers of a file, the same way for every format. */
final class ShapeMaker {
  private static final GeometryFactory GEOMETRIES = new GeometryFactory();

  private final CoordinateSystem system;
  private final FileCrs said;
  private int vertices;

  /**
   * @param system that the numbers are read in
   * @param said whether somebody named it or it is taken for want of a better
   */
  ShapeMaker(CoordinateSystem system, FileCrs said) {
    this.system = system;
    this.said = said;
  }

  /** Counts positions before they cost memory. */
  void expect(int more) throws BadFile {
    vertices += more;
    if (more < 0 || vertices < 0 || vertices > Limits.MAX_VERTICES) {
      throw new BadFile(Code.TOO_BIG, "it has more vertices than " + Limits.MAX_VERTICES);
    }
  }

  /**
   * A position on the lattice.
   *
   * @param number of the position in its feature, from 1
   * @throws BadShape when the numbers are no place on earth
   */
  Coordinate place(int number, double x, double y) {
    if (!Double.isFinite(x) || !Double.isFinite(y)) {
      throw new BadShape(Code.NOT_FINITE, "position " + number + " is not two finite numbers");
    }
    try {
      Position at = system.toWgs84(x, y);
      return new Coordinate(Snapping.degrees(at.lon()), Snapping.degrees(at.lat()));
    } catch (IllegalArgumentException e) {
      boolean degrees = Math.abs(x) <= 180 && Math.abs(y) <= 180;
      throw switch (said) {
        case FileCrs.Unsaid unsaid when !degrees ->
            new BadShape(
                Code.CRS_UNKNOWN,
                "position "
                    + number
                    + " is "
                    + x
                    + ", "
                    + y
                    + ": outside all degrees, and nobody says which coordinate system it is in;"
                    + " if you know, name it: --crs EPSG:n");
        default -> new BadShape(Code.NOT_ON_EARTH, "position " + number + ": " + e.getMessage());
      };
    }
  }

  /**
   * @throws BadShape when it is empty or not closed
   */
  static LinearRing ring(List<Coordinate> line) {
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
    return GEOMETRIES.createLinearRing(line.toArray(Coordinate[]::new));
  }

  /**
   * @param rings the outer one first
   * @throws BadShape when there is none
   */
  static Polygon polygon(List<LinearRing> rings) {
    if (rings.isEmpty()) {
      throw new BadShape(Code.EMPTY, "the shape is empty");
    }
    return GEOMETRIES.createPolygon(
        rings.getFirst(), rings.subList(1, rings.size()).toArray(LinearRing[]::new));
  }

  static Geometry together(List<Polygon> parts) {
    return parts.size() == 1
        ? parts.getFirst()
        : GEOMETRIES.createMultiPolygon(parts.toArray(Polygon[]::new));
  }
}
