package org.gridline.gis.position;

/** A system that coordinates may be written in. */
public sealed interface CoordinateSystem permits Crs {
  /** How city packs, the command line and the API call it. */
  String spelling();

  /**
   * The position that these numbers mean in this system.
   *
   * @param x degrees east, or the easting in the system's own unit; always the first number,
   *     whatever order of axes the system's register names
   * @param y degrees north, or the northing
   * @throws IllegalArgumentException when the numbers mean no place on earth; the message says why
   */
  Position toWgs84(double x, double y);
}
