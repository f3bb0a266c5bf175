package org.gridline.gis.owner;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.geom.util.LinearComponentExtracter;

/**
 * The plainest exact answer, which shares no code with the grid: positions and outlines are rounded
 * to whole billionths of a degree, a ray runs east from the position, and every edge at its height
 * is asked on which side of it the position lies, in numbers of any size. An area covers what an
 * odd number of its edges lie east of, and what is on its edges. An edge that an area has twice
 * bounds nothing.
 *
 * <p>Add all areas, then ask; asking is for any number of threads.
 */
public final class ExactOracle {
  private static final int MOST_BANDS = 20_000;

  /** Twice what two products and a difference of doubles can be wrong by, of their size. */
  private static final double ROUNDING = 1e-15;

  private record Edge(int area, long ax, long ay, long bx, long by) {
    long low() {
      return Math.min(ay, by);
    }

    long high() {
      return Math.max(ay, by);
    }
  }

  /** Those of equal height together, each rising by area. */
  private record Bands(long bottom, double height, Edge[][] edges) {
    static Bands of(List<Edge> edges) {
      long bottom = edges.stream().mapToLong(Edge::low).min().orElse(0);
      long top = edges.stream().mapToLong(Edge::high).max().orElse(0);
      int count = Math.clamp(edges.size() / 4, 1, MOST_BANDS);
      double height = (top - bottom + 1.0) / count;
      Bands bands = new Bands(bottom, height, new Edge[count][]);
      int[] sizes = new int[count];
      for (Edge edge : edges) {
        for (int b = bands.band(edge.low()); b <= bands.band(edge.high()); b++) sizes[b]++;
      }
      Arrays.setAll(bands.edges, b -> new Edge[sizes[b]]);
      Arrays.fill(sizes, 0);
      for (Edge edge : edges) {
        for (int b = bands.band(edge.low()); b <= bands.band(edge.high()); b++) {
          bands.edges[b][sizes[b]++] = edge;
        }
      }
      return bands;
    }

    int band(long y) {
      return (int) ((y - bottom) / height);
    }

    Edge[] at(long y) {
      int band = y < bottom ? -1 : band(y);
      return band < 0 || band >= edges.length ? new Edge[0] : edges[band];
    }
  }

  private final List<Edge> edges = new ArrayList<>();
  private volatile Bands bands = new Bands(0, 1, new Edge[0][]);
  private int areas;

  /** Adds an area and answers its number, from 0. */
  public int area(Geometry shape) {
    Set<Edge> outline = new LinkedHashSet<>();
    for (Object part : LinearComponentExtracter.getLines(shape)) {
      Coordinate[] points = ((LineString) part).getCoordinates();
      for (int i = 1; i < points.length; i++) {
        Edge edge = edge(areas, points[i - 1], points[i]);
        Edge back = new Edge(areas, edge.bx, edge.by, edge.ax, edge.ay);
        if (!edge.equals(back) && !outline.remove(edge) && !outline.remove(back)) outline.add(edge);
      }
    }
    edges.addAll(outline);
    return areas++;
  }

  /** Ends the adding. */
  public ExactOracle ready() {
    bands = Bands.of(edges);
    return this;
  }

  /** The first area from {@code from} to before {@code to} that covers the position, or -1. */
  public int find(double lon, double lat, int from, int to) {
    long x = steps(lon);
    long y = steps(lat);
    int area = -1;
    boolean inside = false;
    for (Edge edge : bands.at(y)) {
      if (edge.area < from) continue;
      if (edge.area >= to) break;
      if (edge.area != area) {
        if (inside) return area;
        area = edge.area;
      }
      if (y < edge.low() || y > edge.high() || x > Math.max(edge.ax, edge.bx)) continue;
      int side = side(edge.bx - edge.ax, edge.by - edge.ay, x - edge.ax, y - edge.ay);
      if (side == 0 && x >= Math.min(edge.ax, edge.bx)) return area;
      boolean crosses = edge.ay <= y != edge.by <= y;
      if (crosses && (edge.by > edge.ay ? side > 0 : side < 0)) inside = !inside;
    }
    return inside ? area : -1;
  }

  private static Edge edge(int area, Coordinate a, Coordinate b) {
    return new Edge(area, steps(a.x), steps(a.y), steps(b.x), steps(b.y));
  }

  private static long steps(double degrees) {
    return (long) Math.rint(degrees * 1e9);
  }

  private static int side(long dx, long dy, long px, long py) {
    double left = (double) dx * py;
    double right = (double) dy * px;
    if (Math.abs(left - right) > ROUNDING * (Math.abs(left) + Math.abs(right))) {
      return left > right ? 1 : -1;
    }
    return BigInteger.valueOf(dx)
        .multiply(BigInteger.valueOf(py))
        .compareTo(BigInteger.valueOf(dy).multiply(BigInteger.valueOf(px)));
  }
}
