package org.gridline.dispatch.ticket;

import org.gridline.dispatch.deadline.Clock;

/** What a step does to a ticket's clocks. */
public sealed interface ClockEffect {
  /** Starts afresh by the limit that fits the ticket now. */
  record Start(Clock clock) implements ClockEffect {}

  /** The same, unless it runs already: what began once is not given new time. */
  record StartOnce(Clock clock) implements ClockEffect {}

  /** The same where there is a caller. */
  record StartForCaller(Clock clock) implements ClockEffect {}

  record Stop(Clock clock) implements ClockEffect {}

  record Pause(Clock clock) implements ClockEffect {}

  record Resume(Clock clock) implements ClockEffect {}

  record StopAll() implements ClockEffect {}

  record PauseAll() implements ClockEffect {}

  record ResumeAll() implements ClockEffect {}

  /** Gives the unit's clock, and the whole, the share of its limit that was granted. */
  record Extend() implements ClockEffect {}

  /**
   * Clocks whose limit is another one now have it from their own beginning, with the time that they
   * were paused or given more; one that is over by this turns red like any other, with its event.
   */
  record Recount() implements ClockEffect {}

  /** Sets the day on which a suspended ticket goes on by itself. */
  record ScheduleResume() implements ClockEffect {}

  /** Starts the platform above's own deadline, where there is one; nothing pauses it. */
  record ScheduleParent() implements ClockEffect {}

  /** Sets the day on which it is archived, unless an objection or an appeal is still undecided. */
  record ScheduleArchive() implements ClockEffect {}
}
