package org.gridline.gis.lookup;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.gridline.gis.boundary.Area;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.util.PolygonExtracter;
import org.locationtech.jts.index.hprtree.HPRtree;
import org.locationtech.jts.operation.overlayng.OverlayNG;
import org.locationtech.jts.operation.overlayng.OverlayNGRobust;

/** The areas of one layer, for the questions that only one layer answers. */
final class GroundLayer {
  private final List<AreaEdges> areas;
  private volatile Optional<BoundaryLines> lines = Optional.empty();
  private final HPRtree boxes = new HPRtree();

  /**
   * @param areas who owns what they share first
   */
  GroundLayer(List<AreaEdges> areas) {
    this.areas = List.copyOf(areas);
    areas.forEach(area -> boxes.insert(area.box(), area));
    boxes.build();
  }

  /** Who owns what they share first. */
  List<AreaEdges> areas() {
    return areas;
  }

  /** Made when it is first asked for: a third of what a whole index costs. */
  BoundaryLines lines() {
    return lines.orElseGet(this::makeLines);
  }

  private synchronized BoundaryLines makeLines() {
    BoundaryLines made = lines.orElseGet(() -> new BoundaryLines(areas));
    lines = Optional.of(made);
    return made;
  }

  /** The areas that a circle touches, largest share first, then lowest code. */
  List<Candidate> candidates(TangentPlane plane, double radiusMetres) {
    Geometry circle = plane.circle(radiusMetres);
    Geometry free = circle;
    List<AreaEdges> touched = new ArrayList<>();
    boxes.query(circle.getEnvelopeInternal(), item -> touched.add((AreaEdges) item));
    touched.sort(Comparator.comparingInt(AreaEdges::number));
    List<Candidate> found = new ArrayList<>();
    for (AreaEdges edges : touched) {
      Area area = edges.area();
      // What an area before it has taken is gone: overlaps are counted once.
      double share =
          OverlayNGRobust.overlay(free, area.shape(), OverlayNG.INTERSECTION).getArea()
              / circle.getArea();
      if (share > 0) {
        found.add(new Candidate(edges.ref(), Math.min(1, share)));
        free = polygons(OverlayNGRobust.overlay(free, area.shape(), OverlayNG.DIFFERENCE));
      }
    }
    found.sort(
        Comparator.comparingDouble(Candidate::share)
            .reversed()
            .thenComparing(candidate -> candidate.area().code()));
    return found;
  }

  /**
   * Where a sliver collapses, lines and points are left beside the polygons; they have no share.
   */
  private static Geometry polygons(Geometry left) {
    return left.getFactory().buildGeometry(PolygonExtracter.getPolygons(left));
  }
}
