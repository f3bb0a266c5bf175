package org.gridline.bench.routing;

import java.util.Arrays;

/** Positions in degrees, longitude first, as two rows of numbers. */
record Points(double[] lons, double[] lats) {
  Points(int count) {
    this(new double[count], new double[count]);
  }

  int count() {
    return lons.length;
  }

  void set(int at, double lon, double lat) {
    lons[at] = lon;
    lats[at] = lat;
  }

  Points part(int from, int to) {
    return new Points(Arrays.copyOfRange(lons, from, to), Arrays.copyOfRange(lats, from, to));
  }
}
