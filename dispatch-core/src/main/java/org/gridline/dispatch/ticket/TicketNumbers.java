package org.gridline.dispatch.ticket;

import java.time.Instant;

/**
 * Hands out ids that rise with time and numbers that people read to each other. Thread-safe; gaps
 * are allowed.
 */
public interface TicketNumbers {
  /** Time-ordered, below 2⁵³ so that a browser's number holds it, unique over all nodes. */
  long nextId();

  String nextNumber(Instant now);
}
