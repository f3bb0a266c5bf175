package org.gridline.console.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.gridline.console.Office;
import org.gridline.console.view.BlindCheck;
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
import org.gridline.dispatch.privacy.Purpose;
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
  private final OpenedCases opened;
  private final ComponentWriter components;
  private final Elsewhere elsewhere;

  Tickets(Office office, TicketWords words, TicketWriter writer) {
    this.office = office;
    this.writer = writer;
    this.query = new TicketQuery(office, words);
    this.opened = new OpenedCases(office);
    this.elsewhere = new Elsewhere(office);
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
    node.set(
        "tickets",
        Json.list(page.tickets(), t -> writer.brief(t, call.user(), office.clock().instant())));
    page.next().ifPresentOrElse(n -> node.put("next", n), () -> node.putNull("next"));
    page.total().ifPresentOrElse(n -> node.put("total", n), () -> node.putNull("total"));
    return Answer.json(node);
  }

  private Answer show(Call call) {
    Ticket ticket = office.tickets().get(call.id(), scope(call.user()));
    opened.note(ticket, call.user());
    return Answer.json(whole(ticket, call.user()));
  }

  /** The whole ticket as this person may see it. */
  ObjectNode whole(Ticket ticket, User asker) {
    Particulars particulars = office.tickets().particulars(ticket);
    ObjectNode node =
        writer.ticket(ticket, particulars, beside(ticket, asker), asker, office.clock().instant());
    // A component names who maintains it, and so who handled the ticket.
    boolean blind = BlindCheck.binds(ticket, asker);
    Json.set(node, "componentDetails", blind ? Optional.empty() : component(ticket));
    Json.set(node, "checker", BlindCheck.knowsTheDraw(asker) ? checker(ticket) : Optional.empty());
    elsewhere.hideFromTicket(node, other -> covers(other, asker));
    return node;
  }

  /** Whom the lot fell on, while the ticket waits for its check. */
  private Optional<ObjectNode> checker(Ticket ticket) {
    return ticket
        .progress()
        .life()
        .check()
        .flatMap(c -> office.accounts().listByIds(List.of(c.checker())).stream().findFirst())
        .map(HistoryWriter::actor);
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
    if (told || BlindCheck.binds(ticket, asker) || !covers(ticket, asker)) return Beside.nothing();
    List<Entry> history = office.events().history(ticket.id(), scope(asker));
    Beside known = HistoryWriter.beside(history, office.pack().policy().categories(), writer);
    return ticket.owner().isPresent()
        ? new Beside(List.of(), List.of(), known.reason())
        : new Beside(known.suggestions(), known.candidates(), Optional.empty());
  }

  private Answer history(Call call) {
    Scope scope = scope(call.user());
    Ticket ticket = office.tickets().get(call.id(), scope);
    List<Entry> whole = office.events().history(ticket.id(), scope);
    boolean blind = BlindCheck.binds(ticket, call.user());
    List<Entry> history = blind ? BlindCheck.history(whole) : whole;
    Particulars particulars = office.tickets().particulars(ticket);
    Sight sight = Sight.of(ticket, call.user());
    Map<Long, User> users =
        office.accounts().listByIds(HistoryWriter.people(history)).stream()
            .collect(Collectors.toMap(User::id, Function.identity()));
    ObjectNode node = Json.object();
    node.set(
        "events",
        Json.list(
            history,
            e -> {
              ObjectNode event =
                  HistoryWriter.event(
                      e, users, sight, particulars, office.pack().city().timeZone());
              if (!BlindCheck.knowsTheDraw(call.user())) HistoryWriter.withoutDraw(event);
              return blind ? BlindCheck.begun(event) : event;
            }));
    elsewhere.hideFromHistory(node, other -> covers(other, call.user()));
    return Answer.json(node);
  }

  private Answer caller(Call call) {
    User asker = call.user();
    if (!asker.may(Permission.Right.SEE_CALLER)) {
      throw new Failure(FailureCode.NOT_PERMITTED, "您的岗位不能查看来电人 · your role does not see callers");
    }
    Fields fields = Fields.of(call.bytes()).only("purpose", "reason");
    Purpose purpose =
        Purpose.find(fields.text("purpose"))
            .orElseThrow(() -> fields.wrong("purpose", "没有此用途 · no such purpose"));
    String reason = fields.text("reason").strip();
    if (reason.isEmpty() || reason.length() > MOST_REASON) {
      throw fields.wrong("reason", "请说明理由,最多 500 字 · say why, in at most 500 characters");
    }
    Ticket ticket = office.tickets().get(call.id(), scope(asker));
    // Written down first: a look that can't be recorded does not happen.
    office.tickets().recordLook(ticket, asker.id(), purpose, reason, office.clock().instant());
    Particulars particulars = office.tickets().particulars(ticket);
    return Answer.json(
        Json.object()
            .put("name", particulars.caller().map(Caller::name).orElse(""))
            .put("phone", particulars.caller().map(Caller::phone).orElse(""))
            .put("address", particulars.address()));
  }

  Scope scope(User user) {
    return user.scopeWithChecks(office.pack().policy().units());
  }

  boolean covers(Ticket ticket, User user) {
    Scope scope = scope(user);
    return scope.covers(
            ticket.place().codesNow(), ticket.owner().map(Ticket.Owner::unit).orElse(""))
        || ticket.progress().life().parts().stream()
            .anyMatch(part -> scope.covers(List.of(), part.unit()))
        || ticket.progress().life().check().stream()
            .anyMatch(c -> scope.covers(List.of(), Scope.drawn(c.checker())));
  }
}
