package org.gridline.console.view;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.gridline.dispatch.Names;
import org.gridline.dispatch.city.City;
import org.gridline.dispatch.city.CityPack;
import org.gridline.dispatch.city.CityPack.SamplePerson;
import org.gridline.dispatch.classify.Category;
import org.gridline.dispatch.deadline.Clock;
import org.gridline.dispatch.deadline.Lamp;
import org.gridline.dispatch.ground.LayerNote;
import org.gridline.dispatch.people.Role;
import org.gridline.dispatch.route.Unit;
import org.gridline.dispatch.ticket.ActionField;
import org.gridline.dispatch.ticket.ActionForm;
import org.gridline.dispatch.ticket.ActionKind;
import org.gridline.dispatch.ticket.Flag;
import org.gridline.dispatch.ticket.Policy.Choice;
import org.gridline.dispatch.ticket.Stage;
import org.gridline.dispatch.ticket.TicketState;

/** The city pack as JSON. */
public final class CityWriter {
  private CityWriter() {}

  /**
   * @param layers those of the ground that holds
   */
  public static ObjectNode city(CityPack pack, List<LayerNote> layers) {
    City city = pack.city();
    boolean sample = city.kind() == City.Kind.SAMPLE;
    ObjectNode node = Json.object();
    node.set("name", Json.names(city.name()));
    Json.set(node, "note", city.note().map(Json::names));
    node.put("sample", sample);
    node.set("languages", Json.texts(city.languages()));
    node.put("timeZone", city.timeZone().getId());
    node.set(
        "center",
        Json.object()
            .put("lon", city.center().lon())
            .put("lat", city.center().lat())
            .put("zoom", city.zoom()));
    node.set("layers", Json.list(layers, CityWriter::layer));
    // A real city never shows who can sign in, even if a folder of it should hold people.
    node.set(
        "signIns", sample ? Json.list(pack.people(), p -> signIn(p, pack.roles())) : Json.array());
    return node;
  }

  static ObjectNode layer(LayerNote layer) {
    ObjectNode node = Json.object();
    node.put("id", layer.id());
    Json.put(node, "role", layer.role());
    node.set("name", Json.names(layer.name()));
    return node;
  }

  private static ObjectNode signIn(SamplePerson person, List<Role> roles) {
    ObjectNode node = Json.object();
    node.put("user", person.login());
    node.put("password", person.password());
    node.put("name", person.name().zh());
    node.put("nameEn", person.name().en());
    ArrayNode names = node.putArray("roles");
    roles.stream()
        .filter(r -> person.roles().contains(r.id()))
        .forEach(r -> names.add(Json.names(r.name())));
    node.put("unit", person.unit());
    return node;
  }

  public static ObjectNode vocabulary(CityPack pack) {
    ObjectNode node = Json.object();
    node.set(
        "purposes",
        Json.list(
            java.util.List.of(org.gridline.dispatch.privacy.Purpose.values()),
            PrivacyWriter::purpose));
    for (String list : List.of("types", "urgencies", "channels")) {
      node.set(
          list,
          Json.list(pack.vocabulary().getOrDefault(list, List.of()), c -> entry(c.id(), c.name())));
    }
    node.set(
        "states",
        Json.list(
            Arrays.asList(TicketState.values()),
            s -> entry(s.name(), s.label()).put("stage", s.stage().name())));
    node.set("stages", Json.list(Arrays.asList(Stage.values()), s -> entry(s.name(), s.label())));
    node.set(
        "actions", Json.list(Arrays.asList(ActionKind.values()), a -> entry(a.id(), a.label())));
    node.set("roles", Json.list(pack.roles(), r -> entry(r.id(), r.name())));
    // With all their fields and options: histories name codes of actions that nobody may do any
    // more.
    ActionForm form = new ActionForm(pack.policy().choices());
    node.set("forms", Json.list(Arrays.asList(ActionKind.values()), a -> action(a, form)));
    node.set("flags", Json.list(Arrays.asList(Flag.values()), f -> entry(f.name(), f.label())));
    node.set("clocks", Json.list(Arrays.asList(Clock.values()), c -> entry(c.id(), c.label())));
    node.set("lamps", Json.list(Arrays.asList(Lamp.values()), l -> entry(l.id(), lampName(l))));
    node.set(
        "events", Json.list(EventNames.ordered().entrySet(), e -> entry(e.getKey(), e.getValue())));
    return node;
  }

  public static ObjectNode category(Category category, boolean leaf) {
    ObjectNode node = Json.object();
    node.put("kind", category.key().kind());
    node.put("code", category.key().code());
    Json.put(node, "parent", category.parent());
    node.put("name", category.name().zh());
    node.put("nameEn", category.name().en());
    node.put("leaf", leaf);
    return node;
  }

  public static ObjectNode unit(Unit unit) {
    ObjectNode node = Json.object();
    node.put("code", unit.code());
    Json.put(node, "parent", unit.parent());
    node.put("name", unit.name().zh());
    node.put("nameEn", unit.name().en());
    node.put("kind", unit.kind());
    return node;
  }

  /** An action with the fields that its form asks for. */
  public static ObjectNode action(ActionKind kind, ActionForm form) {
    ObjectNode node = Json.object();
    node.put("action", kind.id());
    node.put("task", kind.sort() == ActionKind.Sort.TASK);
    node.set("name", Json.names(kind.label()));
    node.set("fields", Json.list(form.fields(kind), CityWriter::field));
    return node;
  }

  private static ObjectNode field(ActionField field) {
    ObjectNode node = Json.object();
    node.put("name", field.name());
    node.set("label", Json.names(field.label()));
    node.put("type", field.kind().id());
    node.put("required", field.need() == ActionField.Need.REQUIRED);
    Optional.of(field.choices())
        .filter(c -> !c.isEmpty())
        .ifPresent(c -> node.set("options", Json.list(c, CityWriter::choice)));
    return node;
  }

  private static ObjectNode choice(Choice choice) {
    return entry(choice.id(), choice.name());
  }

  private static ObjectNode entry(String id, Names name) {
    return Json.object().put("id", id).set("name", Json.names(name));
  }

  private static Names lampName(Lamp lamp) {
    return switch (lamp) {
      case GREEN -> new Names("绿灯", "green");
      case YELLOW -> new Names("黄灯", "yellow");
      case RED -> new Names("红灯", "red");
    };
  }
}
