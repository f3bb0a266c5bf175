package org.gridline.gis.sample;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.operation.polygonize.Polygonizer;
import org.locationtech.jts.triangulate.VoronoiDiagramBuilder;

/**
 * All borders of the sample district, each drawn once: every region of every level is put together
 * from the same lines, so neighbours and levels share their vertices exactly, rounding included.
 *
 * <p>The lines begin as the edges of a Voronoi diagram around the labelled sites, where the labels
 * on both sides differ, and are then bent (see {@link Bends}).
 */
final class BorderNet {
  /** The label of sites outside the district. */
  static final int OUTSIDE = -1;

  private static final GeometryFactory GEOMETRIES = new GeometryFactory();

  /** A border between two nodes: the labels on its sides and its line in rounded degrees. */
  private record Border(int oneSide, int otherSide, List<Coordinate> line) {}

  /** A Voronoi edge; from and to in the order of coordinates. */
  private record Edge(Coordinate from, Coordinate to) implements Comparable<Edge> {
    static Edge of(Coordinate a, Coordinate b) {
      return a.compareTo(b) <= 0 ? new Edge(a, b) : new Edge(b, a);
    }

    Coordinate otherEnd(Coordinate end) {
      return end.equals2D(from) ? to : from;
    }

    @Override
    public int compareTo(Edge other) {
      int byFrom = from.compareTo(other.from);
      return byFrom != 0 ? byFrom : to.compareTo(other.to);
    }
  }

  private record Sides(int one, int other) {}

  private final List<Border> borders = new ArrayList<>();

  /**
   * @param labels the region of each site in metres, or {@link #OUTSIDE}
   * @param metres turns the drawn lines into degrees
   */
  BorderNet(Map<Coordinate, Integer> labels, Metres metres, long seed) {
    SortedMap<Edge, Sides> edges = edgesBetweenLabels(labels);
    Map<Coordinate, List<Edge>> atNode = new HashMap<>();
    for (Edge edge : edges.keySet()) {
      atNode.computeIfAbsent(edge.from, key -> new ArrayList<>()).add(edge);
      atNode.computeIfAbsent(edge.to, key -> new ArrayList<>()).add(edge);
    }
    Bends bends = new Bends(new Random(seed), metres);
    SortedSet<Edge> free = new TreeSet<>(edges.keySet());
    // First the lines that end where three regions meet, then the rings that meet nothing.
    for (Edge edge : edges.keySet()) {
      for (Coordinate end : List.of(edge.from, edge.to)) {
        if (free.contains(edge) && atNode.getOrDefault(end, List.of()).size() != 2) {
          draw(edge, end, atNode, free, edges, bends);
        }
      }
    }
    while (!free.isEmpty()) {
      draw(free.first(), free.first().from, atNode, free, edges, bends);
    }
  }

  /**
   * The region made of all labels that the test accepts, in degrees, with its shells
   * counter-clockwise as RFC 7946 wants.
   */
  Geometry region(IntPredicate labels) {
    Polygonizer polygonizer = new Polygonizer();
    for (Border border : borders) {
      if (labels.test(border.oneSide) != labels.test(border.otherSide)) {
        polygonizer.add(GEOMETRIES.createLineString(border.line.toArray(Coordinate[]::new)));
      }
    }
    List<Polygon> shells = new ArrayList<>();
    for (Object found : polygonizer.getPolygons()) {
      shells.add((Polygon) found);
    }
    // A ring within another polygon's shell is a hole of it, filled by some other region.
    List<Polygon> parts =
        shells.stream()
            .filter(
                part ->
                    shells.stream()
                        .noneMatch(
                            shell ->
                                !shell.equals(part)
                                    && GEOMETRIES
                                        .createPolygon(shell.getExteriorRing())
                                        .contains(part)))
            .toList();
    Geometry region =
        parts.size() == 1
            ? parts.getFirst()
            : GEOMETRIES.createMultiPolygon(parts.toArray(Polygon[]::new));
    region.normalize();
    return region.reverse();
  }

  private static SortedMap<Edge, Sides> edgesBetweenLabels(Map<Coordinate, Integer> labels) {
    VoronoiDiagramBuilder voronoi = new VoronoiDiagramBuilder();
    voronoi.setSites(labels.keySet());
    TreeMap<Edge, Sides> edges = new TreeMap<>();
    for (Object found : voronoi.getSubdivision().getVoronoiCellPolygons(GEOMETRIES)) {
      Polygon cell = (Polygon) found;
      int label = labels.getOrDefault((Coordinate) cell.getUserData(), OUTSIDE);
      Coordinate[] ring = cell.getExteriorRing().getCoordinates();
      for (int i = 1; i < ring.length; i++) {
        edges.merge(
            Edge.of(ring[i - 1], ring[i]),
            new Sides(label, label),
            (before, now) -> new Sides(before.one, now.one));
      }
    }
    edges.values().removeIf(sides -> sides.one == sides.other);
    return edges;
  }

  private void draw(
      Edge first,
      Coordinate start,
      Map<Coordinate, List<Edge>> atNode,
      SortedSet<Edge> free,
      SortedMap<Edge, Sides> edges,
      Bends bends) {
    List<Coordinate> line = new ArrayList<>(List.of(start));
    Edge edge = first;
    Coordinate at = start;
    while (free.remove(edge)) {
      at = edge.otherEnd(at);
      line.add(at);
      List<Edge> here = atNode.getOrDefault(at, List.of());
      if (here.size() != 2) {
        break;
      }
      edge = here.get(0).equals(edge) ? here.get(1) : here.get(0);
    }
    List<Coordinate> drawn = bends.bend(line);
    Sides sides = edges.getOrDefault(first, new Sides(OUTSIDE, OUTSIDE));
    // A border shorter than the rounding vanishes: its two ends became one node.
    if (drawn.size() > 1) {
      borders.add(new Border(sides.one, sides.other, drawn));
    }
  }
}
