package org.gridline.dispatch.search.words;

import org.gridline.dispatch.ticket.Ticket;
import org.gridline.dispatch.ticket.TicketStore.Particulars;

/** What of a ticket's text those may read who don't speak with callers. Pure. */
public interface Legible {
  String toOthers(String clear, Ticket ticket, Particulars particulars);
}
