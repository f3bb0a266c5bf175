package org.gridline.console.live;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.gridline.dispatch.ticket.Life;
import org.gridline.dispatch.ticket.Ticket;
import org.gridline.dispatch.ticket.TicketState;
import org.gridline.gis.position.Position;

/**
 * All that decides who gets to see a ticket.
 *
 * @param unit who owns it, empty for nobody
 * @param helpers units that were asked to help
 * @param drawn who was drawn to check it now; {@code checkers}, who has checked it
 */
record Audience(
    List<String> areas,
    Optional<Position> position,
    String unit,
    Set<String> helpers,
    Set<Long> drawn,
    Set<Long> checkers,
    TicketState state,
    Ticket.Matter matter) {

  static Audience of(Ticket ticket) {
    Life life = ticket.progress().life();
    return new Audience(
        ticket.place().codesNow(),
        ticket.place().position(),
        ticket.owner().map(Ticket.Owner::unit).orElse(""),
        life.parts().stream().map(Life.Part::unit).collect(Collectors.toUnmodifiableSet()),
        life.check().map(Life.Check::checker).map(Set::of).orElse(Set.of()),
        ticket.progress().checkers(),
        ticket.state(),
        ticket.matter());
  }

  /** The same ticket in other hands. */
  Audience heldBy(String owner, Set<String> others) {
    return new Audience(areas, position, owner, others, drawn, checkers, state, matter);
  }

  /** Whether whoever knows the ticket as it was then knows all of it that seldom changes. */
  boolean sameMatter(Audience then) {
    return matter.equals(then.matter) && areas.equals(then.areas) && position.equals(then.position);
  }
}
