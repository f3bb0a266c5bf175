package org.gridline.dispatch.intake;

import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.gridline.dispatch.event.TicketEvent;
import org.gridline.dispatch.evidence.Enclosed;
import org.gridline.dispatch.ticket.Ticket;
import org.gridline.dispatch.ticket.TicketStore.Particulars;

/**
 * Everything that one report writes, in one commit.
 *
 * @param ticket as it stands after all its first steps
 * @param events one for each version, ascending
 * @param enclosed what came with the report; part of its first event
 * @param call id of the telephone call that it came of
 * @param takenAt when it came in, however old the report is: keys and personal data are kept from
 *     here on
 * @param answer the bytes that this key is answered with, now and later
 */
public record NewTicket(
    Ticket ticket,
    List<TicketEvent> events,
    Particulars particulars,
    Enclosed enclosed,
    IdempotencyKey key,
    OptionalLong call,
    Instant takenAt,
    byte[] answer) {
  public NewTicket {
    events = List.copyOf(events);
    if (events.size() != ticket.version())
      throw new IllegalArgumentException("one event a version");
  }
}
