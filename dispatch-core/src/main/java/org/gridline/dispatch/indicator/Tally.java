package org.gridline.dispatch.indicator;

/** Takes what one ticket adds to one figure. */
public interface Tally {
  /** Which side of the figure. */
  enum Part {
    NUMERATOR,
    DENOMINATOR,
    /** Would belong to the denominator, but for the reason that the indicator names. */
    EXCLUDED
  }

  /** One whole, as numerators count: thousandths, so that weights stay exact. */
  int ONE = 1_000;

  /**
   * @param unit who answers for it, empty for nobody
   * @param thousandths {@link #ONE} but for weighted answers
   */
  void add(Part part, String unit, int thousandths);

  default void hit(String unit) {
    add(Part.DENOMINATOR, unit, ONE);
    add(Part.NUMERATOR, unit, ONE);
  }

  default void miss(String unit) {
    add(Part.DENOMINATOR, unit, ONE);
  }

  default void hitIf(boolean holds, String unit) {
    if (holds) hit(unit);
    else miss(unit);
  }

  default void leaveOut(String unit) {
    add(Part.EXCLUDED, unit, ONE);
  }
}
