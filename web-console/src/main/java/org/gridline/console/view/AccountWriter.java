package org.gridline.console.view;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gridline.dispatch.people.Accounts.OpenSession;
import org.gridline.dispatch.people.AdminKind;
import org.gridline.dispatch.people.PeopleLog;
import org.gridline.dispatch.people.Person;
import org.gridline.dispatch.people.PersonChange;
import org.gridline.dispatch.people.Proposals.Proposal;
import org.gridline.dispatch.people.Role;
import org.gridline.dispatch.people.SignInPolicy;
import org.gridline.dispatch.people.User;

/** Accounts, proposals and the people log as JSON, for administrators. */
public final class AccountWriter {
  private final ZoneId zone;

  public AccountWriter(ZoneId zone) {
    this.zone = zone;
  }

  public ObjectNode person(Person p) {
    ObjectNode node = Json.object();
    node.put("id", p.id());
    node.put("user", p.login());
    node.put("name", p.name().zh());
    node.put("nameEn", p.name().en());
    Json.put(node, "unit", p.unit());
    node.set("areas", Json.texts(p.areas()));
    node.set("roles", Json.texts(p.roles()));
    node.put("state", p.state().name().toLowerCase(java.util.Locale.ROOT));
    node.put("passwordSet", p.passwordSet());
    node.put("secondFactor", p.secondFactor());
    node.put("locked", p.locked());
    node.put("createdAt", Json.time(p.createdAt(), zone));
    Json.put(node, "lastSignIn", p.lastSignIn().map(at -> Json.time(at, zone)));
    node.put("version", p.version());
    return node;
  }

  public static ObjectNode role(Role role) {
    ObjectNode node = Json.object();
    node.put("id", role.id());
    node.set("name", Json.names(role.name()));
    node.put("scope", role.reach().name().toLowerCase(java.util.Locale.ROOT));
    Json.put(node, "admin", role.admin().map(AdminKind::id));
    node.set(
        "permissions", Json.texts(role.permissions().stream().map(p -> p.id()).sorted().toList()));
    return node;
  }

  public ObjectNode proposal(Proposal p, Map<Long, User> users) {
    ObjectNode node = Json.object();
    node.put("id", p.id());
    node.put("change", p.change().id());
    Json.set(node, "subject", BoundaryWriter.person(p.subject(), users));
    switch (p.change()) {
      case PersonChange.Assign(var unit, var areas, var roles) -> {
        Json.put(node, "unit", unit);
        node.set("areas", Json.texts(areas));
        node.set("roles", Json.texts(roles));
      }
      case PersonChange.Rename(var name) -> node.put("name", name.zh()).put("nameEn", name.en());
      case PersonChange.Plain _ -> {}
    }
    node.put("why", p.why());
    Json.set(node, "proposedBy", BoundaryWriter.person(p.proposedBy(), users));
    node.put("proposedAt", Json.time(p.proposedAt(), zone));
    node.put("expiresAt", Json.time(p.expiresAt(), zone));
    Json.set(
        node,
        "decided",
        p.decided()
            .map(
                d -> {
                  ObjectNode decided = Json.object();
                  Json.set(decided, "by", BoundaryWriter.person(d.by(), users));
                  return decided.put("at", Json.time(d.at(), zone)).put("confirmed", d.confirmed());
                }));
    return node;
  }

  public ObjectNode line(PeopleLog.Line l, Map<Long, User> users) {
    ObjectNode node = Json.object();
    node.put("id", l.id());
    node.put("at", Json.time(l.at(), zone));
    node.put("kind", l.kind());
    Json.set(node, "actor", l.actor().flatMap(id -> BoundaryWriter.person(id, users)));
    Json.set(node, "subject", l.subject().flatMap(id -> BoundaryWriter.person(id, users)));
    l.request().ifPresentOrElse(id -> node.put("request", id), () -> node.putNull("request"));
    node.set("before", told(l.before()));
    node.set("after", told(l.after()));
    node.put("why", l.why());
    return node;
  }

  private static ObjectNode told(Map<String, String> told) {
    ObjectNode node = Json.object();
    told.forEach(node::put);
    return node;
  }

  public static ObjectNode policy(SignInPolicy p) {
    return Json.object()
        .put("version", p.version())
        .put("leastLength", p.leastLength())
        .put("history", p.history())
        .put("rotationDays", p.rotationDays())
        .put("mostFailures", p.mostFailures())
        .put("lockMinutes", p.lockMinutes())
        .put("sessionHours", p.sessionHours())
        .put("secondFactor", p.secondFactor().name().toLowerCase(java.util.Locale.ROOT));
  }

  public ObjectNode sessions(List<OpenSession> open, long current) {
    ObjectNode node = Json.object();
    node.set(
        "sessions",
        Json.list(
            open,
            s ->
                Json.object()
                    .put("id", s.id())
                    .put("current", s.id() == current)
                    .put("agent", s.agent())
                    .put("openedAt", Json.time(s.openedAt(), zone))
                    .put("expiresAt", Json.time(s.expiresAt(), zone))));
    return node;
  }

  /** A time or {@code null}. */
  public void time(ObjectNode node, String member, Optional<java.time.Instant> at) {
    Json.put(node, member, at.map(t -> Json.time(t, zone)));
  }
}
