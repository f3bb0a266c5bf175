package org.gridline.dispatch.ticket;

import java.time.InstantSource;
import java.util.Optional;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;
import org.gridline.dispatch.people.User;

/** Somebody does something with a ticket they can see. */
public final class ActOnTicket {
  private final TicketStore tickets;
  private final Decide decide;
  private final Policy policy;
  private final InstantSource clock;

  public ActOnTicket(TicketStore tickets, Decide decide, Policy policy, InstantSource clock) {
    this.tickets = tickets;
    this.decide = decide;
    this.policy = policy;
    this.clock = clock;
  }

  /** What came of it. */
  public sealed interface Outcome {
    record Done(Ticket ticket) implements Outcome {}

    /** Somebody was faster; the current ticket. */
    record Conflict(Ticket current) implements Outcome {}
  }

  /**
   * @param version the version that the actor saw
   */
  public Outcome act(long id, int version, Action action, User by) {
    Ticket seen = tickets.get(id, by.scope(policy.units()));
    if (seen.version() != version) {
      if (version > seen.version())
        throw new Failure(
            FailureCode.INVALID_REQUEST, "version " + version + " does not exist yet");
      return new Outcome.Conflict(seen);
    }
    Decision decision = decide.decide(seen, action, by, clock.instant());
    Optional<Ticket> faster = tickets.write(decision);
    return faster
        .<Outcome>map(Outcome.Conflict::new)
        .orElseGet(() -> new Outcome.Done(decision.after()));
  }
}
