package org.gridline.gis.position;

/**
 * A point in WGS 84, longitude first.
 *
 * @param lon degrees east, −180 to 180
 * @param lat degrees north, −90 to 90
 */
public record Position(double lon, double lat) {
  public Position {
    if (!(lon >= -180 && lon <= 180 && lat >= -90 && lat <= 90)) {
      throw new IllegalArgumentException("not a position on earth: " + lon + ", " + lat);
    }
  }
}
