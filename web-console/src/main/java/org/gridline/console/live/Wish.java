package org.gridline.console.live;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.gridline.gis.position.Position;

/**
 * What a client asks for of what it may see; empty parts don't restrict.
 *
 * @param units owning or helping units, their sub-units included by whoever asks
 * @param areas area codes, with what they were called before
 */
public record Wish(Optional<Box> box, Set<String> units, Set<String> areas) {
  public static final Wish ALL = new Wish(Optional.empty(), Set.of(), Set.of());

  public Wish {
    units = Set.copyOf(units);
    areas = Set.copyOf(areas);
  }

  Wish within(Optional<Box> other) {
    return new Wish(other, units, areas);
  }

  boolean holds(Optional<Position> position) {
    return box.isEmpty() || position.filter(box.get()::holds).isPresent();
  }

  boolean holds(List<String> codes) {
    return areas.isEmpty() || codes.stream().anyMatch(areas::contains);
  }
}
