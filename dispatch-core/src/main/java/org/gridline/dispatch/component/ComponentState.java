package org.gridline.dispatch.component;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.gridline.dispatch.Names;

/** 部件状态, the five of GB/T 47678.5. */
public enum ComponentState {
  INTACT("完好", "intact"),
  DAMAGED("破损", "damaged"),
  LOST("丢失", "lost"),
  ABANDONED("废弃", "abandoned"),
  REMOVED("移除", "removed");

  private final Names label;

  ComponentState(String zh, String en) {
    label = new Names(zh, en);
  }

  /** The stable spelling in the API. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  public Names label() {
    return label;
  }

  public static Optional<ComponentState> find(String id) {
    return Arrays.stream(values()).filter(s -> s.id().equals(id)).findFirst();
  }

  /** By its id or by either of its names, as files write it. */
  public static Optional<ComponentState> findNamed(String text) {
    return Arrays.stream(values())
        .filter(s -> s.label.zh().equals(text) || s.id().equals(text.toLowerCase(Locale.ROOT)))
        .findFirst();
  }
}
