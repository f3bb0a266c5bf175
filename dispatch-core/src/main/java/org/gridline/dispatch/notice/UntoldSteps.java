package org.gridline.dispatch.notice;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gridline.dispatch.ticket.TicketState;

/**
 * The part of the log of which nobody was told yet. The log is the outbox: a step that is committed
 * is told of sooner or later, whatever stops in between. Called on virtual threads; each call waits
 * for the database, at most a bounded time, and then fails with {@code unavailable}.
 */
public interface UntoldSteps {
  /**
   * The next part; empty of steps where nothing in it concerns anybody.
   *
   * @param kinds kinds of events that a rule is about; steps into another state come besides
   */
  Part read(Set<String> kinds, int most);

  /**
   * Tells of a part: notices, the ends of older ones, and the place up to which everything is told,
   * in one statement.
   *
   * @param moved where these tickets stand after the part, by ticket
   * @return false when another node told of it first; then nothing is written
   */
  boolean tell(Part part, Collection<Told> told, Map<Long, Moved> moved, Instant now);

  /**
   * Positions behind {@code after} up to {@code upTo}.
   *
   * @param left whether more follows
   */
  record Part(long after, long upTo, List<LoggedStep> steps, boolean left) {
    public Part {
      steps = List.copyOf(steps);
    }

    public boolean nothing() {
      return after == upTo;
    }
  }

  /** A notice and what it is of. */
  record Told(Happening of, NewNotice notice) {}

  /** A ticket's newest step into another state. */
  record Moved(int version, TicketState state) {}
}
