package org.gridline.dispatch.place;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.gridline.gis.position.Position;

/**
 * Where a report happened.
 *
 * @param position WGS 84, absent when only an unknown address was given
 * @param areas the containing areas, coarse to fine
 * @param distanceToBoundaryMetres to the nearest boundary of the finest layer
 * @param boundaryVersion whose areas these are; they stay as they were
 * @param codesNow by which area codes it is found and may be seen today: those of {@code areas}
 *     until boundaries change, then those that it lies in by now as well
 */
public record Place(
    Optional<Position> position,
    List<AreaName> areas,
    Flag flag,
    OptionalDouble distanceToBoundaryMetres,
    String boundaryVersion,
    List<String> codesNow) {
  public Place {
    areas = List.copyOf(areas);
    codesNow = List.copyOf(codesNow);
  }

  /** A place on the ground that holds. */
  public Place(
      Optional<Position> position,
      List<AreaName> areas,
      Flag flag,
      OptionalDouble distanceToBoundaryMetres,
      String boundaryVersion) {
    this(
        position,
        areas,
        flag,
        distanceToBoundaryMetres,
        boundaryVersion,
        areas.stream().map(AreaName::code).toList());
  }

  /**
   * One area.
   *
   * @param layer id of its layer in the pack
   * @param code unique among all layers of a pack
   */
  public record AreaName(String layer, String code, String name) {}

  /** How far the place can be trusted. */
  public enum Flag {
    OK,
    /** Nearer to a boundary than the position is exact. */
    EDGE,
    OUTSIDE,
    /** A position that looks like a mistake or a default; never routed without a person. */
    SUSPECT,
    /** No position; only an address that the pack does not know. */
    UNLOCATED
  }

  /**
   * Only a place that is certain is routed without a person. On an edge the owner is deterministic,
   * so it counts; the router asks around when the position is known to be inexact.
   */
  public boolean certain() {
    return flag == Flag.OK || flag == Flag.EDGE;
  }

  public List<String> areaCodes() {
    return areas.stream().map(AreaName::code).toList();
  }

  public Optional<AreaName> findArea(String layer) {
    return areas.stream().filter(a -> a.layer().equals(layer)).findFirst();
  }
}
