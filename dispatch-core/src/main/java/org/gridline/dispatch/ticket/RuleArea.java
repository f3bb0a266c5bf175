package org.gridline.dispatch.ticket;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Where a ruling holds as a duty rule. */
public enum RuleArea {
  EVERYWHERE,
  STREET,
  COMMUNITY;

  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<RuleArea> find(String id) {
    return Arrays.stream(values()).filter(a -> a.id().equals(id)).findFirst();
  }
}
