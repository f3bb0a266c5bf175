package org.gridline.dispatch.ticket;

import org.gridline.dispatch.deadline.Clock;

/** What a step does to a ticket's clocks. */
public sealed interface ClockEffect {
  /** Starts afresh by the limit that fits the ticket now. */
  record Start(Clock clock) implements ClockEffect {}

  record Stop(Clock clock) implements ClockEffect {}

  record Pause(Clock clock) implements ClockEffect {}

  record Resume(Clock clock) implements ClockEffect {}

  record StopAll() implements ClockEffect {}
}
