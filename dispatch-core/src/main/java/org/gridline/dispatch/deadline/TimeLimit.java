package org.gridline.dispatch.deadline;

/**
 * One row of the limits table; an empty text fits anything.
 *
 * @param category a code prefix
 * @param amount how many {@code unit}s
 * @param source where the figure comes from
 */
public record TimeLimit(
    Clock clock,
    String type,
    String kind,
    String category,
    String urgency,
    double amount,
    LimitUnit unit,
    String source) {
  public TimeLimit {
    if (!(amount > 0 && amount <= 10_000))
      throw new IllegalArgumentException("limit out of range: " + amount);
  }

  /** Whether it fits every ticket. */
  public boolean general() {
    return type.isEmpty() && kind.isEmpty() && category.isEmpty() && urgency.isEmpty();
  }

  /** 紧急工作时, 紧急工作日 run through nights and holidays; 工作时, 工作日 only inside working hours. */
  public enum LimitUnit {
    UH,
    UD,
    WH,
    WD
  }
}
