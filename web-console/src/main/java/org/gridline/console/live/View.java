package org.gridline.console.live;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.gridline.dispatch.people.Scope;
import org.gridline.dispatch.ticket.Ticket;
import org.gridline.gis.position.Position;

/**
 * What one client gets to see: its scope, narrowed by what it asked for.
 *
 * @param user id of who looks
 * @param units unit codes asked for with their sub-units; empty for any
 */
public record View(long user, Scope scope, Optional<Box> box, Set<String> units) {
  public View {
    units = Set.copyOf(units);
  }

  boolean covers(Ticket ticket) {
    return covers(
        ticket.place().areaCodes(),
        ticket.place().position(),
        ticket.owner().map(Ticket.Owner::unit).orElse(""));
  }

  /**
   * @param unit who owns it, empty for nobody
   */
  boolean covers(List<String> areas, Optional<Position> position, String unit) {
    if (!scope.covers(areas, unit)) return false;
    if (!units.isEmpty() && !units.contains(unit)) return false;
    return box.isEmpty() || position.filter(box.get()::holds).isPresent();
  }
}
