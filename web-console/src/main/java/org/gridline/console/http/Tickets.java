package org.gridline.console.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.gridline.console.Office;
import org.gridline.console.view.ComponentWriter;
import org.gridline.console.view.HistoryWriter;
import org.gridline.console.view.Json;
import org.gridline.console.view.Sight;
import org.gridline.console.view.TicketWriter;
import org.gridline.console.view.TicketWriter.Beside;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;
import org.gridline.dispatch.component.ComponentCode;
import org.gridline.dispatch.event.EventLog.Entry;
import org.gridline.dispatch.intake.Caller;
import org.gridline.dispatch.people.Permission;
import org.gridline.dispatch.people.Scope;
import org.gridline.dispatch.people.User;
import org.gridline.dispatch.route.Ground;
import org.gridline.dispatch.ticket.Ticket;
import org.gridline.dispatch.ticket.TicketStore.Particulars;
import org.gridline.dispatch.ticket.TicketWords;

/** Reading tickets, each through the asker's scope. */
final class Tickets {
  private static final int MOST_REASON = 500;

  private final Office office;
  private final TicketWriter writer;
  private final TicketQuery query;
  private final ComponentWriter components;

  Tickets(Office office, TicketWords words, TicketWriter writer) {
    this.office = office;
    this.writer = writer;
    this.query = new TicketQuery(office, words);
    this.components = new ComponentWriter(office.pack(), office.components().rules());
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/api/v1/tickets", this::list),
        Endpoint.get("/api/v1/tickets/:id", this::show),
        Endpoint.get("/api/v1/tickets/:id/events", this::history),
        Endpoint.post("/api/v1/tickets/:id/caller", this::caller));
  }

  private Answer list(Call call) {
    TicketQuery.Listed page = query.page(call, scope(call.user()));
    ObjectNode node = Json.object();
    node.set("tickets", Json.list(page.tickets(), t -> writer.brief(t, office.clock().instant())));
    page.next().ifPresentOrElse(n -> node.put("next", n), () -> node.putNull("next"));
    page.total().ifPresentOrElse(n -> node.put("total", n), () -> node.putNull("total"));
    return Answer.json(node);
  }

  private Answer show(Call call) {
    Ticket ticket = office.tickets().get(call.id(), scope(call.user()));
    return Answer.json(whole(ticket, call.user()));
  }

  /** The whole ticket as this person may see it. */
  ObjectNode whole(Ticket ticket, User asker) {
    Particulars particulars = office.tickets().particulars(ticket);
    ObjectNode node =
        writer.ticket(ticket, particulars, beside(ticket, asker), asker, office.clock().instant());
    Json.set(node, "componentDetails", component(ticket));
    return node;
  }

  /** Whoever may see a ticket may see the component that it is about. */
  private Optional<ObjectNode> component(Ticket ticket) {
    return ticket
        .matter()
        .component()
        .flatMap(
            code ->
                office
                    .components()
                    .components()
                    .listByCode(List.of(new ComponentCode(code)))
                    .stream()
                    .findFirst())
        .map(components::component);
  }

  /** A history is read only where the ticket itself does not say why it stands where it stands. */
  private Beside beside(Ticket ticket, User asker) {
    boolean told = ticket.owner().filter(o -> !(o.ground() instanceof Ground.ByPerson)).isPresent();
    // Somebody's own step may have moved the ticket out of their scope; they still see the answer.
    if (told || !covers(ticket, asker)) return Beside.nothing();
    List<Entry> history = office.events().history(ticket.id(), scope(asker));
    Beside known = HistoryWriter.beside(history, office.pack().policy().categories(), writer);
    return ticket.owner().isPresent()
        ? new Beside(List.of(), List.of(), known.reason())
        : new Beside(known.suggestions(), known.candidates(), Optional.empty());
  }

  private Answer history(Call call) {
    Scope scope = scope(call.user());
    Ticket ticket = office.tickets().get(call.id(), scope);
    List<Entry> history = office.events().history(ticket.id(), scope);
    Particulars particulars = office.tickets().particulars(ticket);
    Sight sight = Sight.of(ticket, call.user());
    Map<Long, User> users =
        office
            .accounts()
            .listByIds(history.stream().flatMap(e -> e.user().stream()).distinct().toList())
            .stream()
            .collect(Collectors.toMap(User::id, Function.identity()));
    ObjectNode node = Json.object();
    node.set(
        "events",
        Json.list(
            history,
            e ->
                HistoryWriter.event(
                    e, users, sight, particulars, office.pack().city().timeZone())));
    return Answer.json(node);
  }

  private Answer caller(Call call) {
    User asker = call.user();
    if (!asker.may(Permission.Right.SEE_CALLER)) {
      throw new Failure(FailureCode.NOT_PERMITTED, "您的岗位不能查看来电人 · your role does not see callers");
    }
    Fields fields = Fields.of(call.bytes()).only("reason");
    String reason = fields.text("reason").strip();
    if (reason.isEmpty() || reason.length() > MOST_REASON) {
      throw fields.wrong("reason", "请说明理由,最多 500 字 · say why, in at most 500 characters");
    }
    Ticket ticket = office.tickets().get(call.id(), scope(asker));
    // Written down first: a look that can't be recorded does not happen.
    office.tickets().recordLook(ticket, asker.id(), reason, office.clock().instant());
    Particulars particulars = office.tickets().particulars(ticket);
    return Answer.json(
        Json.object()
            .put("name", particulars.caller().map(Caller::name).orElse(""))
            .put("phone", particulars.caller().map(Caller::phone).orElse(""))
            .put("address", particulars.address()));
  }

  Scope scope(User user) {
    return user.scope(office.pack().policy().units());
  }

  boolean covers(Ticket ticket, User user) {
    return scope(user)
        .covers(ticket.place().areaCodes(), ticket.owner().map(Ticket.Owner::unit).orElse(""));
  }
}
