package org.gridline.gis.lookup;

import org.locationtech.jts.algorithm.Distance;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;

/**
 * Metres around one point: degrees stretched by the WGS 84 ellipsoid's radii there.
 *
 * <p>Not meant for places where the 180th meridian or a pole is near.
 */
final class TangentPlane {
  private static final double AXIS_METRES = 6_378_137.0;
  private static final double ECCENTRICITY_SQUARED = 6.69437999014e-3;
  private static final Coordinate ORIGIN = new Coordinate(0, 0);
  private static final int CIRCLE_POINTS = 64;

  private final Coordinate centre;
  private final double metresPerLon;
  private final double metresPerLat;

  TangentPlane(Coordinate centre) {
    this.centre = centre;
    double phi = Math.toRadians(centre.y);
    double w = 1 - ECCENTRICITY_SQUARED * Math.sin(phi) * Math.sin(phi);
    double degree = Math.toRadians(1) * AXIS_METRES / Math.sqrt(w);
    // At a pole a degree of longitude has no length; a millimetre keeps the arithmetic finite.
    this.metresPerLon = Math.max(1e-3, degree * Math.cos(phi));
    this.metresPerLat = degree * (1 - ECCENTRICITY_SQUARED) / w;
  }

  double metresTo(Coordinate from, Coordinate to) {
    return Distance.pointToSegment(ORIGIN, metres(from), metres(to));
  }

  double metresTo(Coordinate point) {
    return ORIGIN.distance(metres(point));
  }

  Envelope around(double radiusMetres) {
    double lon = radiusMetres / metresPerLon;
    double lat = radiusMetres / metresPerLat;
    return new Envelope(centre.x - lon, centre.x + lon, centre.y - lat, centre.y + lat);
  }

  /** A circle in metres, given in degrees; ratios of areas in degrees are those in metres. */
  Geometry circle(double radiusMetres) {
    Coordinate[] rim = new Coordinate[CIRCLE_POINTS + 1];
    for (int i = 0; i < CIRCLE_POINTS; i++) {
      double angle = 2 * Math.PI * i / CIRCLE_POINTS;
      rim[i] =
          new Coordinate(
              centre.x + radiusMetres * Math.cos(angle) / metresPerLon,
              centre.y + radiusMetres * Math.sin(angle) / metresPerLat);
    }
    rim[CIRCLE_POINTS] = rim[0].copy();
    return new GeometryFactory().createPolygon(rim);
  }

  private Coordinate metres(Coordinate degrees) {
    return new Coordinate(
        (degrees.x - centre.x) * metresPerLon, (degrees.y - centre.y) * metresPerLat);
  }
}
