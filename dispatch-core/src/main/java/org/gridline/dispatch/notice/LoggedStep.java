package org.gridline.dispatch.notice;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.gridline.dispatch.event.Fact;
import org.gridline.dispatch.ticket.TicketState;

/**
 * One step of the log with what is known of its ticket.
 *
 * @param seq its position
 * @param fact absent for a kind that no rule is about
 * @param at when it happened
 * @param writtenAt when it was written down; a replay of the past writes much later
 * @param urgency id of the ticket's urgency
 * @param checker who was drawn to check it
 * @param master the ticket that it was merged into by this step and still is
 */
public record LoggedStep(
    long seq,
    long ticket,
    int version,
    Optional<Fact> fact,
    Optional<TicketState> stateBefore,
    TicketState stateAfter,
    Optional<String> unitAfter,
    Instant at,
    Instant writtenAt,
    String urgency,
    List<String> areas,
    List<Long> handlers,
    Optional<Long> checker,
    Optional<Master> master) {
  /** Nobody is called to what was over for so long before anybody knew of it. */
  private static final Duration PAST = Duration.ofDays(1);

  /** The ticket that another goes on in, as it stands. */
  public record Master(
      long ticket,
      TicketState state,
      Optional<String> unit,
      String urgency,
      List<String> areas,
      List<Long> handlers) {}

  public LoggedStep {
    areas = List.copyOf(areas);
    handlers = List.copyOf(handlers);
  }

  /** Whether it tells of the past: a replay, or a report from offline. */
  public boolean past() {
    return at.plus(PAST).isBefore(writtenAt);
  }

  /** Whether the ticket is somewhere else afterwards, so that an open notice of before is over. */
  public boolean moves() {
    return !stateBefore.equals(Optional.of(stateAfter));
  }

  /** The unit that it names beside the owner. */
  Optional<String> asked() {
    return fact.flatMap(
        said ->
            switch (said) {
              case Fact.UnitAsked(var unit, var part, var why) -> Optional.of(unit);
              case Fact.PartReported(var unit, var result) -> Optional.of(unit);
              case Fact other -> Optional.empty();
            });
  }
}
