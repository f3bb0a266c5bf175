package org.gridline.dispatch.indicator;

import java.time.Instant;

/**
 * A stretch of time, the end left out. What happened at the end or later is not known to a figure
 * of this period, so it stays the same for ever.
 */
public record Period(Instant from, Instant to) {
  public Period {
    if (!from.isBefore(to)) throw new IllegalArgumentException("a period ends after it begins");
  }

  public boolean holds(Instant at) {
    return !at.isBefore(from) && at.isBefore(to);
  }
}
