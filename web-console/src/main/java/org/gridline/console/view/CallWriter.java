package org.gridline.console.view;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gridline.dispatch.call.CallMark;
import org.gridline.dispatch.call.CallPart;
import org.gridline.dispatch.call.CallerId;
import org.gridline.dispatch.call.PhoneCall;
import org.gridline.dispatch.city.City;
import org.gridline.dispatch.deadline.Lamp;
import org.gridline.dispatch.intake.Caller;
import org.gridline.dispatch.ticket.Ticket;
import org.gridline.dispatch.ticket.TicketStore.Particulars;
import org.gridline.hotline.number.CallerNumber;

/** Calls as JSON, for the agent at whose phone they are. */
public final class CallWriter {
  private static final Duration REPEAT_WITHIN = Duration.ofDays(30);
  private static final int REPEAT_TICKETS = 3;

  private final TicketWriter tickets;
  private final PlaceWriter places;
  private final ZoneId zone;

  public CallWriter(TicketWriter tickets, City city) {
    this.tickets = tickets;
    this.places = new PlaceWriter(city);
    this.zone = city.timeZone();
  }

  /**
   * What is known of a caller.
   *
   * @param tickets open ones first
   * @param last the newest of them
   * @param particulars of the newest, for who may see its caller
   * @param callsToday before this one
   */
  public record Known(
      List<Ticket> tickets,
      Optional<Ticket> last,
      Optional<Particulars> particulars,
      int callsToday) {
    public Known {
      tickets = List.copyOf(tickets);
    }

    public static Known nothing() {
      return new Known(List.of(), Optional.empty(), Optional.empty(), 0);
    }
  }

  /** Which call, and how it stands; nothing of the caller. */
  public static ObjectNode brief(PhoneCall call, CallPart part, ZoneId zone) {
    ObjectNode node = Json.object();
    node.put("id", call.id());
    node.put("state", part.state().id());
    node.put("since", Json.time(part.since(), zone));
    Json.put(node, "rangAt", part.at(CallMark.RANG).map(at -> Json.time(at, zone)));
    Json.put(node, "answeredAt", part.at(CallMark.ANSWERED).map(at -> Json.time(at, zone)));
    Json.put(node, "endedAt", part.at(CallMark.ENDED).map(at -> Json.time(at, zone)));
    return node;
  }

  /**
   * The call with its caller.
   *
   * @param clear whether this agent may see the number now
   */
  public ObjectNode call(PhoneCall call, CallPart part, boolean clear, Known known, Instant now) {
    ObjectNode node = brief(call, part, zone);
    node.put("called", call.called());
    node.set("caller", caller(call.caller(), clear, known));
    node.put("callsToday", known.callsToday());
    node.set("flags", Json.texts(flags(known, now)));
    Json.set(node, "lastPlace", known.last().map(t -> lastPlace(t, known.particulars())));
    node.set("history", Json.list(known.tickets(), t -> tickets.brief(t, now)));
    node.set("tickets", Json.array());
    call.tickets().forEach(id -> node.withArray("tickets").add(id));
    return node;
  }

  private static ObjectNode caller(CallerId caller, boolean clear, Known known) {
    ObjectNode node = Json.object();
    switch (caller) {
      case CallerId.Known(var e164) ->
          node.put("kind", "number")
              .put("phone", clear ? e164 : "")
              .put("masked", new CallerNumber(e164).masked());
      case CallerId.Other(var text) ->
          node.put("kind", "other").put("phone", clear ? text : "").put("masked", "****");
      case CallerId.Withheld() -> node.put("kind", "withheld").put("phone", "").put("masked", "");
    }
    String name = known.particulars().flatMap(Particulars::caller).map(Caller::name).orElse("");
    return node.put("name", clear ? name : Redaction.maskName(name));
  }

  private ObjectNode lastPlace(Ticket ticket, Optional<Particulars> particulars) {
    ObjectNode node = Json.object();
    node.put("ticket", ticket.id());
    node.put("address", particulars.map(Particulars::address).orElse(""));
    Json.set(node, "position", ticket.place().position().map(Json::position));
    node.set("place", places.place(ticket.place()));
    return node;
  }

  /** 保密, 重复, 超期: what somebody should know before they say a word. */
  private static List<String> flags(Known known, Instant now) {
    List<String> flags = new ArrayList<>();
    if (known.tickets().stream().anyMatch(t -> t.subject().reporter().confidential())) {
      flags.add("confidential");
    }
    long recent =
        known.tickets().stream()
            .filter(t -> t.registeredAt().isAfter(now.minus(REPEAT_WITHIN)))
            .count();
    if (recent >= REPEAT_TICKETS) flags.add("repeat");
    if (known.tickets().stream().anyMatch(t -> overdue(t, now))) flags.add("overdue");
    return flags;
  }

  private static boolean overdue(Ticket ticket, Instant now) {
    return ticket.deadlines().stream()
        .filter(d -> d.pausedAt().isEmpty())
        .anyMatch(d -> d.lamp(now) == Lamp.RED);
  }
}
