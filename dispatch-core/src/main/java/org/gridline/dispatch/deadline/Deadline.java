package org.gridline.dispatch.deadline;

import java.time.Instant;
import java.util.Optional;
import org.gridline.dispatch.deadline.TimeLimit.LimitUnit;

/**
 * A clock on a ticket: when it started, turns yellow and turns red; a paused one keeps the moment
 * of its pause.
 */
public record Deadline(
    Clock clock,
    LimitUnit unit,
    Instant startedAt,
    Instant warnAt,
    Instant dueAt,
    Optional<Instant> pausedAt) {
  public Deadline {
    if (dueAt.isBefore(warnAt))
      throw new IllegalArgumentException("a clock warns before it is due: " + clock);
  }

  public static Deadline running(
      Clock clock, LimitUnit unit, Instant startedAt, Instant warnAt, Instant dueAt) {
    return new Deadline(clock, unit, startedAt, warnAt, dueAt, Optional.empty());
  }

  public Deadline pause(Instant now) {
    return pausedAt.isPresent()
        ? this
        : new Deadline(clock, unit, startedAt, warnAt, dueAt, Optional.of(now));
  }

  /** A paused clock shows the lamp of its pause. */
  public Lamp lamp(Instant now) {
    return Lamp.at(pausedAt.orElse(now), warnAt, dueAt);
  }
}
