package org.gridline.dispatch.store;

/** Who could change history with the means that this program has. */
public enum HistoryGuard {
  /** The database refuses this program to change or delete what was written. */
  BY_ROLE,
  /**
   * The program owns the tables, so only triggers, which an owner can switch off, stand in the way.
   * Changes would still be found by the chain, the blocks and the anchors.
   */
  BY_TRIGGER_ONLY
}
