package org.gridline.console.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.gridline.console.Office;
import org.gridline.console.measure.Measures;
import org.gridline.console.view.AttachmentWriter;
import org.gridline.console.view.CityWriter;
import org.gridline.console.view.Json;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;
import org.gridline.dispatch.evidence.Enclosure;
import org.gridline.dispatch.people.Permission;
import org.gridline.dispatch.people.User;
import org.gridline.dispatch.ticket.ActOnTicket;
import org.gridline.dispatch.ticket.Action;
import org.gridline.dispatch.ticket.ActionField;
import org.gridline.dispatch.ticket.ActionKind;
import org.gridline.dispatch.ticket.Ticket;

/** What somebody may do with a ticket, and doing it. */
final class Actions {
  /** Members of every action; the others are those of its form. */
  private static final List<String> BESIDE =
      List.of("action", "version", "attachments", "attachmentException");

  private final Office office;
  private final Tickets tickets;
  private final Measures measures;

  Actions(Office office, Tickets tickets, Measures measures) {
    this.office = office;
    this.tickets = tickets;
    this.measures = measures;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/api/v1/tickets/:id/actions", this::offer),
        Endpoint.post("/api/v1/tickets/:id/actions", this::act));
  }

  private Answer offer(Call call) {
    Ticket ticket = get(call);
    ObjectNode node = Json.object().put("version", ticket.version());
    node.set(
        "actions",
        Json.list(
            office.decide().offer(ticket, call.user(), office.clock().instant()),
            kind -> wanted(CityWriter.action(kind, office.forms()), ticket, kind)));
    return Answer.json(node);
  }

  /** What evidence the city's rule asks for; null where it asks for none. */
  private ObjectNode wanted(ObjectNode action, Ticket ticket, ActionKind kind) {
    Json.set(
        action,
        "evidence",
        office.evidence().enclose().wanted(ticket, kind).map(AttachmentWriter::wanted));
    return action;
  }

  private Answer act(Call call) {
    Fields fields = Fields.of(call.bytes());
    ActionKind kind =
        ActionKind.find(fields.text("action"))
            .orElseThrow(() -> fields.wrong("action", "没有此操作 · no such action"));
    try {
      Answer.Full answer = act(call, fields, kind);
      measures.acted(kind, answer.status() == 200 ? "done" : Problems.code(answer));
      return answer;
    } catch (Failure failure) {
      measures.acted(kind, failure.code().id());
      throw failure;
    }
  }

  private Answer.Full act(Call call, Fields fields, ActionKind kind) {
    int version = fields.count("version");
    Action action;
    Enclosure enclosure;
    try {
      action = read(kind, fields);
      enclosure =
          new Enclosure(
              fields.ids("attachments"), fields.findText("attachmentException").orElse(""));
    } catch (Failure badForm) {
      return explain(call, kind, version, badForm);
    }
    try {
      ActOnTicket.Outcome outcome =
          action instanceof Action.Split split
              ? office.splitTicket().split(get(call), version, split, enclosure, call.user())
              : office.actOnTicket().act(call.id(), version, action, enclosure, call.user());
      return switch (outcome) {
        case ActOnTicket.Outcome.Done(var ticket) ->
            Answer.json(tickets.whole(ticket, call.user()));
        case ActOnTicket.Outcome.Conflict(var current) -> conflict(current, call.user());
      };
    } catch (Failure failure) {
      if (failure.code() != FailureCode.ILLEGAL_ACTION) throw failure;
      List<String> others = legal(get(call)).stream().filter(id -> !id.equals(kind.id())).toList();
      return Problems.illegal(failure, others);
    }
  }

  private Action read(ActionKind kind, Fields fields) {
    Map<String, Object> answers = fields.others(BESIDE);
    Set<String> unknown = new HashSet<>(answers.keySet());
    unknown.removeAll(
        office.forms().fields(kind).stream().map(ActionField::name).collect(Collectors.toSet()));
    for (String name : unknown) throw fields.unknown(name);
    return office.forms().read(kind, answers);
  }

  /** A badly filled form matters only to somebody who could send a good one. */
  private Answer.Full explain(Call call, ActionKind kind, int version, Failure badForm) {
    Ticket ticket = get(call);
    if (office.actOnTicket().missedSomething(ticket, version)) return conflict(ticket, call.user());
    List<String> legal = legal(ticket);
    if (!legal.contains(kind.id())) {
      return Problems.illegal(
          new Failure(FailureCode.ILLEGAL_ACTION, "可行的操作 · possible: " + String.join(", ", legal)),
          legal);
    }
    if (!call.user().may(new Permission.Act(kind))) {
      throw new Failure(
          FailureCode.NOT_PERMITTED, "您的岗位不能" + kind.label().zh() + " · not a task of your role");
    }
    throw badForm;
  }

  private Answer.Full conflict(Ticket current, User asker) {
    if (!tickets.covers(current, asker)) {
      throw new Failure(FailureCode.NOT_FOUND, "工单已转出您的范围 · it has left your scope");
    }
    return Problems.conflict(tickets.whole(current, asker));
  }

  private List<String> legal(Ticket ticket) {
    return office.decide().legal(ticket, office.clock().instant()).stream()
        .map(ActionKind::id)
        .toList();
  }

  private Ticket get(Call call) {
    return office.tickets().get(call.id(), tickets.scope(call.user()));
  }
}
