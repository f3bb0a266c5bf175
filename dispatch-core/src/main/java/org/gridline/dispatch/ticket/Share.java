package org.gridline.dispatch.ticket;

import java.util.Arrays;
import java.util.Optional;

/** The share of a limit that an extension adds; never more than the limit itself. */
public enum Share {
  QUARTER("quarter", 0.25),
  HALF("half", 0.5),
  FULL("full", 1);

  private final String id;
  private final double factor;

  Share(String id, double factor) {
    this.id = id;
    this.factor = factor;
  }

  public String id() {
    return id;
  }

  public double factor() {
    return factor;
  }

  public static Optional<Share> find(String id) {
    return Arrays.stream(values()).filter(s -> s.id.equals(id)).findFirst();
  }
}
