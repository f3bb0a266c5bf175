package org.gridline.dispatch.deadline;

import java.time.Instant;
import java.util.Locale;

/** 红绿灯: green up to 80 % of a limit, yellow up to 100 %, red over. */
public enum Lamp {
  GREEN,
  YELLOW,
  RED;

  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Lamp at(Instant now, Instant warnAt, Instant dueAt) {
    if (now.isAfter(dueAt)) return RED;
    return now.isAfter(warnAt) ? YELLOW : GREEN;
  }
}
