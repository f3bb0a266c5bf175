package org.gridline.dispatch.call;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.gridline.dispatch.people.Scope;
import org.gridline.dispatch.ticket.Ticket;

/**
 * Keeps calls, with their callers' numbers sealed. Called on virtual threads; each call waits for
 * the database a bounded time and then fails with {@code unavailable}.
 */
public interface CallLog {
  /**
   * Takes a step once, however often it is told and on whichever node.
   *
   * @throws org.gridline.dispatch.Failure {@code event_id_reused} when another step had this name
   */
  Taken take(CallStep step);

  /** Whether a step took effect now. */
  sealed interface Taken {
    PhoneCall call();

    record First(PhoneCall call) implements Taken {}

    record Again(PhoneCall call) implements Taken {}
  }

  /** A call in which this agent has a part; everybody else does not find it. */
  Optional<PhoneCall> find(long call, long agent);

  /** Calls of the last hours whose end this agent has not been told, the newest first. */
  List<PhoneCall> listOpen(long agent, Instant now);

  /**
   * Writes down, before it happens, that an agent gets to see the caller's number. Only the first
   * look counts.
   */
  void recordLook(long call, long agent, Instant at);

  /** Tickets of whoever calls from this number, open ones first, then the newest. */
  List<Ticket> listTickets(CallerId.Known caller, Scope scope, int most);

  /** How many other calls from this number began in that time. */
  int countCalls(CallerId.Known caller, Instant from, long except);
}
