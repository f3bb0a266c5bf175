package org.gridline.dispatch.ticket;

import java.util.Arrays;
import java.util.Optional;

/** A yes or no. */
public enum Verdict {
  SUPPORT("support"),
  REFUSE("refuse");

  private final String id;

  Verdict(String id) {
    this.id = id;
  }

  public String id() {
    return id;
  }

  public static Optional<Verdict> find(String id) {
    return Arrays.stream(values()).filter(v -> v.id.equals(id)).findFirst();
  }
}
