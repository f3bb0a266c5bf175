package org.gridline.dispatch.route;

import java.time.LocalDate;
import java.util.Optional;

/**
 * Which unit owns which category in which area, between two dates.
 *
 * @param unit a unit code, or {@code @LAYER} for the unit that stands for the place's area of that
 *     layer, for example {@code @street}
 * @param category a code prefix inside the kind; empty fits all
 * @param area an area code; empty fits everywhere
 * @param validTo the first day on which it no longer holds
 */
public record DutyRule(
    String id,
    String unit,
    String kind,
    String category,
    String area,
    int priority,
    String basis,
    LocalDate validFrom,
    Optional<LocalDate> validTo) {

  public boolean holdsOn(LocalDate day) {
    return !day.isBefore(validFrom) && validTo.map(day::isBefore).orElse(true);
  }
}
