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
 * @param basis the law or the list of duties (权责清单) that says so; ends with {@link #UNCONFIRMED}
 *     where nobody has confirmed it
 * @param validFrom {@link #ALWAYS} for ever since
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
  /** A rule that says no day holds ever since; dates before it are in nobody's files. */
  public static final LocalDate ALWAYS = LocalDate.of(1900, 1, 1);

  public static final String UNCONFIRMED = "（待核实 unconfirmed）";

  public DutyRule {
    if (basis.isBlank()) throw new IllegalArgumentException("a duty rule names its ground: " + id);
  }

  /** What people are told of it: the ground, and since when and until when it holds. */
  public String explanation() {
    boolean always = validFrom.equals(ALWAYS);
    if (always && validTo.isEmpty()) return basis;
    // A last day reads the same in both languages; the first day without needs a word.
    String until = validTo.map(day -> day.minusDays(1).toString()).orElse("");
    String dates =
        always
            ? "至 " + until + " · until " + until
            : until.isEmpty() ? validFrom + " 起 · since " + validFrom : validFrom + " – " + until;
    return basis + " · " + dates;
  }

  public boolean holdsOn(LocalDate day) {
    return !day.isBefore(validFrom) && validTo.map(day::isBefore).orElse(true);
  }
}
