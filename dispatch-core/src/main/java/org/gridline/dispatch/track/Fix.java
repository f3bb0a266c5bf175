package org.gridline.dispatch.track;

import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import org.gridline.dispatch.place.Place;
import org.gridline.gis.position.Position;

/**
 * Where somebody was at one moment, checked and found good.
 *
 * @param areas codes of every layer that it lies in
 * @param ground why it may be kept
 */
public record Fix(
    Instant at,
    Position position,
    OptionalDouble accuracyMetres,
    Place.Flag flag,
    List<String> areas,
    Ground ground) {
  public Fix {
    areas = List.copyOf(areas);
  }

  /** Why somebody is tracked. */
  public sealed interface Ground {
    /** They have a ticket in hand. */
    record Task() implements Ground {}

    /** An emergency was declared where they are. */
    record During(long emergency) implements Ground {}

    default String id() {
      return switch (this) {
        case Task() -> "task";
        case During(var emergency) -> "emergency:" + emergency;
      };
    }
  }
}
