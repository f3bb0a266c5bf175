package org.gridline.gis.boundary;

import java.util.Arrays;
import java.util.List;
import org.locationtech.jts.algorithm.Orientation;
import org.locationtech.jts.geom.CoordinateSequence;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.geom.Polygon;

/**
 * Edges that do not have exactly one twin on the other side. Where neighbours share their edges,
 * one area ends where the next begins and there is nothing to check; all overlaps and gaps are
 * bounded by loose edges. Edges are known by a 64-bit hash; should two ever collide, they count as
 * loose.
 */
final class LooseEdges {
  /** What to do with an edge. */
  interface Visitor {
    void edge(int area, double x1, double y1, double x2, double y2);
  }

  private final List<Area> areas;
  private final long[] sorted;

  private LooseEdges(List<Area> areas, long[] sorted) {
    this.areas = areas;
    this.sorted = sorted;
  }

  static LooseEdges of(List<Area> areas) {
    int size = areas.stream().mapToInt(area -> area.shape().getNumPoints()).sum();
    long[] keys = new long[size];
    int[] count = {0};
    everyEdge(areas, (area, key, line, at) -> keys[count[0]++] = key);
    long[] sorted = Arrays.copyOf(keys, count[0]);
    Arrays.sort(sorted);
    return new LooseEdges(areas, sorted);
  }

  void visit(Visitor visitor) {
    everyEdge(
        areas,
        (area, key, line, at) -> {
          if (isLoose(key)) {
            visitor.edge(area, line.getX(at - 1), line.getY(at - 1), line.getX(at), line.getY(at));
          }
        });
  }

  /** Which areas have any. */
  boolean[] areas() {
    boolean[] loose = new boolean[areas.size()];
    everyEdge(areas, (area, key, line, at) -> loose[area] |= isLoose(key));
    return loose;
  }

  int count() {
    int[] count = {0};
    everyEdge(areas, (area, key, line, at) -> count[0] += isLoose(key) ? 1 : 0);
    return count[0];
  }

  /** Its group, of keys that differ in the direction only, is not one there and one back. */
  private boolean isLoose(long key) {
    long there = key & ~1L;
    int at = Arrays.binarySearch(sorted, there);
    int back = Arrays.binarySearch(sorted, there | 1);
    return at < 0 || back < 0 || isTwice(at) || isTwice(back);
  }

  private boolean isTwice(int at) {
    return (at > 0 && sorted[at - 1] == sorted[at])
        || (at + 1 < sorted.length && sorted[at + 1] == sorted[at]);
  }

  private interface KeyedEdge {
    void edge(int area, long key, CoordinateSequence line, int at);
  }

  private static void everyEdge(List<Area> areas, KeyedEdge visitor) {
    for (int area = 0; area < areas.size(); area++) {
      Geometry shape = areas.get(area).shape();
      for (int part = 0; part < shape.getNumGeometries(); part++) {
        Polygon polygon = (Polygon) shape.getGeometryN(part);
        ring(area, polygon.getExteriorRing(), 0, visitor);
        for (int hole = 0; hole < polygon.getNumInteriorRing(); hole++) {
          ring(area, polygon.getInteriorRingN(hole), 1, visitor);
        }
      }
    }
  }

  /** The lowest bit of a key is the direction in which the ground lies on the left. */
  private static void ring(int area, LinearRing ring, int hole, KeyedEdge visitor) {
    CoordinateSequence line = ring.getCoordinateSequence();
    int backward = (Orientation.isCCW(line) ? 0 : 1) ^ hole;
    for (int at = 1; at < line.size(); at++) {
      long from = hash(line.getX(at - 1), line.getY(at - 1));
      long to = hash(line.getX(at), line.getY(at));
      if (from != to) {
        long key = mix(Math.min(from, to) * 31 + Math.max(from, to)) & ~1L;
        visitor.edge(area, key | ((from < to ? 0 : 1) ^ backward), line, at);
      }
    }
  }

  private static long hash(double x, double y) {
    return mix(mix(Double.doubleToLongBits(x)) + Double.doubleToLongBits(y));
  }

  /** The finishing step of SplitMix64 (Steele, Lea and Flood 2014). */
  private static long mix(long bits) {
    long z = (bits ^ (bits >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
