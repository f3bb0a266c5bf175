package org.gridline.console.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.gridline.console.Office;
import org.gridline.console.view.CallWriter;
import org.gridline.console.view.CallWriter.Known;
import org.gridline.console.view.Json;
import org.gridline.console.view.Sight;
import org.gridline.console.view.TicketWriter;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;
import org.gridline.dispatch.call.CallLog;
import org.gridline.dispatch.call.CallPart;
import org.gridline.dispatch.call.CallerId;
import org.gridline.dispatch.call.PhoneCall;
import org.gridline.dispatch.people.Permission;
import org.gridline.dispatch.people.User;
import org.gridline.dispatch.ticket.Ticket;
import org.gridline.dispatch.ticket.TicketStore.Particulars;

/** The calls at an agent's own phone, and what is known of who calls. */
final class Calls {
  /** What fits beside the form, and all that somebody reads while a phone rings. */
  private static final int MOST_TICKETS = 10;

  private final Office office;
  private final CallWriter writer;

  Calls(Office office, TicketWriter tickets) {
    this.office = office;
    this.writer = new CallWriter(tickets, office.pack().city());
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/api/v1/calls/current", this::current),
        Endpoint.get("/api/v1/calls/:id", this::show));
  }

  private Answer current(Call call) {
    Instant now = office.clock().instant();
    long agent = call.user().id();
    List<PhoneCall> mine =
        office.calls().listOpen(agent, now).stream()
            .filter(c -> c.part(agent).filter(p -> p.current(now)).isPresent())
            .toList();
    ObjectNode node = Json.object();
    node.set(
        "calls",
        Json.list(
            mine,
            c ->
                CallWriter.brief(c, c.part(agent).orElseThrow(), office.pack().city().timeZone())));
    return Answer.json(node);
  }

  private Answer show(Call call) {
    User agent = call.user();
    Instant now = office.clock().instant();
    CallLog log = office.calls();
    PhoneCall found = get(log, call.id(), agent);
    CallPart part = found.part(agent.id()).orElseThrow(Calls::unknown);
    boolean clear = agent.may(Permission.Right.SEE_CALLER) && part.dealing(now);
    // Written down first: a look that can't be recorded does not happen.
    if (clear) log.recordLook(found.id(), agent.id(), now);
    ObjectNode node =
        switch (found.caller()) {
          case CallerId.Known known when part.dealing(now) ->
              writer.call(found, part, clear, known(found, known, agent, now), now);
          case CallerId.Known known -> writer.call(found, part, clear, Known.nothing(), now);
          case CallerId.Other other -> writer.call(found, part, clear, Known.nothing(), now);
          case CallerId.Withheld withheld -> writer.call(found, part, clear, Known.nothing(), now);
        };
    return Answer.json(node);
  }

  private static PhoneCall get(CallLog log, long id, User agent) {
    return log.find(id, agent.id()).orElseThrow(Calls::unknown);
  }

  static Failure unknown() {
    return new Failure(FailureCode.CALL_UNKNOWN, "只能查看自己的通话 · only calls at your own phone");
  }

  private Known known(PhoneCall call, CallerId.Known caller, User agent, Instant now) {
    // A ticket whose caller this person may not know must not be tied to a caller here either.
    List<Ticket> tickets =
        office
            .calls()
            .listTickets(caller, agent.scope(office.pack().policy().units()), MOST_TICKETS)
            .stream()
            .filter(t -> Sight.of(t, agent) == Sight.CLEAR)
            .toList();
    Optional<Ticket> last = tickets.stream().max(java.util.Comparator.comparingLong(Ticket::id));
    Optional<Particulars> particulars =
        last.filter(t -> agent.may(Permission.Right.SEE_CALLER))
            .map(t -> office.tickets().particulars(t));
    Instant midnight =
        now.atZone(office.pack().city().timeZone())
            .toLocalDate()
            .atStartOfDay(office.pack().city().timeZone())
            .toInstant();
    return new Known(
        tickets, last, particulars, office.calls().countCalls(caller, midnight, call.id()));
  }
}
