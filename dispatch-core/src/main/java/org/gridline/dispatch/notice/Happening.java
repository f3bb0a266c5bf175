package org.gridline.dispatch.notice;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gridline.dispatch.deadline.Clock;
import org.gridline.dispatch.deadline.DueClock;
import org.gridline.dispatch.ticket.TicketState;

/**
 * Something that happened to a ticket, as far as the rules of who is told ask.
 *
 * @param version that the step or the clock made, of {@code cause} where that is another ticket
 * @param cause the ticket whose step it was, when this is told of another one
 * @param clock whose moment it is, absent for a step
 * @param dueAt of that clock
 * @param level of its escalation, 0 for all else
 * @param state after it
 * @param unit who owns the ticket after it
 * @param asked the unit that a step names beside the owner
 * @param urgency id of the ticket's urgency
 * @param areas codes of the areas that the ticket lies in
 * @param handlers users who signed, returned or gave feedback so far
 * @param checker who was drawn to check it; absent where anybody of the role may
 */
public record Happening(
    long ticket,
    int version,
    Optional<Long> cause,
    Occasion occasion,
    Optional<Clock> clock,
    Optional<Instant> dueAt,
    int level,
    TicketState state,
    Optional<String> unit,
    Optional<String> asked,
    String urgency,
    List<String> areas,
    List<Long> handlers,
    Optional<Long> checker) {
  public Happening {
    areas = List.copyOf(areas);
    handlers = List.copyOf(handlers);
  }

  /**
   * A clock's moment.
   *
   * @param level that it reaches by this
   */
  public static Happening of(DueClock due, int level) {
    return new Happening(
        due.ticket(),
        due.version() + 1,
        Optional.empty(),
        Occasion.of(due.step()),
        Optional.of(due.clock()),
        Optional.of(due.dueAt()),
        level,
        due.state(),
        due.unit(),
        Optional.empty(),
        due.urgency(),
        due.areas(),
        due.handlers(),
        due.checker());
  }

  /** What a step is told as. */
  public static List<Happening> of(LoggedStep step) {
    List<Happening> all = new ArrayList<>();
    for (Occasion occasion : Occasion.of(step.fact(), step.stateBefore(), step.stateAfter())) {
      all.add(
          new Happening(
              step.ticket(),
              step.version(),
              Optional.empty(),
              occasion,
              Optional.empty(),
              Optional.empty(),
              0,
              step.stateAfter(),
              step.unitAfter(),
              step.asked(),
              step.urgency(),
              step.areas(),
              step.handlers(),
              step.checker()));
    }
    step.master().map(master -> joined(step, master)).ifPresent(all::add);
    return all;
  }

  private static Happening joined(LoggedStep step, LoggedStep.Master master) {
    return new Happening(
        master.ticket(),
        step.version(),
        Optional.of(step.ticket()),
        Occasion.JOINED,
        Optional.empty(),
        Optional.empty(),
        0,
        master.state(),
        master.unit(),
        Optional.empty(),
        master.urgency(),
        master.areas(),
        master.handlers(),
        Optional.empty());
  }
}
