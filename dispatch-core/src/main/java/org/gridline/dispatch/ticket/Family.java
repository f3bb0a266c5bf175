package org.gridline.dispatch.ticket;

import java.util.List;
import java.util.Set;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;
import org.gridline.dispatch.people.Scope;
import org.gridline.dispatch.people.User;

/**
 * What a ticket's step asks of the tickets that it was merged with: every caller of them is asked
 * about the result before it is closed. The database holds the same against whoever is faster.
 */
final class Family {
  private static final Set<TicketState> RESULT_KNOWN =
      Set.of(TicketState.REVISITING, TicketState.PENDING_CLOSE);

  private final TicketStore tickets;
  private final Decide decide;

  Family(TicketStore tickets, Decide decide) {
    this.tickets = tickets;
    this.decide = decide;
  }

  void check(Ticket ticket, Action action, User by) {
    switch (action.kind()) {
      case CLOSE -> everyCallerWasAsked(ticket.id(), ticket.progress().reworks());
      case REVISIT_MERGED -> mayAsk(ticket, by);
      default -> {}
    }
  }

  private void everyCallerWasAsked(long master, int round) {
    for (Ticket merged : tickets.listMerged(master, new Scope.District())) {
      if (merged.hasCaller() && !merged.progress().wasAsked(round)) {
        throw new Failure(
            FailureCode.ILLEGAL_ACTION,
            "并案工单 "
                + merged.number()
                + " 的来电人尚未回访 · the caller of this merged ticket was not asked yet");
      }
      everyCallerWasAsked(merged.id(), round);
    }
  }

  /** Whoever handled or checked the ticket that it went on in does not ask about the result. */
  private void mayAsk(Ticket merged, User by) {
    Ticket master = last(merged);
    if (!RESULT_KNOWN.contains(master.state())) {
      throw new Failure(
          FailureCode.ILLEGAL_ACTION,
          "主办工单 " + master.number() + " 尚无结果 · the ticket that it went on in has no result yet");
    }
    decide.mayAsk(master, by);
  }

  /** About which result the caller of a merged ticket is asked now: it changes with each rework. */
  int round(Ticket merged) {
    return last(merged).progress().reworks();
  }

  /** The ticket that a merged one goes on in, through however many merges. */
  private Ticket last(Ticket merged) {
    Ticket master = merged;
    while (master.progress().life().master().isPresent()) {
      List<Ticket> above = tickets.listById(List.of(master.progress().life().master().get()));
      if (above.isEmpty()) break;
      master = above.getFirst();
    }
    return master;
  }
}
