package org.gridline.dispatch.intake;

import java.util.List;
import java.util.Optional;
import org.gridline.dispatch.classify.Suggestion;
import org.gridline.dispatch.component.Component;
import org.gridline.dispatch.route.Assignment.Candidate;
import org.gridline.dispatch.ticket.Ticket;
import org.gridline.dispatch.ticket.TicketStore.Particulars;
import org.gridline.gis.lookup.Reading;

/**
 * What a registered report is answered with.
 *
 * @param component the one that the report speaks of
 * @param candidates empty when the owner is certain
 * @param readings what the numbers of a suspect position may mean as well
 */
public record Receipt(
    Ticket ticket,
    Particulars particulars,
    List<Suggestion> suggestions,
    List<Candidate> candidates,
    Optional<Component> component,
    List<Reading> readings) {
  public Receipt {
    suggestions = List.copyOf(suggestions);
    candidates = List.copyOf(candidates);
    readings = List.copyOf(readings);
  }
}
