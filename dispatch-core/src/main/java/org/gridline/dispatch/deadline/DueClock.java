package org.gridline.dispatch.deadline;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.gridline.dispatch.ticket.TicketState;

/**
 * A running clock and its next moment, as both stood when they were read.
 *
 * @param version the ticket's, which a firing must still find
 * @param unit who owns the ticket, absent when nobody does yet
 * @param urgency id of the ticket's urgency
 * @param level how often it was escalated since it is due
 * @param moment when {@code step} is to happen
 * @param areas codes of the areas that the ticket lies in
 * @param handlers users who signed, returned or gave feedback so far
 * @param checker who was drawn to check it, absent where nobody was
 * @param takenAt when we were told of the matter; what it tells of may be older
 */
public record DueClock(
    long ticket,
    int version,
    TicketState state,
    Optional<String> unit,
    String urgency,
    Clock clock,
    Instant dueAt,
    int level,
    ClockStep step,
    Instant moment,
    Instant takenAt,
    List<String> areas,
    List<Long> handlers,
    Optional<Long> checker) {
  public DueClock {
    areas = List.copyOf(areas);
    handlers = List.copyOf(handlers);
  }

  /** Whether it was over before we knew of the matter: a replay, or a report from offline. */
  public boolean pastWhenTaken() {
    return dueAt.isBefore(takenAt);
  }
}
