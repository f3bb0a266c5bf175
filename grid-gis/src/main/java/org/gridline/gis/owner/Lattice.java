package org.gridline.gis.owner;

/**
 * The whole numbers that boundaries and positions are rounded to before they are compared: 1e-9
 * degree, about 0.1 mm. On whole numbers the side of an edge can be told exactly.
 */
final class Lattice {
  private static final double STEPS_A_DEGREE = 1e9;

  private Lattice() {}

  /** Nearest step; a half goes to the even one. */
  static long of(double degrees) {
    return (long) Math.rint(degrees * STEPS_A_DEGREE);
  }

  static double degrees(long steps) {
    return steps / STEPS_A_DEGREE;
  }
}
