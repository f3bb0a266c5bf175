package org.gridline.console.view;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.gridline.dispatch.Names;
import org.gridline.dispatch.city.CityPack;
import org.gridline.dispatch.event.Actor;
import org.gridline.dispatch.people.User;
import org.gridline.dispatch.privacy.Callers.Merge;
import org.gridline.dispatch.privacy.Callers.Opening;
import org.gridline.dispatch.privacy.CaseAudit.Looked;
import org.gridline.dispatch.privacy.CaseAudit.Opened;
import org.gridline.dispatch.privacy.Erasure;
import org.gridline.dispatch.privacy.Purpose;
import org.gridline.dispatch.route.Unit;
import org.gridline.dispatch.ticket.Ticket;

/** Erasures, merges, openings and looks as JSON; none of them names a caller. */
public final class PrivacyWriter {
  private final CityPack pack;

  public PrivacyWriter(CityPack pack) {
    this.pack = pack;
  }

  /**
   * @param users who asked and who decided
   */
  public ObjectNode erasure(Erasure erasure, Map<Long, User> users) {
    ObjectNode node = Json.object();
    node.put("id", erasure.id());
    node.put("ground", erasure.ground().id());
    node.put("state", erasure.state().name().toLowerCase(Locale.ROOT));
    node.put("tickets", erasure.tickets());
    node.put("openTickets", erasure.open());
    node.put("toldTickets", erasure.told());
    node.put("requestedAt", Json.time(erasure.askedAt(), pack.city().timeZone()));
    switch (erasure.asked()) {
      case Actor.Person(var user, _, var other) -> {
        Json.set(node, "requestedBy", BoundaryWriter.person(user, users));
        Json.set(node, "requestedFor", other.flatMap(o -> BoundaryWriter.person(o, users)));
        node.putNull("rule");
      }
      case Actor.Rule(var rule) ->
          node.putNull("requestedBy").putNull("requestedFor").put("rule", rule);
    }
    Json.set(
        node, "decidedBy", erasure.decidedBy().flatMap(by -> BoundaryWriter.person(by, users)));
    Json.put(
        node, "decidedAt", erasure.decidedAt().map(at -> Json.time(at, pack.city().timeZone())));
    Json.put(node, "doneAt", erasure.doneAt().map(at -> Json.time(at, pack.city().timeZone())));
    return node;
  }

  /**
   * @param tickets those that it names, at least
   * @param users who merged and who took it back
   */
  public ObjectNode merge(Merge merge, Map<Long, Ticket> tickets, Map<Long, User> users) {
    ObjectNode node = Json.object().put("id", merge.id());
    Json.set(node, "by", BoundaryWriter.person(merge.by(), users));
    node.put("at", Json.time(merge.at(), pack.city().timeZone()));
    node.set("keep", numbers(merge.kept(), tickets));
    node.set("merge", numbers(merge.merged(), tickets));
    Json.set(node, "undoneBy", merge.undone().flatMap(u -> BoundaryWriter.person(u.by(), users)));
    Json.put(node, "undoneAt", merge.undone().map(u -> Json.time(u.at(), pack.city().timeZone())));
    return node;
  }

  private static ArrayNode numbers(List<Long> ids, Map<Long, Ticket> tickets) {
    return Json.list(
        ids.stream().map(tickets::get).filter(Objects::nonNull).toList(),
        t -> Json.object().put("id", t.id()).put("number", t.number()));
  }

  /** For auditors. */
  public ObjectNode opened(Opened opened, Map<Long, User> users) {
    ObjectNode node = Json.object();
    node.set("ticket", Json.object().put("id", opened.ticket()).put("number", opened.number()));
    Json.set(node, "user", BoundaryWriter.person(opened.user(), users));
    Json.put(node, "unit", opened.unit());
    return node.put("firstAt", Json.time(opened.firstAt(), pack.city().timeZone()))
        .put("lastAt", Json.time(opened.lastAt(), pack.city().timeZone()));
  }

  /** For auditors; not the reason, which may name people. */
  public ObjectNode looked(Looked looked, Map<Long, User> users) {
    ObjectNode node = Json.object().put("id", looked.id());
    node.set("ticket", Json.object().put("id", looked.ticket()).put("number", looked.number()));
    Json.set(node, "user", BoundaryWriter.person(looked.user(), users));
    return node.put("purpose", looked.purpose())
        .put("at", Json.time(looked.at(), pack.city().timeZone()));
  }

  public ObjectNode opening(Opening opening) {
    Optional<Names> name =
        opening.unit().flatMap(u -> pack.policy().units().find(u)).map(Unit::name);
    ObjectNode node = Json.object();
    Json.put(node, "unit", opening.unit());
    Json.put(node, "name", name.map(Names::zh).or(opening::unit));
    Json.put(node, "nameEn", name.map(Names::en).or(opening::unit));
    return node.put("people", opening.people())
        .put("firstAt", Json.time(opening.firstAt(), pack.city().timeZone()))
        .put("lastAt", Json.time(opening.lastAt(), pack.city().timeZone()));
  }

  /** What somebody may look at a caller for. */
  public static ObjectNode purpose(Purpose purpose) {
    return Json.object().put("id", purpose.id()).set("name", Json.names(purpose.label()));
  }
}
