package org.gridline.dispatch.event;

import java.time.Instant;
import java.util.Optional;
import org.gridline.dispatch.ticket.TicketState;

/**
 * One step of one ticket. The n-th event of a ticket makes its version n.
 *
 * @param stateBefore absent for the first event
 * @param unitBefore owner before the step, absent when nobody owned it
 */
public record TicketEvent(
    long ticket,
    int version,
    Instant at,
    Actor actor,
    Optional<TicketState> stateBefore,
    TicketState stateAfter,
    Optional<String> unitBefore,
    Optional<String> unitAfter,
    Fact fact) {}
