package org.gridline.gis.boundary;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.locationtech.jts.algorithm.locate.IndexedPointInAreaLocator;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Location;
import org.locationtech.jts.index.strtree.STRtree;

/** Which area a point is in, for checks; not for routing. One thread. */
final class AreaTree {
  private final List<Area> areas;
  private final STRtree tree = new STRtree();
  private final Map<Integer, IndexedPointInAreaLocator> locators = new HashMap<>();

  AreaTree(List<Area> areas) {
    this.areas = areas;
    for (int area = 0; area < areas.size(); area++) {
      tree.insert(areas.get(area).shape().getEnvelopeInternal(), area);
    }
  }

  /** The first of those that cover the point. */
  Optional<Area> find(Coordinate point) {
    List<Integer> near = new ArrayList<>();
    for (Object area : tree.query(new Envelope(point))) {
      near.add((Integer) area);
    }
    Collections.sort(near);
    return near.stream().filter(area -> covers(area, point)).findFirst().map(areas::get);
  }

  private boolean covers(int area, Coordinate point) {
    return locators
            .computeIfAbsent(area, index -> new IndexedPointInAreaLocator(areas.get(index).shape()))
            .locate(point)
        != Location.EXTERIOR;
  }
}
