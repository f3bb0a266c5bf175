package org.gridline.console.map;

import java.awt.geom.Path2D;
import org.gridline.gis.position.Position;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.CoordinateSequence;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.geom.Polygon;

/**
 * Which ground a picture shows: some pixels around a place, flat, as is exact enough for some
 * kilometres.
 *
 * @param metres of ground a pixel
 * @param density dots a side of each pixel: on paper, where dots are finer than a screen's, lines,
 *     words and the pin stay as large as on a screen; 1 to {@value #MOST_DENSE}
 */
record PictureFrame(Position centre, int width, int height, double metres, int density) {
  static final int MOST_DENSE = 3;

  /** Pixels of a screen as OGC standards count them: 0.28 mm. */
  private static final double PIXEL_METRES = 0.000_28;

  /** A frame of a map of one to so many. */
  static PictureFrame of(Position centre, int width, int height, double scale) {
    return new PictureFrame(centre, width, height, scale * PIXEL_METRES, 1);
  }

  /** A frame of about as many dots, in which each pixel is larger and less ground is seen. */
  PictureFrame dense(int dots) {
    return new PictureFrame(centre, width / dots, height / dots, metres, dots);
  }

  private double metresEastward() {
    return Position.METRES_A_DEGREE * Math.max(0.01, Math.cos(Math.toRadians(centre.lat())));
  }

  double x(double lon) {
    return width / 2.0 + (lon - centre.lon()) * metresEastward() / metres;
  }

  double y(double lat) {
    return height / 2.0 - (lat - centre.lat()) * Position.METRES_A_DEGREE / metres;
  }

  /** The ground that is seen. */
  Envelope ground() {
    double east = width / 2.0 * metres / metresEastward();
    double north = height / 2.0 * metres / Position.METRES_A_DEGREE;
    return new Envelope(
        centre.lon() - east, centre.lon() + east, centre.lat() - north, centre.lat() + north);
  }

  /** The zoom at which a web map with tiles of 512 pixels shows the ground as large. */
  double zoom() {
    double wide = 40_075_016.7 / 512 * metresEastward() / Position.METRES_A_DEGREE;
    return Math.log(wide / metres) / Math.log(2);
  }

  /** The area as it lies in the picture; corners nearer than a third of a pixel are one. */
  Path2D path(Geometry area) {
    Path2D path = new Path2D.Double(Path2D.WIND_EVEN_ODD);
    for (int i = 0; i < area.getNumGeometries(); i++) {
      if (area.getGeometryN(i) instanceof Polygon polygon) {
        ring(path, polygon.getExteriorRing());
        for (int h = 0; h < polygon.getNumInteriorRing(); h++)
          ring(path, polygon.getInteriorRingN(h));
      }
    }
    return path;
  }

  private void ring(Path2D path, LineString ring) {
    CoordinateSequence corners = ring.getCoordinateSequence();
    double lastX = 0;
    double lastY = 0;
    for (int i = 0; i < corners.size(); i++) {
      Coordinate c = corners.getCoordinate(i);
      double x = x(c.x);
      double y = y(c.y);
      if (i == 0) path.moveTo(x, y);
      else if (Math.abs(x - lastX) + Math.abs(y - lastY) < 0.33) continue;
      else path.lineTo(x, y);
      lastX = x;
      lastY = y;
    }
    path.closePath();
  }
}
