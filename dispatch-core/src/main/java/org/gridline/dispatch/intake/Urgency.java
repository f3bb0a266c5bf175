package org.gridline.dispatch.intake;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** 一般, 紧急, 特急. */
public enum Urgency {
  NORMAL,
  URGENT,
  CRITICAL;

  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Urgency> find(String id) {
    return Arrays.stream(values()).filter(u -> u.id().equals(id)).findFirst();
  }
}
