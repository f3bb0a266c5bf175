package org.gridline.console.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.gridline.console.Office;
import org.gridline.console.view.Json;
import org.gridline.console.view.PresenceWriter;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;
import org.gridline.dispatch.people.Permission;
import org.gridline.dispatch.people.Presence;
import org.gridline.dispatch.people.Presence.Look;
import org.gridline.dispatch.people.Presence.Mode;
import org.gridline.dispatch.people.Presence.Online;
import org.gridline.dispatch.people.Presence.Onlooker;
import org.gridline.dispatch.people.Presence.Tab;
import org.gridline.dispatch.people.User;
import org.gridline.dispatch.ticket.Ticket;

/**
 * Who is here and who looks at a ticket. Whoever may not see a ticket neither learns who looks at
 * it nor can say that they do.
 */
public final class PresenceRoutes {
  /** Beyond this a JSON number no longer says which ticket is meant. */
  private static final double MOST_ID = 9_007_199_254_740_991.0;

  private final Office office;
  private final Presence presence;
  private final PresenceWriter writer;

  public PresenceRoutes(Office office, Presence presence) {
    this.office = office;
    this.presence = presence;
    this.writer =
        new PresenceWriter(office.pack().policy().units(), office.pack().city().timeZone());
  }

  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.post("/api/v1/presence", this::beat),
        Endpoint.get("/api/v1/tickets/:id/presence", this::atTicket),
        Endpoint.get("/api/v1/online", this::online));
  }

  private Answer beat(Call call) {
    Fields fields = Fields.of(call.bytes()).only("page", "ticket", "mode", "left");
    String page = fields.text("page");
    if (!Tab.validId(page)) {
      throw fields.wrong("page", "8–40 个字母、数字、- 或 _ · 8 to 40 of A-Z a-z 0-9 - _");
    }
    Tab tab = new Tab(call.user().id(), page);
    if (fields.yes("left")) {
      presence.leave(tab);
      return Answer.empty(204);
    }
    Optional<Mode> mode = fields.findText("mode").map(text -> mode(fields, text));
    Optional<Double> id = fields.findNumber("ticket");
    if (id.isEmpty()) {
      if (mode.isPresent()) throw fields.wrong("ticket", "请指明工单 · say which ticket");
      presence.beat(tab, call.user().unit(), Optional.empty());
      return Answer.json(people(List.of()));
    }
    Ticket ticket = seen(call.user(), tab, id(fields, id.get()));
    Look look = new Look(ticket.id(), mode.orElse(Mode.VIEWING));
    presence.beat(tab, call.user().unit(), Optional.of(look));
    return Answer.json(at(ticket, call.user()));
  }

  /**
   * The ticket, if this person may see it; a tab that shows it no longer may is no longer there.
   */
  private Ticket seen(User user, Tab tab, long id) {
    try {
      return office.tickets().get(id, user.scopeWithChecks(office.pack().policy().units()));
    } catch (Failure failure) {
      if (failure.code() == FailureCode.NOT_FOUND) {
        presence.beat(tab, user.unit(), Optional.empty());
      }
      throw failure;
    }
  }

  private static Mode mode(Fields fields, String text) {
    return switch (text) {
      case "viewing" -> Mode.VIEWING;
      case "editing" -> Mode.EDITING;
      default -> throw fields.wrong("mode", "viewing, editing");
    };
  }

  private static long id(Fields fields, double number) {
    if (number != Math.rint(number) || number < 1 || number > MOST_ID) {
      throw fields.wrong("ticket", "需要工单编号 · a ticket's id is needed");
    }
    return (long) number;
  }

  private Answer atTicket(Call call) {
    User asker = call.user();
    Ticket ticket =
        office.tickets().get(call.id(), asker.scopeWithChecks(office.pack().policy().units()));
    return Answer.json(at(ticket, asker));
  }

  /** The asker's own windows are no colleagues. */
  private ObjectNode at(Ticket ticket, User asker) {
    List<Onlooker> others =
        presence.listAt(ticket.id()).stream().filter(o -> o.user() != asker.id()).toList();
    if (others.isEmpty()) return people(List.of());
    Map<Long, User> users =
        office.accounts().listByIds(others.stream().map(Onlooker::user).toList()).stream()
            .collect(Collectors.toMap(User::id, Function.identity()));
    return people(
        others.stream()
            .map(o -> writer.onlooker(o, Optional.ofNullable(users.get(o.user())), ticket, asker))
            .toList());
  }

  private static ObjectNode people(List<ObjectNode> people) {
    ObjectNode node = Json.object();
    node.set("people", Json.list(people, p -> p));
    return node;
  }

  private Answer online(Call call) {
    if (!call.user().may(Permission.Right.WATCH_MAP)) {
      throw new Failure(FailureCode.NOT_PERMITTED, "您的岗位不能查看在线人员 · not a task of your role");
    }
    List<Online> online = presence.listOnline();
    Map<String, Long> byUnit =
        online.stream()
            .collect(
                Collectors.groupingBy(
                    o -> o.unit().orElse(""), TreeMap::new, Collectors.counting()));
    ObjectNode node = Json.object().put("people", online.size());
    node.set(
        "units",
        Json.list(byUnit.entrySet(), e -> writer.unit(e.getKey(), Math.toIntExact(e.getValue()))));
    return Answer.json(node);
  }
}
