package org.gridline.dispatch.ticket;

/** Whose turn it is to check. Called on virtual threads; waits for the database a bounded time. */
public interface Checkers {
  /**
   * Everybody who may sign in and may check, whoever they are, with their last turn.
   *
   * @param unit whose work is checked
   * @param seed goes into the lot
   */
  Lot lot(String unit, long seed);
}
