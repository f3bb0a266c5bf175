package org.gridline.console.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.gridline.console.Office;
import org.gridline.console.view.Json;
import org.gridline.console.view.PrivacyWriter;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;
import org.gridline.dispatch.city.City;
import org.gridline.dispatch.event.Actor;
import org.gridline.dispatch.people.Permission.Right;
import org.gridline.dispatch.people.Scope;
import org.gridline.dispatch.people.User;
import org.gridline.dispatch.privacy.Callers;
import org.gridline.dispatch.privacy.Callers.Merge;
import org.gridline.dispatch.privacy.Callers.Undone;
import org.gridline.dispatch.privacy.Erasure;
import org.gridline.dispatch.privacy.ForgetPeople;
import org.gridline.dispatch.privacy.ForgetPeople.Whom;
import org.gridline.dispatch.ticket.Ticket;
import org.gridline.hotline.number.CallerNumber;

/** Forgetting people, telling callers who opened their case, and joining two records of one. */
public final class PrivacyRoutes {
  private static final int MOST = 200;

  private final Office office;
  private final ForgetPeople forget;
  private final PrivacyWriter writer;

  public PrivacyRoutes(Office office, ForgetPeople forget) {
    this.office = office;
    this.forget = forget;
    this.writer = new PrivacyWriter(office.pack());
  }

  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.post("/api/v1/erasures", this::request),
        Endpoint.get("/api/v1/erasures", this::list),
        Endpoint.post("/api/v1/erasures/:id/decision", this::decide),
        Endpoint.get("/api/v1/tickets/:id/opened", this::opened),
        Endpoint.post("/api/v1/caller-merges", this::merge),
        Endpoint.get("/api/v1/caller-merges", this::merges),
        Endpoint.post("/api/v1/caller-merges/:id/undo", this::undo));
  }

  private Answer request(Call call) {
    Fields fields = Fields.of(call.bytes()).only("phone", "ticket", "ground");
    Erasure.Ground ground =
        Erasure.Ground.find(fields.text("ground"))
            .filter(g -> g != Erasure.Ground.RETENTION)
            .orElseThrow(() -> fields.wrong("ground", "request, mistake"));
    Erasure asked = forget.request(whom(fields), ground, call.user());
    return Answer.json(201, writer.erasure(asked, people(List.of(asked))))
        .with("Location", "/api/v1/erasures/" + asked.id());
  }

  private Whom whom(Fields fields) {
    Optional<String> phone = fields.findText("phone");
    Optional<String> ticket = fields.findText("ticket");
    if (phone.isPresent() == ticket.isPresent())
      throw fields.wrong("phone", "写电话或工单编号之一 · a phone or a ticket's number, one of them");
    City city = office.pack().city();
    return phone
        .<Whom>map(
            p ->
                new Whom.ByPhone(
                    CallerNumber.parse(p, city.regionCode(), city.phoneAreaCode()).e164()))
        .orElseGet(() -> new Whom.ByTicket(ticket.orElseThrow().strip()));
  }

  private Answer list(Call call) {
    List<Erasure> all = forget.list(call.user(), MOST);
    Map<Long, User> people = people(all);
    ObjectNode node = Json.object();
    node.set("erasures", Json.list(all, e -> writer.erasure(e, people)));
    return Answer.json(node);
  }

  /** Who asked and who decided. */
  private Map<Long, User> people(List<Erasure> erasures) {
    return users(
        erasures.stream()
            .flatMap(
                e ->
                    Stream.concat(
                        e.asked() instanceof Actor.Person p
                            ? p.selves().stream()
                            : Stream.<Long>empty(),
                        e.decidedBy().stream())));
  }

  private Map<Long, User> users(Stream<Long> ids) {
    return office.accounts().listByIds(ids.distinct().toList()).stream()
        .collect(Collectors.toMap(User::id, Function.identity()));
  }

  private Answer decide(Call call) {
    Fields fields = Fields.of(call.bytes()).only("decision");
    Erasure decided =
        switch (fields.text("decision")) {
          case "approve" -> forget.approve(call.id(), call.user());
          case "refuse" -> forget.refuse(call.id(), call.user());
          case "withdraw" -> forget.withdraw(call.id(), call.user());
          default -> throw fields.wrong("decision", "approve, refuse, withdraw");
        };
    return Answer.json(writer.erasure(decided, people(List.of(decided))));
  }

  /** For whoever speaks with the caller, to tell them. */
  private Answer opened(Call call) {
    speaks(call.user());
    Ticket ticket = office.tickets().get(call.id(), scope(call.user()));
    ObjectNode node = Json.object();
    node.set("units", Json.list(office.callers().listOpened(ticket.id()), writer::opening));
    return Answer.json(node);
  }

  private Answer merge(Call call) {
    speaks(call.user());
    Fields fields = Fields.of(call.bytes()).only("keep", "merge");
    Scope scope = scope(call.user());
    Ticket keep = office.tickets().get(id(fields, "keep"), scope);
    Ticket merge = office.tickets().get(id(fields, "merge"), scope);
    long id = callers().merge(keep, merge, call.user().id(), office.clock().instant());
    return Answer.json(201, Json.object().put("id", id));
  }

  /** Of one ticket's caller, or the newest of all. */
  private Answer merges(Call call) {
    speaks(call.user());
    Scope scope = scope(call.user());
    List<Merge> merges =
        call.query("ticket")
            .map(id -> callers().listMerges(office.tickets().get(ticket(id), scope), scope))
            .orElseGet(() -> callers().listMerges(scope, MOST));
    Map<Long, User> users =
        users(
            merges.stream()
                .flatMap(
                    m -> Stream.concat(Stream.of(m.by()), m.undone().map(Undone::by).stream())));
    Map<Long, Ticket> tickets =
        office
            .tickets()
            .listById(
                merges.stream()
                    .flatMap(m -> Stream.concat(m.kept().stream(), m.merged().stream()))
                    .distinct()
                    .toList())
            .stream()
            .collect(Collectors.toMap(Ticket::id, Function.identity()));
    ObjectNode node = Json.object();
    node.set("merges", Json.list(merges, m -> writer.merge(m, tickets, users)));
    return Answer.json(node);
  }

  private static long ticket(String id) {
    try {
      return Long.parseLong(id);
    } catch (NumberFormatException e) {
      throw Failure.atField(FailureCode.INVALID_REQUEST, "ticket", "需要编号 · an id is needed");
    }
  }

  private Answer undo(Call call) {
    speaks(call.user());
    if (!callers().undo(call.id(), scope(call.user()), call.user().id(), office.clock().instant()))
      throw new Failure(FailureCode.NOT_FOUND, "没有此合并，或已撤销 · no such merge, or taken back");
    return Answer.empty(204);
  }

  private Callers callers() {
    return office.callers();
  }

  private static long id(Fields fields, String name) {
    return fields.findId(name).orElseThrow(() -> fields.wrong(name, "必填 · needed"));
  }

  private static void speaks(User user) {
    if (!user.may(Right.SEE_CALLER))
      throw new Failure(FailureCode.NOT_PERMITTED, "您的岗位不能查看来电人 · your role does not see callers");
  }

  private Scope scope(User user) {
    return user.scope(office.pack().policy().units());
  }
}
