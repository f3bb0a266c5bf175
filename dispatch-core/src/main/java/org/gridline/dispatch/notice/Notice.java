package org.gridline.dispatch.notice;

import java.time.Instant;
import java.util.Optional;
import org.gridline.dispatch.deadline.Clock;
import org.gridline.dispatch.ticket.TicketState;

/**
 * What somebody is told. It names the ticket and says nothing of who reported it or why.
 *
 * @param toldLevel how many further levels were told as well because nobody acknowledged it
 * @param over when its ticket moved on, so that nobody need see to it any more
 * @param state the ticket's, as it stands now
 * @param level of an escalation, 0 for all else
 * @param dueAt when the clock was or is due
 * @param shownAt when it was last shown: by its cause, after quiet hours, or by a reminder
 */
public record Notice(
    long id,
    long ticket,
    String number,
    TicketState state,
    Occasion occasion,
    Optional<Clock> clock,
    int level,
    Optional<Instant> dueAt,
    Instant createdAt,
    Instant shownAt,
    int reminders,
    int toldLevel,
    Optional<Instant> over,
    Optional<Acknowledged> acknowledged) {

  /** Somebody has seen to it. */
  public record Acknowledged(long user, Instant at) {}
}
