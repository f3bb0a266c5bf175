package org.gridline.dispatch.indicator;

import java.util.Optional;
import java.util.Set;

/**
 * What is asked for.
 *
 * @param areaPrefix only tickets with an area whose code begins so, empty for all
 * @param units only what these units answer for, empty for all
 * @param category only {@code kind:code} that begin so, empty for all
 * @param type only this type of report
 * @param layer whose areas are told apart when grouped by area
 */
public record Question(
    Period period,
    String areaPrefix,
    Set<String> units,
    String category,
    Optional<String> type,
    Grouping by,
    String layer) {
  public Question {
    units = Set.copyOf(units);
  }

  /** What rows are told apart by. */
  public enum Grouping {
    NONE,
    UNIT,
    AREA,
    CATEGORY,
    TYPE,
    CHANNEL
  }

  boolean covers(Course course) {
    return course.category().startsWith(category)
        && type.map(course.type()::equals).orElse(true)
        && (areaPrefix.isEmpty()
            || course.areas().values().stream().anyMatch(code -> code.startsWith(areaPrefix)));
  }

  boolean coversUnit(String unit) {
    return units.isEmpty() || units.contains(unit);
  }

  /** The row that something belongs to; empty for what has no such thing. */
  String group(Course course, String unit) {
    return switch (by) {
      case NONE -> "";
      case UNIT -> unit;
      case AREA -> Optional.ofNullable(course.areas().get(layer)).orElse("");
      case CATEGORY -> course.category();
      case TYPE -> course.type();
      case CHANNEL -> course.channel();
    };
  }
}
