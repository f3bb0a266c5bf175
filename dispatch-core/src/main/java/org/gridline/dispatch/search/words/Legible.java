package org.gridline.dispatch.search.words;

import org.gridline.dispatch.ticket.Ticket;
import org.gridline.dispatch.ticket.TicketStore.Particulars;
import org.gridline.dispatch.ticket.TicketWords.Reader;

/** What of a ticket's text readers of this kind may read who don't speak with callers. Pure. */
public interface Legible {
  String to(Reader reader, String clear, Ticket ticket, Particulars particulars);
}
