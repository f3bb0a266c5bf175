package org.gridline.dispatch.notice;

import java.time.Instant;
import java.util.Optional;
import org.gridline.dispatch.Names;
import org.gridline.dispatch.deadline.Clock;

/**
 * A notice on its way to one person. It names the ticket and its category and says by when; never
 * who reported it, where, or in which words.
 *
 * @param id the same whenever it is told again
 * @param to the address by this means
 * @param category absent until somebody is sure
 * @param reminders how often it was shown before
 */
public record Letter(
    String id,
    String to,
    Occasion occasion,
    long ticket,
    String number,
    Optional<Names> category,
    Optional<Clock> clock,
    Optional<Instant> dueAt,
    int level,
    int reminders) {

  /** Holds an address, so it does not print itself. */
  @Override
  public String toString() {
    return "Letter[" + id + "]";
  }
}
