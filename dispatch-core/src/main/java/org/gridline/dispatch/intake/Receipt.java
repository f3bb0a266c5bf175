package org.gridline.dispatch.intake;

import java.util.List;
import org.gridline.dispatch.classify.Suggestion;
import org.gridline.dispatch.route.Assignment.Candidate;
import org.gridline.dispatch.ticket.Ticket;
import org.gridline.dispatch.ticket.TicketStore.Particulars;

/**
 * What a registered report is answered with. {@code candidates} is empty when the owner is certain.
 */
public record Receipt(
    Ticket ticket,
    Particulars particulars,
    List<Suggestion> suggestions,
    List<Candidate> candidates) {
  public Receipt {
    suggestions = List.copyOf(suggestions);
    candidates = List.copyOf(candidates);
  }
}
