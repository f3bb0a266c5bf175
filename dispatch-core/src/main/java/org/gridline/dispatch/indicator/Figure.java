package org.gridline.dispatch.indicator;

import java.util.OptionalDouble;

/**
 * A figure with what it is made of.
 *
 * @param thousandths the numerator, in thousandths, since answers may be weighted
 * @param excluded what was left out, for the reason that the indicator names
 */
public record Figure(long thousandths, long denominator, long excluded) {
  static final Figure NOTHING = new Figure(0, 0, 0);

  /** Absent when nothing stands below the line. */
  public OptionalDouble value() {
    return denominator == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(thousandths / (double) Tally.ONE / denominator);
  }

  Figure plus(Tally.Part part, int more) {
    return switch (part) {
      case NUMERATOR -> new Figure(thousandths + more, denominator, excluded);
      case DENOMINATOR -> new Figure(thousandths, denominator + 1, excluded);
      case EXCLUDED -> new Figure(thousandths, denominator, excluded + 1);
    };
  }
}
