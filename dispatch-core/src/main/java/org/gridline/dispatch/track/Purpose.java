package org.gridline.dispatch.track;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.gridline.dispatch.Names;

/** What somebody looks at a worker's track for. Counting steps or hours is none. */
public enum Purpose {
  DISPATCH("调度指挥", "dispatching"),
  SAFETY("人员安全", "somebody's safety"),
  EMERGENCY("紧急处置", "an emergency"),
  COMPLAINT("投诉核实", "looking into a complaint");

  private final Names label;

  Purpose(String zh, String en) {
    label = new Names(zh, en);
  }

  /** The stable spelling in the API. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  public Names label() {
    return label;
  }

  public static Optional<Purpose> find(String id) {
    return Arrays.stream(values()).filter(p -> p.id().equals(id)).findFirst();
  }
}
