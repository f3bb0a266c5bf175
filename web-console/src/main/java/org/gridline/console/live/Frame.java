package org.gridline.console.live;

import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.gridline.dispatch.ticket.Ticket;
import org.gridline.gis.position.Position;

/**
 * News of one ticket, written once for all clients.
 *
 * @param unit who owns it now, empty for nobody
 * @param unitsBefore who owned it before the steps that this news is about
 */
record Frame(
    long seq,
    long ticket,
    List<String> areas,
    Optional<Position> position,
    String unit,
    Set<String> unitsBefore,
    Buffer change,
    Buffer gone) {

  static Frame of(long seq, Ticket ticket, Set<String> unitsBefore, Buffer change, Buffer gone) {
    return new Frame(
        seq,
        ticket.id(),
        ticket.place().areaCodes(),
        ticket.place().position(),
        ticket.owner().map(Ticket.Owner::unit).orElse(""),
        Set.copyOf(unitsBefore),
        change,
        gone);
  }

  boolean seenBy(View view) {
    return view.covers(areas, position, unit);
  }

  /** Whether a client may have it on its screen; a ticket's place never changes, its owner does. */
  boolean wasSeenBy(View view) {
    for (String before : unitsBefore) if (view.covers(areas, position, before)) return true;
    return false;
  }
}
