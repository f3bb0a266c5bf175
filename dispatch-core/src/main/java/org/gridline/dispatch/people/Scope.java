package org.gridline.dispatch.people;

import java.util.Set;
import java.util.stream.Collectors;

/** Which tickets somebody may see. Every query, feed frame and search takes one. */
public sealed interface Scope {
  /** No unit of a pack is called so. */
  String CHECK = "@check:";

  /** Everything in the city. */
  record District() implements Scope {}

  /**
   * Tickets that lie in one of the areas, or belong to one of the units (sub-units included by the
   * caller).
   */
  record Limited(Set<String> areas, Set<String> units) implements Scope {
    public Limited {
      areas = Set.copyOf(areas);
      units = Set.copyOf(units);
    }

    /** Of the units those that stand for what somebody was drawn to check. */
    public Set<String> checks() {
      return units.stream().filter(u -> u.startsWith(CHECK)).collect(Collectors.toSet());
    }
  }

  /** Stands among the units of a scope for the tickets that somebody was drawn to check. */
  static String drawn(long user) {
    return CHECK + user;
  }

  /** No tickets: administrators configure, they don't read content. */
  record Nothing() implements Scope {}

  /** Whether a ticket in these areas, owned by this unit (empty string: nobody), may be seen. */
  default boolean covers(Iterable<String> areas, String unit) {
    return switch (this) {
      case District() -> true;
      case Nothing() -> false;
      case Limited(var mine, var units) -> {
        if (units.contains(unit)) yield true;
        for (String area : areas) if (mine.contains(area)) yield true;
        yield false;
      }
    };
  }
}
