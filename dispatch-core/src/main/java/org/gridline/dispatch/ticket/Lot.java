package org.gridline.dispatch.ticket;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.gridline.dispatch.people.User;

/**
 * From whom a checker may be drawn: everybody who may check, independent or not.
 *
 * @param seed chance, chosen before the decision so that the decision stays pure
 * @param last who was drawn last for the unit that handles the ticket
 */
public record Lot(long seed, List<Turn> turns, Optional<Long> last) {
  public Lot {
    turns = List.copyOf(turns);
  }

  /** Somebody and when they were drawn last; absent for never. */
  public record Turn(User user, Optional<Instant> drawnAt) {}
}
