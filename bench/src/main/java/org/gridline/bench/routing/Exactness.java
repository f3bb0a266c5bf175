package org.gridline.bench.routing;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.gridline.gis.owner.ExactOracle;
import org.gridline.gis.owner.OwnerGrid;
import org.locationtech.jts.geom.Geometry;

/** Compares the grid with plain exact arithmetic, point by point. */
final class Exactness {
  /** Points of one step; each step has its own seed, so that a run can go on where it stopped. */
  static final int STEP = 100_000;

  private final PolygonSet set;
  private final OwnerGrid grid;
  private final ExactOracle oracle = new ExactOracle();
  private final List<Integer> ends = new ArrayList<>();

  Exactness(PolygonSet set, OwnerGrid grid) {
    this.set = set;
    this.grid = grid;
    int areas = 0;
    for (List<Geometry> layer : set.layers()) {
      layer.forEach(oracle::area);
      areas += layer.size();
      ends.add(areas);
    }
    oracle.ready();
  }

  /** How many points of some steps have another owner; each point asked one by one and in bulk. */
  long mismatches(int fromStep, int toStep, int nearEdges) {
    return IntStream.range(fromStep, toStep)
        .parallel()
        .mapToLong(step -> mismatches(new Random(31L * step + set.name().hashCode()), nearEdges))
        .sum();
  }

  private long mismatches(Random random, int nearEdges) {
    return mismatches(set.nearEdges(random, nearEdges))
        + mismatches(set.anywhere(random, STEP - nearEdges));
  }

  private long mismatches(Points points) {
    int[] many = new int[points.count()];
    grid.find(points.lons(), points.lats(), many);
    long wrong = 0;
    for (int i = 0; i < points.count(); i++) {
      double lon = points.lons()[i];
      double lat = points.lats()[i];
      int found = grid.find(lon, lat);
      boolean right = found == many[i];
      for (int layer = 0; layer < ends.size(); layer++) {
        int from = layer == 0 ? 0 : ends.get(layer - 1);
        right &= grid.owner(found, layer) == oracle.find(lon, lat, from, ends.get(layer));
      }
      if (!right) wrong++;
    }
    return wrong;
  }
}
