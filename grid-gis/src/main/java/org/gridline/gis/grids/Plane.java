package org.gridline.gis.grids;

import org.geotools.api.referencing.FactoryException;
import org.geotools.api.referencing.crs.CoordinateReferenceSystem;
import org.geotools.api.referencing.crs.ProjectedCRS;
import org.geotools.api.referencing.operation.MathTransform;
import org.geotools.api.referencing.operation.TransformException;
import org.geotools.referencing.CRS;
import org.geotools.referencing.crs.DefaultGeographicCRS;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;

/**
 * The metres of a place: a projected system in which a square is a square. East first in metres,
 * longitude first in degrees (CGCS2000 and WGS 84 are taken as one, which is right within a metre).
 * The first one in a process opens the EPSG register and takes some seconds.
 */
public final class Plane {
  private static final int FIRST_ZONE = 4534;
  private static final int FIRST_MERIDIAN = 75;
  private static final int LAST_MERIDIAN = 135;
  private static final int ZONE_DEGREES = 3;
  private static final Envelope CHINA = new Envelope(73.5, 136.5, 0, 60);

  private final int epsg;
  private final CoordinateReferenceSystem system;
  private final MathTransform toPlane;
  private final MathTransform toDegrees;

  private Plane(int epsg) {
    this.epsg = epsg;
    try {
      system = CRS.decode("EPSG:" + epsg, true);
      toPlane = CRS.findMathTransform(DefaultGeographicCRS.WGS84, system, true);
      toDegrees = toPlane.inverse();
    } catch (FactoryException | TransformException | RuntimeException e) {
      throw new IllegalArgumentException("EPSG:" + epsg + " is not a system that is known here", e);
    }
    String unit = String.valueOf(system.getCoordinateSystem().getAxis(0).getUnit());
    if (!(system instanceof ProjectedCRS) || !unit.equals("m")) {
      throw new IllegalArgumentException(
          "EPSG:" + epsg + " is no projection in metres (its unit is " + unit + ")");
    }
  }

  /**
   * The system of that number in the EPSG register.
   *
   * @throws IllegalArgumentException when there is none, or its unit is not the metre
   */
  public static Plane of(int epsg) {
    return new Plane(epsg);
  }

  /**
   * The usual one of a place: in China the CGCS2000 Gauss-Krüger zone of three degrees (EPSG:4534 –
   * 4554), elsewhere the UTM zone.
   *
   * @param degrees where the ground lies
   */
  public static Plane around(Envelope degrees) {
    Coordinate middle = degrees.centre();
    if (CHINA.covers(middle)) {
      int meridian = (int) Math.round(middle.x / ZONE_DEGREES) * ZONE_DEGREES;
      int zone = Math.clamp(meridian, FIRST_MERIDIAN, LAST_MERIDIAN) - FIRST_MERIDIAN;
      return new Plane(FIRST_ZONE + zone / ZONE_DEGREES);
    }
    int zone = Math.clamp((int) Math.floor((middle.x + 180) / 6) + 1, 1, 60);
    return new Plane((middle.y < 0 ? 32700 : 32600) + zone);
  }

  /** Its number in the EPSG register. */
  public int epsg() {
    return epsg;
  }

  CoordinateReferenceSystem system() {
    return system;
  }

  Coordinate toPlane(double lon, double lat) {
    return transform(lon, lat, toPlane);
  }

  Coordinate toDegrees(double east, double north) {
    return transform(east, north, toDegrees);
  }

  private Coordinate transform(double x, double y, MathTransform by) {
    double[] at = {x, y};
    try {
      by.transform(at, 0, at, 0, 1);
    } catch (TransformException | ArithmeticException e) {
      throw new IllegalArgumentException(x + ", " + y + " can't be drawn in EPSG:" + epsg, e);
    }
    if (!Double.isFinite(at[0]) || !Double.isFinite(at[1])) {
      throw new IllegalArgumentException(x + ", " + y + " can't be drawn in EPSG:" + epsg);
    }
    return new Coordinate(at[0], at[1]);
  }
}
