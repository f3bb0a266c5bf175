package org.gridline.dispatch.deadline;

import java.time.Instant;
import java.util.Map;
import org.gridline.dispatch.ticket.Action;
import org.gridline.dispatch.ticket.ActionKind;
import org.gridline.dispatch.ticket.Decide;
import org.gridline.dispatch.ticket.Decision;
import org.gridline.dispatch.ticket.Ticket;

/** What the house does in a person's stead when a clock runs out, such as ending a suspension. */
public interface DueAct {
  /**
   * Pure.
   *
   * @throws org.gridline.dispatch.Failure when the ticket allows no such step any more; then the
   *     clock is told as overdue instead
   */
  Decision decide(Ticket ticket, Instant now);

  /** The clocks that the lifecycle itself acts on. */
  static Map<Clock, DueAct> byLifecycle(Decide decide) {
    return Map.of(
        Clock.RESUME,
        (ticket, now) ->
            decide.decideByRule(
                ticket, new Action.Plain(ActionKind.RESUME, ""), "suspension-over", now),
        Clock.ARCHIVE,
        (ticket, now) ->
            decide.decideByRule(
                ticket, new Action.Plain(ActionKind.ARCHIVE, ""), "appeals-over", now));
  }
}
