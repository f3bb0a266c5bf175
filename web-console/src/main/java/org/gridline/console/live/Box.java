package org.gridline.console.live;

import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;
import org.gridline.gis.position.Position;

/** A rectangle in WGS 84 degrees. */
public record Box(double west, double south, double east, double north) {
  public Box {
    if (!(west >= -180
        && west < east
        && east <= 180
        && south >= -90
        && south < north
        && north <= 90))
      throw new IllegalArgumentException("a box is west < east and south < north, in degrees");
  }

  /** Reads {@code west,south,east,north}. */
  static Box parse(String text) {
    String[] parts = text.split(",", -1);
    try {
      if (parts.length == 4) {
        return new Box(
            Double.parseDouble(parts[0]),
            Double.parseDouble(parts[1]),
            Double.parseDouble(parts[2]),
            Double.parseDouble(parts[3]));
      }
    } catch (IllegalArgumentException e) {
      throw wrong();
    }
    throw wrong();
  }

  boolean holds(Position p) {
    return p.lon() >= west && p.lon() <= east && p.lat() >= south && p.lat() <= north;
  }

  private static Failure wrong() {
    return Failure.atField(FailureCode.INVALID_REQUEST, "bbox", "west,south,east,north (WGS 84)");
  }
}
