package org.gridline.console.view;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.gridline.console.components.ImportRuns;
import org.gridline.dispatch.Names;
import org.gridline.dispatch.city.CityPack;
import org.gridline.dispatch.component.Component;
import org.gridline.dispatch.component.ComponentChange;
import org.gridline.dispatch.component.ComponentClass;
import org.gridline.dispatch.component.ComponentRules;
import org.gridline.dispatch.component.ComponentState;
import org.gridline.dispatch.component.Components.Nearby;
import org.gridline.dispatch.component.Components.Tally;
import org.gridline.dispatch.component.ImportComponents.Report;
import org.gridline.dispatch.component.OwnerRole;
import org.gridline.dispatch.component.Owners;
import org.gridline.dispatch.event.Actor;
import org.gridline.dispatch.people.User;
import org.gridline.dispatch.route.Unit;
import org.gridline.dispatch.route.UnitTree;

/** Components as JSON, with the names that the pack gives their codes. Thread-safe. */
public final class ComponentWriter {
  private final ComponentRules rules;
  private final UnitTree units;
  private final ZoneId zone;

  public ComponentWriter(CityPack pack, ComponentRules rules) {
    this.rules = rules;
    this.units = pack.policy().units();
    this.zone = pack.city().timeZone();
  }

  /** What a page needs to name classes, states and owners. */
  public ObjectNode vocabulary() {
    ObjectNode node = Json.object();
    node.set("classes", Json.list(rules.classes().list(), this::type));
    node.set(
        "states", Json.list(Arrays.asList(ComponentState.values()), s -> named(s.id(), s.label())));
    node.set("owners", Json.list(rules.ownerOrder(), r -> named(r.id(), r.label())));
    node.put("digits", rules.code().digits());
    node.put("nearMetres", rules.nearMetres());
    return node;
  }

  private static ObjectNode named(String id, Names names) {
    return Json.object().put("id", id).set("name", Json.names(names));
  }

  private ObjectNode type(ComponentClass type) {
    ObjectNode node =
        Json.object()
            .put("kind", type.key().kind())
            .put("code", type.key().code())
            .put("name", type.name().zh())
            .put("nameEn", type.name().en());
    ArrayNode reports = node.putArray("reports");
    type.reports().forEach(r -> reports.add(r.kind() + ":" + r.code()));
    return node;
  }

  public ObjectNode component(Component c) {
    Names type =
        rules
            .classes()
            .find(c.type())
            .map(ComponentClass::name)
            .orElse(new Names(c.type().code(), c.type().code()));
    ObjectNode node = Json.object();
    node.put("code", c.code().text());
    node.set(
        "class",
        Json.object()
            .put("kind", c.type().kind())
            .put("code", c.type().code())
            .put("name", type.zh())
            .put("nameEn", type.en()));
    node.put("name", c.name());
    node.set("position", Json.position(c.position()));
    node.set(
        "areas",
        Json.list(
            c.areas(),
            a ->
                Json.object().put("layer", a.layer()).put("code", a.code()).put("name", a.name())));
    node.put("boundaryVersion", c.boundaryVersion());
    node.set("owners", owners(c.owners()));
    node.put("state", c.state().id());
    node.set("stateName", Json.names(c.state().label()));
    node.put("since", c.since().toString());
    node.put("changedOn", c.changedOn().toString());
    node.put("source", c.source());
    node.put("note", c.note());
    node.put("synthetic", c.origin() == Component.Origin.SYNTHETIC);
    node.put("version", c.version());
    return node;
  }

  /** With how far it is, for searches around a point. */
  public ObjectNode nearby(Nearby near) {
    return component(near.component()).put("metres", Math.round(near.metres() * 10) / 10.0);
  }

  private ArrayNode owners(Owners owners) {
    return Json.list(
        Arrays.stream(OwnerRole.values()).filter(r -> owners.find(r).isPresent()).toList(),
        r -> owner(r, owners.find(r).orElseThrow()));
  }

  private ObjectNode owner(OwnerRole role, String code) {
    Optional<Names> name = units.find(code).map(Unit::name);
    ObjectNode node = Json.object().put("role", role.id());
    node.set("roleName", Json.names(role.label()));
    return node.put("unit", code)
        .put("name", name.map(Names::zh).orElse(code))
        .put("nameEn", name.map(Names::en).orElse(code))
        .put("known", name.isPresent());
  }

  /** One row of history; {@code users} are those who acted, by id. */
  public ObjectNode change(ComponentChange change, Map<Long, User> users) {
    ObjectNode node = Json.object();
    node.put("version", change.version());
    node.put("at", Json.time(change.at(), zone));
    node.put("what", change.what().name().toLowerCase(Locale.ROOT));
    switch (change.by()) {
      case Actor.Person(var id, var unit, _) -> {
        Json.put(node, "user", Optional.ofNullable(users.get(id)).map(u -> u.name().zh()));
        node.putNull("rule");
      }
      case Actor.Rule(var rule) -> node.putNull("user").put("rule", rule);
    }
    Json.put(node, "stateBefore", change.before().map(ComponentState::id));
    node.put("stateAfter", change.after().id());
    Json.set(node, "from", change.from().map(Json::position));
    node.set("to", Json.position(change.to()));
    change
        .details()
        .ifPresent(
            d -> {
              node.put("nameBefore", d.nameBefore()).put("nameAfter", d.nameAfter());
              node.set("ownersBefore", owners(d.ownersBefore()));
              node.set("ownersAfter", owners(d.ownersAfter()));
            });
    node.put("why", change.why());
    if (change.ticket().isPresent()) node.put("ticket", change.ticket().getAsLong());
    else node.putNull("ticket");
    return node;
  }

  public ObjectNode run(ImportRuns.Run run) {
    Report report = run.report();
    Tally tally = report.tally();
    ObjectNode node = Json.object();
    node.put("id", run.id());
    node.put("name", run.name());
    node.put("at", Json.time(run.at(), zone));
    node.put("state", run.state().name().toLowerCase(Locale.ROOT));
    Json.put(node, "problem", Optional.of(run.problem()).filter(p -> !p.isEmpty()));
    node.put("accepted", report.accepted());
    node.put("rejected", report.rejected());
    node.put("added", tally.added());
    node.put("changed", tally.changed());
    node.put("unchanged", tally.unchanged());
    node.put("kept", tally.kept());
    node.set(
        "rejections",
        Json.list(
            report.told(),
            r ->
                Json.object()
                    .put("line", r.line())
                    .put("code", r.code())
                    .put("reason", r.reason())));
    return node;
  }
}
