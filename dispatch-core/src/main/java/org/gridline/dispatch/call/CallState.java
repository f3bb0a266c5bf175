package org.gridline.dispatch.call;

import java.util.Locale;

/** How an agent's part in a call stands: 振铃, 未接, 通话, 保持, 已转接, 已结束. */
public enum CallState {
  RINGING,
  MISSED,
  TALKING,
  HELD,
  TRANSFERRED,
  ENDED;

  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether the agent's phone rings, or the caller is on it. */
  public boolean live() {
    return this == RINGING || this == TALKING || this == HELD;
  }
}
