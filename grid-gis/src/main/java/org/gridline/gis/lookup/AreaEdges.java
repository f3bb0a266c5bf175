package org.gridline.gis.lookup;

import java.util.ArrayList;
import java.util.List;
import org.gridline.gis.boundary.Area;
import org.locationtech.jts.algorithm.RayCrossingCounter;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.geom.Location;
import org.locationtech.jts.geom.util.LinearComponentExtracter;
import org.locationtech.jts.index.hprtree.HPRtree;

/**
 * One area with its edges indexed for the exact point-in-polygon question.
 *
 * <p>JTS's own IndexedPointInAreaLocator enters a synchronized method on every query; here the same
 * ray counting runs over an HPRtree, which after build takes no lock.
 */
final class AreaEdges {
  /** A piece of boundary and the area it bounds. */
  record Edge(AreaEdges owner, Coordinate from, Coordinate to) {
    Envelope box() {
      return new Envelope(from, to);
    }
  }

  private final AreaRef ref;
  private final Area area;
  private final Envelope box;
  private final List<Edge> edges = new ArrayList<>();
  private final HPRtree tree = new HPRtree();

  AreaEdges(Area area) {
    this.area = area;
    this.ref = new AreaRef(area.layer(), area.code(), area.name());
    this.box = area.shape().getEnvelopeInternal();
    for (Object line : LinearComponentExtracter.getLines(area.shape())) {
      Coordinate[] points = ((LineString) line).getCoordinates();
      for (int i = 1; i < points.length; i++) {
        Edge edge = new Edge(this, points[i - 1], points[i]);
        edges.add(edge);
        tree.insert(edge.box(), edge);
      }
    }
    tree.build();
  }

  AreaRef ref() {
    return ref;
  }

  Area area() {
    return area;
  }

  Envelope box() {
    return box;
  }

  List<Edge> edges() {
    return edges;
  }

  /** True inside and on the boundary, exactly. */
  boolean covers(Coordinate point) {
    if (!box.intersects(point)) {
      return false;
    }
    RayCrossingCounter ray = new RayCrossingCounter(point);
    tree.query(
        new Envelope(point.x, box.getMaxX(), point.y, point.y),
        item -> ray.countSegment(((Edge) item).from, ((Edge) item).to));
    return ray.getLocation() != Location.EXTERIOR;
  }
}
