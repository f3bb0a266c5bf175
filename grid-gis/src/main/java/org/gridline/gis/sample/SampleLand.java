package org.gridline.gis.sample;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gridline.gis.boundary.Area;
import org.gridline.gis.grids.Land;
import org.gridline.gis.grids.UnitGrid;
import org.locationtech.jts.algorithm.construct.MaximumInscribedCircle;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.operation.overlayng.OverlayNG;
import org.locationtech.jts.operation.overlayng.OverlayNGRobust;

/**
 * Made-up ground inside communities: built-up land around the seat of each, and the parks and
 * schools of the gazetteer.
 *
 * <p>Use and grade are spelled as GB 50137 spells classes of land, for the sample only: R 居住, B
 * 商业服务, M 工业; grade 1 is looked after most.
 */
final class SampleLand {
  /** So much of a community is built up at most. */
  private static final double MOST_OF_COMMUNITY = 0.62;

  /** Square kilometres that are built up in a community of one; larger ones have more field. */
  private static final double OF_ONE_SQUARE_KM = 0.41;

  private static final double GROWTH = 0.55;
  private static final double CORE = 0.4;
  private static final double MARGIN_METRES = 12;
  private static final int CORNERS = 72;
  private static final GeometryFactory GEOMETRIES = new GeometryFactory();

  private final Metres metres;

  SampleLand(Metres metres) {
    this.metres = metres;
  }

  /**
   * The built-up land of a community: a core and what is around it, or one piece in a zone.
   *
   * @param wholeZone whether the community is a development zone
   */
  List<Land> builtUp(Area community, boolean wholeZone) {
    Geometry plane = metres.toPlane(community.shape());
    Coordinate seat = MaximumInscribedCircle.getCenter(plane, 5).getCoordinate();
    double squareKm = plane.getArea() / 1e6;
    double wanted =
        Math.min(squareKm * MOST_OF_COMMUNITY, OF_ONE_SQUARE_KM * Math.pow(squareKm, GROWTH));
    // What a long community cuts off at its sides is made up for by a larger circle.
    Geometry inner = plane.buffer(-MARGIN_METRES, 2);
    double radius = Math.sqrt(wanted * 1e6 / Math.PI);
    Geometry land = within(blob(seat, radius, community.code()), inner);
    for (int round = 0; round < 6; round++) {
      radius *= Math.sqrt(wanted * 1e6 / land.getArea());
      land = within(blob(seat, radius, community.code()), inner);
    }
    if (wholeZone) {
      return List.of(land(land, "M", "3"));
    }
    Geometry core = within(blob(seat, radius * CORE, community.code()), land);
    return List.of(
        land(core, "B", "1"),
        land(OverlayNGRobust.overlay(land, core, OverlayNG.DIFFERENCE), "R", "2"));
  }

  /** A round piece of ground in a community. */
  UnitGrid special(
      String code, String name, Area community, Coordinate degrees, double radiusMetres) {
    Coordinate seat = metres.toPlane(degrees.x, degrees.y);
    Geometry inner = metres.toPlane(community.shape()).buffer(-MARGIN_METRES, 2);
    Geometry shape = metres.toDegrees(within(blob(seat, radiusMetres, name), inner));
    return new UnitGrid(
        code,
        name,
        community.code(),
        shape,
        metres.areaSquareMetres(shape),
        Optional.empty(),
        Optional.empty());
  }

  private Land land(Geometry plane, String use, String grade) {
    return new Land(metres.toDegrees(plane), Optional.of(use), Optional.of(grade));
  }

  /** The largest part of what lies within. */
  private static Geometry within(Geometry shape, Geometry bounds) {
    Geometry inside = OverlayNGRobust.overlay(shape, bounds, OverlayNG.INTERSECTION);
    Geometry largest = inside.getGeometryN(0);
    for (int part = 1; part < inside.getNumGeometries(); part++) {
      if (inside.getGeometryN(part).getArea() > largest.getArea()) {
        largest = inside.getGeometryN(part);
      }
    }
    return largest;
  }

  /** A circle with slow waves, the same for the same name. */
  private static Geometry blob(Coordinate middle, double radius, String name) {
    double turn = Math.floorMod(name.hashCode(), 628) / 100.0;
    List<Coordinate> ring = new ArrayList<>();
    for (int corner = 0; corner < CORNERS; corner++) {
      double angle = 2 * Math.PI * corner / CORNERS;
      double away =
          radius
              * (1
                  + 0.10 * StrictMath.sin(3 * angle + turn)
                  + 0.06 * StrictMath.sin(5 * angle - 2 * turn));
      ring.add(
          new Coordinate(
              middle.x + away * StrictMath.cos(angle), middle.y + away * StrictMath.sin(angle)));
    }
    ring.add(ring.getFirst().copy());
    return GEOMETRIES.createPolygon(ring.toArray(Coordinate[]::new));
  }
}
