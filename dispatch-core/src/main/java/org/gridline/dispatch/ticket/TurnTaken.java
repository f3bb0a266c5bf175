package org.gridline.dispatch.ticket;

/**
 * Whoever was drawn has meanwhile been drawn for another ticket of the same unit, though somebody
 * else was free: draw again. Nothing was written.
 */
public final class TurnTaken extends RuntimeException {
  private static final long serialVersionUID = 1;

  public TurnTaken() {
    super("drawn twice in a row for one unit");
  }
}
