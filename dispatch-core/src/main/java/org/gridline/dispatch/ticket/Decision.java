package org.gridline.dispatch.ticket;

import org.gridline.dispatch.event.TicketEvent;
import org.gridline.dispatch.evidence.Enclosed;

/**
 * What a step makes of a ticket: its next version, the event that says so, and the free text and
 * the evidence that go with it.
 *
 * @param words empty when there is none
 */
public record Decision(Ticket after, TicketEvent event, String words, Enclosed enclosed) {
  public Decision(Ticket after, TicketEvent event, String words) {
    this(after, event, words, Enclosed.nothing());
  }

  /** The same step with evidence; why some of it is missing stands in its words. */
  Decision with(Enclosed evidence) {
    return new Decision(after, event, evidence.with(words), evidence);
  }
}
