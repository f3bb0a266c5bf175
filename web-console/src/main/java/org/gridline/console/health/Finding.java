package org.gridline.console.health;

import org.gridline.dispatch.Names;

/**
 * What a check found out about one thing.
 *
 * @param name a stable word in lower case with hyphens, such as {@code sealer-lag}
 * @param value what was measured, with its unit, empty when nothing could be
 * @param limit from where on it is trouble, with its unit, empty when there is no number
 * @param todo what to do about it when it is not well, in Chinese and English
 */
public record Finding(String name, State state, String value, String limit, Names todo) {
  /** How bad it is. */
  public enum State {
    WELL,
    /** Something to look after; requests still succeed. */
    DEGRADED,
    /** Requests may fail: the node is not ready, and the name is a cause. */
    DOWN
  }

  public Finding {
    if (!name.matches("[a-z][a-z0-9-]{1,40}")) {
      throw new IllegalArgumentException("a finding's name is a word: " + name);
    }
  }

  /** The usual kind: trouble of that kind when {@code value} is above {@code limit}. */
  public static Finding atMost(
      String name, double value, double limit, String unit, State trouble, Names todo) {
    return new Finding(
        name, value > limit ? trouble : State.WELL, text(value, unit), text(limit, unit), todo);
  }

  static String text(double value, String unit) {
    String number =
        value == Math.rint(value) && Math.abs(value) < 1e15
            ? Long.toString((long) value)
            : String.format(java.util.Locale.ROOT, "%.1f", value);
    return number + " " + unit;
  }
}
