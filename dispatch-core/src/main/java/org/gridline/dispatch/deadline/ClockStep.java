package org.gridline.dispatch.deadline;

import java.util.Locale;

/** What a clock does by itself as time passes. */
public enum ClockStep {
  /** It turns yellow. */
  WARN,
  /** It turns red. */
  DUE,
  /** It has been red for long. */
  ESCALATE;

  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
