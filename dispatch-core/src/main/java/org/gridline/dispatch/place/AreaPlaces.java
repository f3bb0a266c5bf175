package org.gridline.dispatch.place;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gridline.dispatch.place.Gazetteer.Entry;
import org.gridline.dispatch.place.Gazetteer.Origin;
import org.gridline.gis.boundary.Area;
import org.gridline.gis.boundary.Boundaries;
import org.gridline.gis.position.Position;
import org.locationtech.jts.geom.Coordinate;

/** The areas of a city as places that can be found by name. Pure. */
public final class AreaPlaces {
  /** Cells and sets of cells by the thousand, whose names nobody says. */
  private static final Set<String> UNSAID = Set.of("unitGrid", "patrolGrid");

  private AreaPlaces() {}

  /**
   * One place for each area, at a point that surely lies inside it; none for unit grids and the
   * patrols made of them.
   *
   * @param roles layer id to role, which becomes the kind; a layer without one keeps its id
   */
  public static List<Entry> list(Boundaries boundaries, Map<String, String> roles, Origin origin) {
    return boundaries.areas().stream()
        .filter(area -> !UNSAID.contains(kind(area, roles)))
        .map(area -> entry(area, roles, origin))
        .toList();
  }

  private static Entry entry(Area area, Map<String, String> roles, Origin origin) {
    Coordinate inside = area.shape().getInteriorPoint().getCoordinate();
    return new Entry(
        area.name(),
        List.of(),
        area.code(),
        new Position(inside.getX(), inside.getY()),
        kind(area, roles),
        origin);
  }

  private static String kind(Area area, Map<String, String> roles) {
    return roles.getOrDefault(area.layer(), area.layer());
  }
}
