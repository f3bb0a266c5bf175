package org.gridline.dispatch.deadline;

/**
 * One row of the limits table; an empty text fits anything.
 *
 * @param category a code prefix
 * @param amount how many {@code unit}s
 * @param warnShare how much of the limit has passed when the lamp turns yellow, above 0 and at most
 *     1
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
    double warnShare,
    String source) {
  /** 红绿灯: yellow begins after 80 % of a limit, where a city says nothing else. */
  public static final double USUAL_WARN_SHARE = 0.8;

  public TimeLimit {
    if (!(amount > 0 && amount <= 10_000))
      throw new IllegalArgumentException("limit out of range: " + amount);
    if (!(warnShare > 0 && warnShare <= 1))
      throw new IllegalArgumentException("warn share out of range: " + warnShare);
  }

  /** One that warns as usual. */
  public TimeLimit(
      Clock clock,
      String type,
      String kind,
      String category,
      String urgency,
      double amount,
      LimitUnit unit,
      String source) {
    this(clock, type, kind, category, urgency, amount, unit, USUAL_WARN_SHARE, source);
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
