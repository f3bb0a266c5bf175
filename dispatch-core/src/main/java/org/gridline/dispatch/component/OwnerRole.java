package org.gridline.dispatch.component;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.gridline.dispatch.Names;

/** In which way a unit owns a component; the three differ, and they matter for routing. */
public enum OwnerRole {
  AUTHORITY("主管部门", "authority in charge"),
  PROPERTY("权属单位", "proprietor"),
  MAINTENANCE("养护单位", "maintainer");

  private final Names label;

  OwnerRole(String zh, String en) {
    label = new Names(zh, en);
  }

  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  public Names label() {
    return label;
  }

  public static Optional<OwnerRole> find(String id) {
    return Arrays.stream(values()).filter(r -> r.id().equals(id)).findFirst();
  }
}
