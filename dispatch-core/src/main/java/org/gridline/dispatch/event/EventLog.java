package org.gridline.dispatch.event;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.gridline.dispatch.people.Scope;
import org.gridline.dispatch.ticket.TicketState;

/** The events in their one order. Called on virtual threads. */
public interface EventLog {
  /** Where the log ends now, with its epoch. */
  Cursor end();

  /** The events after a position, ascending and without gaps, at most {@code most}. */
  List<Sealed> listAfter(long seq, int most);

  /**
   * The whole history of one ticket, oldest first, with the free text of each step in clear.
   *
   * @throws org.gridline.dispatch.Failure {@code not_found} when the ticket lies outside the scope
   */
  List<Entry> history(long ticket, Scope scope);

  /**
   * What readers of the log need of one event at its position.
   *
   * @param helpersBefore units that had been asked to help, told only of kinds of steps after which
   *     they may help no more
   * @param writtenAt when it was written down, just before its commit; what it tells of may have
   *     happened long before
   */
  record Sealed(
      long seq,
      long ticket,
      int version,
      String kind,
      Optional<String> unitBefore,
      Set<String> helpersBefore,
      Instant writtenAt) {}

  /**
   * One step of a history.
   *
   * @param seq absent until the sealer has placed it
   * @param user absent when a rule acted
   * @param rule the rule's name, empty when a person acted
   * @param data the stored facts, as JSON text
   * @param words empty when there are none or they are erased
   * @param hash SHA-256 that chains it to the step before, hexadecimal
   */
  record Entry(
      Optional<Long> seq,
      int version,
      String kind,
      Instant at,
      Optional<Long> user,
      String rule,
      Optional<TicketState> stateBefore,
      TicketState stateAfter,
      Optional<String> unitBefore,
      Optional<String> unitAfter,
      String data,
      String words,
      String hash) {}
}
