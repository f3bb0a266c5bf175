package org.gridline.gis.lookup;

import java.util.List;
import org.gridline.gis.position.Position;

/**
 * What doubtful numbers may mean as well.
 *
 * @param how {@code swapped} (latitude was said first), the system that they would have to be in
 *     ({@code GCJ-02}, {@code EPSG:2249}), or that system and {@code swapped} (northing first)
 * @param position where that is
 * @param areas the area of each layer that holds it, coarse to fine; at least one
 */
public record Reading(String how, Position position, List<AreaRef> areas) {
  public Reading {
    areas = List.copyOf(areas);
    if (how.isBlank() || areas.isEmpty()) {
      throw new IllegalArgumentException("a reading says how, and leads into an area");
    }
  }
}
