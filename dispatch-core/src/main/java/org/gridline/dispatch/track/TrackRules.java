package org.gridline.dispatch.track;

import java.time.Duration;

/**
 * How a city tracks its workers; a city without such rules tracks nobody.
 *
 * @param interval how often a device tells where it is
 * @param kept how long tracks are kept; whole days
 * @param late how old a fix may be when a device that was offline brings it
 * @param worstAccuracyMetres a fix that is less certain than this is refused
 * @param longestEmergency for how long an emergency is declared at most
 */
public record TrackRules(
    Duration interval,
    Duration kept,
    Duration late,
    double worstAccuracyMetres,
    Duration longestEmergency) {
  /** A position that nobody has told anew for so many intervals is no longer shown as present. */
  private static final int MISSED = 30;

  /** What is left to do in a city that tracks nobody: forgetting. */
  public static final TrackRules NONE =
      new TrackRules(
          Duration.ofSeconds(1), Duration.ofDays(1), Duration.ofHours(1), 0, Duration.ZERO);

  public TrackRules {
    if (interval.isNegative() || interval.isZero()) throw new IllegalArgumentException("interval");
    if (kept.toDays() < 1 || late.compareTo(kept) > 0)
      throw new IllegalArgumentException("what is brought late must be kept");
  }

  /** After so long without a word somebody is no longer on the map. */
  public Duration shown() {
    return interval.multipliedBy(MISSED);
  }
}
