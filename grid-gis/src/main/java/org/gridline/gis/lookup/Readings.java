package org.gridline.gis.lookup;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.gridline.gis.position.CoordinateSystem;
import org.gridline.gis.position.Crs;
import org.gridline.gis.position.Position;
import org.gridline.gis.position.RawPosition;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;

/**
 * Finds what else some numbers may mean: with the axes swapped, in one of the systems of Chinese
 * maps, in one of the systems that the city names. Only what leads into an area counts, and only
 * what differs from the numbers as said.
 */
final class Readings {
  /** GCJ-02 and BD-09 together move a point by less than 2 km. */
  private static final double SHIFT_DEGREES = 0.05;

  /** Nearer readings (a millimetre) are one. */
  private static final double SAME_DEGREES = 1e-8;

  private static final List<Crs> OF_MAPS = List.of(Crs.WGS84, Crs.GCJ_02, Crs.BD_09);

  private final List<CoordinateSystem> systems;
  private final Envelope near;
  private final Function<Coordinate, List<AreaRef>> areas;

  /**
   * @param systems that the city's data may be in beside degrees
   * @param ground the box of all areas
   * @param areas the areas of a position
   */
  Readings(
      List<CoordinateSystem> systems, Envelope ground, Function<Coordinate, List<AreaRef>> areas) {
    this.systems = List.copyOf(systems);
    this.near = ground.copy();
    this.near.expandBy(SHIFT_DEGREES);
    this.areas = areas;
  }

  /** The likeliest first; none for numbers that are what they seem. */
  List<Reading> list(RawPosition raw) {
    List<Reading> found = new ArrayList<>();
    if (near.intersects(raw.lat(), raw.lon())) {
      add(found, "swapped", raw, raw.crs(), raw.lat(), raw.lon());
    }
    if (near.intersects(raw.lon(), raw.lat())) {
      for (Crs crs : OF_MAPS) {
        if (crs != raw.crs()) {
          add(found, crs.spelling(), raw, crs, raw.lon(), raw.lat());
        }
      }
    }
    for (CoordinateSystem system : systems) {
      add(found, system.spelling(), raw, system, raw.lon(), raw.lat());
      add(found, system.spelling() + " swapped", raw, system, raw.lat(), raw.lon());
    }
    return found;
  }

  private void add(
      List<Reading> found,
      String how,
      RawPosition raw,
      CoordinateSystem system,
      double x,
      double y) {
    try {
      Position at = system.toWgs84(x, y);
      if (found.stream().anyMatch(other -> same(other.position(), at)) || asSaid(raw, at)) {
        return;
      }
      List<AreaRef> holding = areas.apply(new Coordinate(at.lon(), at.lat()));
      if (!holding.isEmpty()) {
        found.add(new Reading(how, at, holding));
      }
    } catch (IllegalArgumentException e) {
      return; // The numbers mean nothing in that system, so this is no reading of them.
    }
  }

  private static boolean asSaid(RawPosition raw, Position other) {
    try {
      return same(raw.toWgs84(), other);
    } catch (IllegalArgumentException e) {
      return false; // As said they are nowhere.
    }
  }

  private static boolean same(Position a, Position b) {
    return Math.abs(a.lon() - b.lon()) < SAME_DEGREES && Math.abs(a.lat() - b.lat()) < SAME_DEGREES;
  }
}
