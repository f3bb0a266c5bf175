package org.gridline.console.ogc;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/** The parameter {@code datetime}: one moment, or from one to another with either side open. */
record Timespan(Optional<Instant> from, Optional<Instant> to) {
  private static final int LONGEST = 80;

  /** Years that the database can hold as well. */
  private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");

  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999999Z");

  /** Ever. */
  static Timespan open() {
    return new Timespan(Optional.empty(), Optional.empty());
  }

  /**
   * By the grammar of /req/core/fc-time-definition: at least one side is a time of RFC 3339.
   *
   * @throws IllegalArgumentException when the text is anything else, or ends before it begins
   */
  static Timespan parse(String text) {
    if (text.length() > LONGEST) throw new IllegalArgumentException("too long");
    String[] sides = text.split("/", -1);
    if (sides.length == 1) return new Timespan(Optional.of(time(text)), Optional.of(time(text)));
    if (sides.length != 2) throw new IllegalArgumentException("one slash at most");
    Timespan span = new Timespan(side(sides[0]), side(sides[1]));
    if (span.from.isEmpty() && span.to.isEmpty()) throw new IllegalArgumentException("no time");
    if (span.from.isPresent() && span.to.isPresent() && span.to.get().isBefore(span.from.get())) {
      throw new IllegalArgumentException("ends before it begins");
    }
    return span;
  }

  private static Optional<Instant> side(String text) {
    return text.isEmpty() || text.equals("..") ? Optional.empty() : Optional.of(time(text));
  }

  private static Instant time(String text) {
    try {
      // RFC 3339 allows small letters, and wants seconds, which ISO 8601 does not.
      String upper = text.toUpperCase(java.util.Locale.ROOT);
      if (!upper.matches("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}.+")) {
        throw new IllegalArgumentException("no time of RFC 3339");
      }
      Instant time = OffsetDateTime.parse(upper).toInstant();
      if (time.isBefore(EARLIEST) || time.isAfter(LATEST)) {
        throw new IllegalArgumentException("not in these ages");
      }
      return time;
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("no time of RFC 3339", e);
    }
  }
}
