package org.gridline.dispatch.ticket;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.gridline.dispatch.people.Scope;
import org.locationtech.jts.geom.Geometry;

/**
 * Tickets for programs that draw maps. Every read takes the asker's scope. Called on virtual
 * threads; each call waits for the database, at most a bounded time, and then fails with {@code
 * unavailable}.
 */
public interface TicketPoints {
  /** Newest first. */
  Page list(Query query, Scope scope);

  /**
   * What to look for; empty parts don't restrict.
   *
   * @param within polygon in WGS 84; tickets without a position fit every polygon, as OGC API
   *     Features wants it
   * @param from registered then or later
   * @param until registered before then
   * @param before only tickets with a smaller id
   */
  record Query(
      Optional<Geometry> within,
      Optional<Instant> from,
      Optional<Instant> until,
      Optional<TicketState> state,
      Optional<String> number,
      Optional<String> categoryKind,
      Optional<String> category,
      Optional<String> unit,
      OptionalLong before,
      int limit) {}

  /** {@code more} tells whether others follow. */
  record Page(List<Ticket> tickets, Rest rest) {
    public Page {
      tickets = List.copyOf(tickets);
    }
  }

  /** Whether a page is the last one. */
  enum Rest {
    MORE,
    NOTHING
  }
}
