package org.gridline.gis.boundary;

import java.util.Locale;
import java.util.Optional;
import org.gridline.gis.position.Position;

/**
 * Something that a boundary file has wrong.
 *
 * @param code what kind of wrong; says by itself how grave it is
 * @param feature which feature, counted from 1, with its code where known; or the file itself
 * @param reason for people
 * @param place where on earth, as far as one place can be named
 * @param movedSquareMetres ground that the repair decided about, within 1 %; see {@link
 *     PolygonRepair}; 0 where nothing was repaired
 */
public record Finding(
    Code code, String feature, String reason, Optional<Position> place, double movedSquareMetres) {

  /** How grave a finding is. */
  public enum Severity {
    /** The file is refused. */
    FATAL,
    /** Mended by the rule; the file is used. */
    REPAIRED
  }

  /** The kinds of findings; their ids are stable. */
  public enum Code {
    NOT_READABLE(Severity.FATAL),
    TOO_BIG(Severity.FATAL),
    NO_FEATURE(Severity.FATAL),
    CODE_MISSING(Severity.FATAL),
    CODE_DUPLICATE(Severity.FATAL),
    NAME_MISSING(Severity.FATAL),
    CRS_UNKNOWN(Severity.FATAL),
    NOT_A_POLYGON(Severity.FATAL),
    NOT_FINITE(Severity.FATAL),
    NOT_ON_EARTH(Severity.FATAL),
    NOT_CLOSED(Severity.FATAL),
    EMPTY(Severity.FATAL),
    /** More self-crossings than can be judged in bounded time. */
    TANGLED(Severity.FATAL),
    /** Mending it would change what it means. */
    BEYOND_REPAIR(Severity.FATAL),
    SELF_TOUCH(Severity.REPAIRED),
    SELF_CROSSING(Severity.REPAIRED),
    ZERO_AREA_PART(Severity.REPAIRED),
    /** Rings that are sound each but not together: overlapping parts, holes outside or nested. */
    RINGS_OVERLAP(Severity.REPAIRED);

    private final Severity severity;

    Code(Severity severity) {
      this.severity = severity;
    }

    public Severity severity() {
      return severity;
    }

    /** The spelling in reports: {@code self_crossing}. */
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** A finding about something that is at no one place. */
  public Finding(Code code, String feature, String reason) {
    this(code, feature, reason, Optional.empty(), 0);
  }

  public Severity severity() {
    return code.severity();
  }

  @Override
  public String toString() {
    return feature
        + ": "
        + reason
        + place
            .map(at -> String.format(Locale.ROOT, " near %.7f, %.7f", at.lon(), at.lat()))
            .orElse("")
        + (severity() == Severity.REPAIRED
            ? String.format(Locale.ROOT, "; repaired, %.1f m² decided", movedSquareMetres)
            : "");
  }
}
