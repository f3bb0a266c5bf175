package org.gridline.gis.owner;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.geom.util.LinearComponentExtracter;

/** The plainest exact answer: rings on whole numbers, one area after the other. */
final class ExactOracle {
  private record Outline(List<long[]> rings, long left, long bottom, long right, long top) {}

  private final List<Outline> areas = new ArrayList<>();

  int area(Geometry shape) {
    List<long[]> rings = new ArrayList<>();
    long left = Long.MAX_VALUE;
    long bottom = Long.MAX_VALUE;
    long right = Long.MIN_VALUE;
    long top = Long.MIN_VALUE;
    for (Object part : LinearComponentExtracter.getLines(shape)) {
      Coordinate[] points = ((LineString) part).getCoordinates();
      long[] ring = new long[points.length * 2];
      for (int i = 0; i < points.length; i++) {
        ring[2 * i] = Lattice.of(points[i].x);
        ring[2 * i + 1] = Lattice.of(points[i].y);
        left = Math.min(left, ring[2 * i]);
        right = Math.max(right, ring[2 * i]);
        bottom = Math.min(bottom, ring[2 * i + 1]);
        top = Math.max(top, ring[2 * i + 1]);
      }
      rings.add(ring);
    }
    areas.add(new Outline(rings, left, bottom, right, top));
    return areas.size() - 1;
  }

  /** The first area from {@code from} to before {@code to} that covers the position, or -1. */
  int find(double lon, double lat, int from, int to) {
    long x = Lattice.of(lon);
    long y = Lattice.of(lat);
    for (int area = from; area < to; area++) {
      if (covers(areas.get(area), x, y)) return area;
    }
    return -1;
  }

  private static boolean covers(Outline area, long x, long y) {
    if (x < area.left || x > area.right || y < area.bottom || y > area.top) return false;
    boolean inside = false;
    for (long[] ring : area.rings) {
      for (int i = 0; i + 3 < ring.length; i += 2) {
        long ax = ring[i];
        long ay = ring[i + 1];
        long bx = ring[i + 2];
        long by = ring[i + 3];
        if (Math.max(ay, by) < y || Math.min(ay, by) > y) continue;
        boolean between = Math.min(ax, bx) <= x && x <= Math.max(ax, bx);
        int side = side(bx - ax, by - ay, x - ax, y - ay);
        if (side == 0 && between) return true;
        if (ay <= y != by <= y && (by > ay ? side > 0 : side < 0)) inside = !inside;
      }
    }
    return inside;
  }

  private static int side(long dx, long dy, long px, long py) {
    return BigInteger.valueOf(dx)
        .multiply(BigInteger.valueOf(py))
        .compareTo(BigInteger.valueOf(dy).multiply(BigInteger.valueOf(px)));
  }
}
