package org.gridline.gis.position;

/**
 * A point in WGS 84, longitude first.
 *
 * @param lon degrees east, −180 to 180
 * @param lat degrees north, −90 to 90
 */
public record Position(double lon, double lat) {
  /** Metres a degree of latitude, on the mean sphere; within 0.6 % of the ellipsoid. */
  public static final double METRES_A_DEGREE = 111_195;

  /** The mean radius of the earth. */
  public static final double EARTH_RADIUS_METRES = 6_371_008.8;

  public Position {
    if (!(lon >= -180 && lon <= 180 && lat >= -90 && lat <= 90)) {
      throw new IllegalArgumentException("not a position on earth: " + lon + ", " + lat);
    }
  }

  /**
   * The position so many metres away, for distances of a city.
   *
   * @param bearing radians, clockwise from north
   */
  public Position moved(double metres, double bearing) {
    double north = metres * Math.cos(bearing) / METRES_A_DEGREE;
    double shrink = Math.max(Math.cos(Math.toRadians(lat)), 1e-6);
    double east = metres * Math.sin(bearing) / METRES_A_DEGREE / shrink;
    return new Position(
        Math.IEEEremainder(lon + east, 360), Math.max(-90, Math.min(90, lat + north)));
  }
}
