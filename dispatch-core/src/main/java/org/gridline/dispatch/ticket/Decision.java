package org.gridline.dispatch.ticket;

import org.gridline.dispatch.event.TicketEvent;

/**
 * What a step makes of a ticket: its next version, the event that says so, and the free text that
 * goes with it.
 *
 * @param words empty when there is none
 */
public record Decision(Ticket after, TicketEvent event, String words) {}
