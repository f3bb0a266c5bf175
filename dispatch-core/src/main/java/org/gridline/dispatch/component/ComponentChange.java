package org.gridline.dispatch.component;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.gridline.dispatch.event.Actor;
import org.gridline.gis.position.Position;

/**
 * One row of a component's history.
 *
 * @param before its state before; absent for its first row
 * @param from where it stood before, if that changed
 * @param why what the surveyor said; empty for imports
 * @param ticket id of the ticket that it came of
 * @param details for a change of name or owners, from what to what
 */
public record ComponentChange(
    int version,
    Instant at,
    Actor by,
    What what,
    Optional<ComponentState> before,
    ComponentState after,
    Optional<Position> from,
    Position to,
    String why,
    OptionalLong ticket,
    Optional<Details> details) {
  public static final int MOST_WHY = 500;

  /** Name and owners before and after. */
  public record Details(
      String nameBefore, String nameAfter, Owners ownersBefore, Owners ownersAfter) {}

  public ComponentChange {
    if (why.length() > MOST_WHY)
      throw new IllegalArgumentException("说明最多 500 字 · at most 500 characters");
  }

  /** What happened. */
  public enum What {
    /** A surveyor added it. */
    ADDED,
    /** A file brought it. */
    IMPORTED,
    /** A file changed it. */
    UPDATED,
    STATE,
    MOVED,
    /** Somebody gave it another name or other owners. */
    DETAILS
  }
}
