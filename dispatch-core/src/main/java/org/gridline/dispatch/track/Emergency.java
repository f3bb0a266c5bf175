package org.gridline.dispatch.track;

import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;

/**
 * 应急状态: declared by the command centre for some areas and some time.
 *
 * @param areas area codes, of any layer
 */
public record Emergency(
    long id,
    Set<String> areas,
    String why,
    long declaredBy,
    Instant declaredAt,
    Instant until,
    Optional<End> end) {
  public Emergency {
    areas = Set.copyOf(areas);
  }

  /** Ended before its time. */
  public record End(long by, Instant at) {}

  public boolean holdsAt(Instant at) {
    return !at.isBefore(declaredAt)
        && at.isBefore(until)
        && end.filter(e -> !at.isBefore(e.at())).isEmpty();
  }

  /** Whether something in these areas lies in it. */
  boolean covers(Collection<String> codes) {
    return !Collections.disjoint(areas, codes);
  }
}
