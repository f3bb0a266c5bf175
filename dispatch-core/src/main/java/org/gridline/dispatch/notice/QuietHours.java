package org.gridline.dispatch.notice;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/**
 * The part of each day in which people are left alone, by the clock on the wall; it may run through
 * midnight. The same time twice: never.
 */
public record QuietHours(LocalTime from, LocalTime to, ZoneId zone) {

  public static QuietHours none(ZoneId zone) {
    return new QuietHours(LocalTime.MIDNIGHT, LocalTime.MIDNIGHT, zone);
  }

  /** The same moment, or the end of the quiet hours that it falls into. */
  public Instant after(Instant at) {
    if (from.equals(to)) return at;
    ZonedDateTime local = at.atZone(zone);
    LocalTime time = local.toLocalTime();
    boolean overnight = from.isAfter(to);
    boolean late = !time.isBefore(from);
    boolean early = time.isBefore(to);
    if (!(overnight ? late || early : late && early)) return at;
    ZonedDateTime end = local.toLocalDate().atTime(to).atZone(zone);
    return (overnight && late ? end.plusDays(1) : end).toInstant();
  }
}
