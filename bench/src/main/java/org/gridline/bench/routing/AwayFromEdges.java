package org.gridline.bench.routing;

import java.util.ArrayList;
import java.util.List;
import org.locationtech.jts.algorithm.Distance;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.LineSegment;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.geom.util.LinearComponentExtracter;
import org.locationtech.jts.index.hprtree.HPRtree;

/** Points farther than 1e-7° from every edge, where rounding to the lattice can't matter. */
final class AwayFromEdges {
  private static final double NEAR_DEGREES = 1e-7;

  private AwayFromEdges() {}

  static Points choose(PolygonSet set, Points from, int count) {
    HPRtree edges = new HPRtree();
    for (Geometry shape : set.finest()) {
      for (Object part : LinearComponentExtracter.getLines(shape)) {
        Coordinate[] ring = ((LineString) part).getCoordinates();
        for (int i = 1; i < ring.length; i++) {
          edges.insert(new Envelope(ring[i - 1], ring[i]), new LineSegment(ring[i - 1], ring[i]));
        }
      }
    }
    edges.build();
    List<Integer> chosen = new ArrayList<>();
    for (int i = 0; i < from.count() && chosen.size() < count; i++) {
      Coordinate at = new Coordinate(from.lons()[i], from.lats()[i]);
      Envelope around = new Envelope(at);
      around.expandBy(NEAR_DEGREES);
      boolean[] near = {false};
      edges.query(
          around,
          item -> {
            LineSegment edge = (LineSegment) item;
            near[0] |= Distance.pointToSegment(at, edge.p0, edge.p1) <= NEAR_DEGREES;
          });
      if (!near[0]) chosen.add(i);
    }
    Points points = new Points(chosen.size());
    for (int i = 0; i < chosen.size(); i++) {
      points.set(i, from.lons()[chosen.get(i)], from.lats()[chosen.get(i)]);
    }
    return points;
  }
}
