package org.gridline.gis.lookup;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.gridline.gis.lookup.AreaEdges.Edge;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.index.hprtree.HPRtree;

/** All edges of one layer, for the distance to the nearest one. */
final class BoundaryLines {
  private static final double FIRST_RADIUS_METRES = 60;
  private static final double LAST_RADIUS_METRES = 1e8;

  /**
   * Two areas that share an edge may differ in their vertices by rounding; an edge so little
   * farther than the nearest one is still taken for the other side of it.
   */
  static final double SAME_EDGE_METRES = 0.5;

  /**
   * @param metres to the nearest edge, infinite when there is none
   * @param across the area on the other side
   */
  record Nearest(double metres, Optional<AreaRef> across) {
    static final Nearest NONE = new Nearest(Double.POSITIVE_INFINITY, Optional.empty());
  }

  private record Hit(double metres, AreaEdges owner) {}

  private final HPRtree tree = new HPRtree();

  BoundaryLines(List<AreaEdges> areas) {
    for (AreaEdges area : areas) {
      for (Edge edge : area.edges()) {
        tree.insert(edge.box(), edge);
      }
    }
    tree.build();
  }

  /** The nearest edge, and the nearest area behind it that is not {@code inside}. */
  Nearest nearest(Coordinate point, TangentPlane plane, Optional<AreaEdges> inside) {
    for (double radius = FIRST_RADIUS_METRES; radius < LAST_RADIUS_METRES; radius *= 4) {
      List<Hit> hits = within(radius, point, plane);
      if (hits.isEmpty()) {
        continue;
      }
      double nearest = hits.stream().mapToDouble(Hit::metres).min().orElseThrow();
      if (nearest + SAME_EDGE_METRES > radius) {
        continue;
      }
      Optional<AreaRef> across =
          hits.stream()
              .filter(hit -> hit.metres <= nearest + SAME_EDGE_METRES)
              .filter(hit -> inside.isEmpty() || hit.owner != inside.get())
              .min(
                  Comparator.comparingDouble(Hit::metres)
                      .thenComparing(hit -> hit.owner.ref().code()))
              .map(hit -> hit.owner.ref());
      return new Nearest(nearest, across);
    }
    return Nearest.NONE;
  }

  /** Whether {@link #nearest} would be less than so many metres away; cheaper. */
  boolean anyWithin(double radius, Coordinate point, TangentPlane plane) {
    boolean[] found = {false};
    tree.query(
        plane.around(radius),
        item -> {
          Edge edge = (Edge) item;
          found[0] |=
              point.equals2D(edge.from())
                  || point.equals2D(edge.to())
                  || plane.metresTo(edge.from(), edge.to()) < radius;
        });
    return found[0];
  }

  private List<Hit> within(double radius, Coordinate point, TangentPlane plane) {
    List<Hit> hits = new ArrayList<>();
    tree.query(
        plane.around(radius),
        item -> {
          Edge edge = (Edge) item;
          double metres =
              point.equals2D(edge.from()) || point.equals2D(edge.to())
                  ? 0
                  : plane.metresTo(edge.from(), edge.to());
          if (metres <= radius) {
            hits.add(new Hit(metres, edge.owner()));
          }
        });
    return hits;
  }
}
