package org.gridline.dispatch.people;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Who is on duty, by role, unit, area and shift. Called on virtual threads. */
public interface Rosters {
  /**
   * Takes shifts off the roster and puts others on it, all or none, with a line for each in the
   * people log.
   *
   * @param gone ids; what was past stays as it was
   * @return what was put on, in the order that came; empty when a shift is off the roster already
   *     or over, and then nothing has changed
   */
  Optional<List<Shift>> change(Set<Long> gone, List<Wish> wishes, long by, Instant now);

  /** Those of these that are on the roster. */
  List<Shift> listByIds(Set<Long> ids);

  /** Shifts that touch a span of time, earliest first; at most a thousand. */
  List<Shift> list(Filter filter, Instant from, Instant until);

  /** Those on duty at a moment; disabled people are not. */
  default List<Shift> listOnDuty(Filter filter, Instant at) {
    return list(filter, at, at.plusNanos(1_000));
  }

  /**
   * @param area where, as a code of any layer; absent for the whole of the unit
   */
  record Wish(
      long user, String role, String unit, Optional<String> area, Instant from, Instant until) {}

  /** A shift on the roster. */
  record Shift(
      long id,
      long user,
      String role,
      String unit,
      Optional<String> area,
      Instant from,
      Instant until) {}

  /**
   * @param units any of these; empty for all
   * @param areas any of these, or no area at all; empty for all
   */
  record Filter(Optional<String> role, Set<String> units, Set<String> areas) {
    public Filter {
      units = Set.copyOf(units);
      areas = Set.copyOf(areas);
    }
  }
}
