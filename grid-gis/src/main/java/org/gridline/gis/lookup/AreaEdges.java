package org.gridline.gis.lookup;

import java.util.ArrayList;
import java.util.List;
import org.gridline.gis.boundary.Area;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.geom.util.LinearComponentExtracter;

/** One area, its number, and the pieces of its boundary. */
final class AreaEdges {
  /** A piece of boundary and the area it bounds. */
  record Edge(AreaEdges owner, Coordinate from, Coordinate to) {
    Envelope box() {
      return new Envelope(from, to);
    }
  }

  private final int number;
  private final int layer;
  private final AreaRef ref;
  private final Area area;

  /**
   * @param number its place among all areas of all layers
   * @param layer the place of its layer, from 0 for the coarsest
   */
  AreaEdges(int number, int layer, Area area) {
    this.number = number;
    this.layer = layer;
    this.area = area;
    this.ref = new AreaRef(area.layer(), area.code(), area.name());
  }

  int number() {
    return number;
  }

  int layer() {
    return layer;
  }

  AreaRef ref() {
    return ref;
  }

  Area area() {
    return area;
  }

  Envelope box() {
    return area.shape().getEnvelopeInternal();
  }

  /** Made anew each time: who needs them keeps them. */
  List<Edge> edges() {
    List<Edge> edges = new ArrayList<>();
    for (Object line : LinearComponentExtracter.getLines(area.shape())) {
      Coordinate[] points = ((LineString) line).getCoordinates();
      for (int i = 1; i < points.length; i++) {
        edges.add(new Edge(this, points[i - 1], points[i]));
      }
    }
    return edges;
  }
}
