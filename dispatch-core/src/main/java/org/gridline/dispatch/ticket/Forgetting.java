package org.gridline.dispatch.ticket;

import java.time.Instant;
import java.util.Optional;
import org.gridline.dispatch.event.Actor;
import org.gridline.dispatch.event.Fact;
import org.gridline.dispatch.event.TicketEvent;
import org.gridline.dispatch.ticket.Ticket.Owner;

/**
 * The step of a ticket whose person was forgotten: nothing changes but that its history says so.
 */
public final class Forgetting {
  private Forgetting() {}

  public static Decision of(Ticket ticket, Actor by, Instant now) {
    Optional<String> unit = ticket.owner().map(Owner::unit);
    TicketEvent event =
        new TicketEvent(
            ticket.id(),
            ticket.version() + 1,
            now,
            by,
            Optional.of(ticket.state()),
            ticket.state(),
            unit,
            unit,
            new Fact.PersonErased());
    return new Decision(Fold.next(ticket, event), event, "");
  }
}
