package org.gridline.gis.lookup;

import java.util.List;
import java.util.Optional;

/**
 * The answer to one lookup.
 *
 * @param flag how far to trust it
 * @param areas the area of each layer that holds the position, coarse to fine; a layer that has
 *     none is left out
 * @param distanceToBoundaryMetres to the nearest boundary of the finest layer that has an area here
 *     (a layer may leave ground uncovered), on the ellipsoid's tangent plane: within 0.1 % up to 10
 *     km, rougher beyond; infinite when there is no boundary or the position is not on earth
 * @param neighbour the same layer's area across that nearest boundary; for a position outside, the
 *     nearest area; absent at the outer rim
 * @param candidates the same layer's areas that the circle of uncertainty touches, largest share
 *     first (then lowest code); empty when only one answer is possible; shares add up to at most 1,
 *     the rest is that layer's uncovered ground
 * @param readings for a suspect position, what else its numbers may mean, the likeliest first
 */
public record Located(
    PlaceFlag flag,
    List<AreaRef> areas,
    double distanceToBoundaryMetres,
    Optional<AreaRef> neighbour,
    List<Candidate> candidates,
    List<Reading> readings) {

  public Located {
    areas = List.copyOf(areas);
    candidates = List.copyOf(candidates);
    readings = List.copyOf(readings);
  }

  /** The area of one layer; empty when that layer has none here. */
  public Optional<AreaRef> find(String layer) {
    return areas.stream().filter(area -> area.layer().equals(layer)).findFirst();
  }
}
