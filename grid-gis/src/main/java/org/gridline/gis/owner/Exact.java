package org.gridline.gis.owner;

/** Arithmetic whose sign is exact. */
final class Exact {
  /** Below this, two products and their difference fit in 64 bits. */
  private static final long SMALL = 1L << 30;

  private Exact() {}

  /**
   * A number with the sign of {@code dx·py − dy·px}: positive when p lies on the left hand of d.
   */
  static long cross(long dx, long dy, long px, long py) {
    if (small(dx) && small(dy) && small(px) && small(py)) return dx * py - dy * px;
    long high = Math.multiplyHigh(dx, py) - Math.multiplyHigh(dy, px);
    long left = dx * py;
    long right = dy * px;
    long low = left - right;
    if (Long.compareUnsigned(left, right) < 0) high--;
    return high == 0 && low != 0 ? 1 : high == 0 ? 0 : high;
  }

  private static boolean small(long number) {
    return number < SMALL && number > -SMALL;
  }
}
