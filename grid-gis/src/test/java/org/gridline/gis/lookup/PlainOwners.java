package org.gridline.gis.lookup;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.gridline.gis.boundary.Area;
import org.gridline.gis.owner.ExactOracle;
import org.locationtech.jts.geom.Coordinate;

/** Which area of a layer owns a point, by plain exact arithmetic; the lowest code first. */
final class PlainOwners {
  private final List<Area> areas;
  private final ExactOracle oracle = new ExactOracle();

  PlainOwners(List<Area> layer) {
    areas = layer.stream().sorted(Comparator.comparing(Area::code)).toList();
    areas.forEach(area -> oracle.area(area.shape()));
    oracle.ready();
  }

  Optional<String> find(Coordinate point) {
    int found = oracle.find(point.x, point.y, 0, areas.size());
    return found < 0 ? Optional.empty() : Optional.of(areas.get(found).code());
  }
}
