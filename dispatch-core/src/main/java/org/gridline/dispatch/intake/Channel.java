package org.gridline.dispatch.intake;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How a report reached us. */
public enum Channel {
  PHONE,
  WORKER,
  WEB,
  APP,
  COUNTER,
  WECHAT,
  PARENT,
  OTHER;

  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Channel> find(String id) {
    return Arrays.stream(values()).filter(c -> c.id().equals(id)).findFirst();
  }
}
