package org.gridline.console.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.gridline.console.Office;
import org.gridline.console.Register;
import org.gridline.console.qr.QrCode;
import org.gridline.console.qr.QrSheet;
import org.gridline.console.view.ComponentWriter;
import org.gridline.console.view.Json;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;
import org.gridline.dispatch.classify.CategoryKey;
import org.gridline.dispatch.component.Component;
import org.gridline.dispatch.component.ComponentChange;
import org.gridline.dispatch.component.ComponentClass;
import org.gridline.dispatch.component.ComponentCode;
import org.gridline.dispatch.component.ComponentState;
import org.gridline.dispatch.component.Components.Nearby;
import org.gridline.dispatch.component.Components.Page;
import org.gridline.dispatch.component.Found;
import org.gridline.dispatch.component.Owners;
import org.gridline.dispatch.component.SurveyComponents.Draft;
import org.gridline.dispatch.component.SurveyComponents.Outcome;
import org.gridline.dispatch.event.Actor;
import org.gridline.dispatch.intake.IdempotencyKey;
import org.gridline.dispatch.people.Scope;
import org.gridline.dispatch.people.User;

/** The register: looking, surveying, square codes. Every read goes through the asker's scope. */
public final class ComponentRoutes {
  private final Office office;
  private final Register register;
  private final ComponentWriter writer;
  private final Answer.Full vocabulary;

  public ComponentRoutes(Office office) {
    this.office = office;
    this.register = office.components();
    this.writer = new ComponentWriter(office.pack(), register.rules());
    this.vocabulary = Answer.json(writer.vocabulary());
  }

  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/api/v1/component-classes", call -> vocabulary),
        Endpoint.get("/api/v1/components", this::list),
        Endpoint.post("/api/v1/components", this::add),
        Endpoint.get("/api/v1/components/qr-sheet", this::sheet),
        Endpoint.get("/api/v1/components/:code", this::show),
        Endpoint.post("/api/v1/components/:code/state", this::state),
        Endpoint.post("/api/v1/components/:code/position", this::move),
        Endpoint.post("/api/v1/components/:code/details", this::describe),
        Endpoint.get("/api/v1/components/:code/qr.svg", this::svg),
        Endpoint.get("/api/v1/components/:code/qr.png", this::png));
  }

  private Answer list(Call call) {
    Page page = register.components().list(ComponentQuery.read(call), scope(call.user()));
    ObjectNode node = Json.object();
    boolean near = call.query("near").isPresent();
    node.set(
        "components",
        Json.list(
            page.components(), n -> near ? writer.nearby(n) : writer.component(n.component())));
    page.next().ifPresentOrElse(n -> node.put("next", n.text()), () -> node.putNull("next"));
    return Answer.json(node);
  }

  private Answer show(Call call) {
    Scope scope = scope(call.user());
    Component component = register.components().get(code(call), scope);
    List<ComponentChange> history = register.components().history(component.code(), scope);
    Map<Long, User> users =
        office
            .accounts()
            .listByIds(
                history.stream()
                    .map(ComponentChange::by)
                    .filter(Actor.Person.class::isInstance)
                    .map(by -> ((Actor.Person) by).user())
                    .distinct()
                    .toList())
            .stream()
            .collect(Collectors.toMap(User::id, Function.identity()));
    ObjectNode node = writer.component(component);
    node.put("reportUrl", address(call, component));
    node.set("history", Json.list(history, h -> writer.change(h, users)));
    return Answer.json(node);
  }

  private Answer add(Call call) {
    byte[] body = call.bytes();
    Fields fields =
        Fields.of(body).only("code", "class", "name", "position", "owners", "state", "note");
    Fields type =
        fields
            .find("class")
            .orElseThrow(() -> fields.wrong("class", "必填 · needed"))
            .only("kind", "code");
    CategoryKey key = key(type);
    Draft draft =
        new Draft(
            fields.findText("code").map(text -> ComponentQuery.code("code", text)),
            key,
            fields
                .findText("name")
                .map(String::strip)
                .filter(n -> !n.isEmpty())
                .orElseGet(() -> name(key)),
            PositionFields.read(
                fields.find("position").orElseThrow(() -> fields.wrong("position", "必填 · needed")),
                office.places()),
            fields.find("owners").map(ComponentRoutes::owners).orElse(nobody()),
            fields.findText("state").map(ComponentQuery::state).orElse(ComponentState.INTACT),
            fields.findText("note").orElse("").strip());
    return answer(register.survey().add(draft, call.user(), Reports.key(call, body)), 201);
  }

  private String name(CategoryKey key) {
    return register
        .rules()
        .classes()
        .find(key)
        .map(ComponentClass::name)
        .map(n -> n.zh())
        .orElse(key.code());
  }

  private static CategoryKey key(Fields type) {
    String kind = type.text("kind");
    String code = type.text("code");
    if (kind.isBlank()) throw type.wrong("kind", "必填 · needed");
    if (code.isBlank()) throw type.wrong("code", "必填 · needed");
    return new CategoryKey(kind, code);
  }

  private static Owners owners(Fields fields) {
    fields.only("authority", "property", "maintenance");
    return new Owners(
        fields.findText("authority"), fields.findText("property"), fields.findText("maintenance"));
  }

  private static Owners nobody() {
    return new Owners(Optional.empty(), Optional.empty(), Optional.empty());
  }

  private Answer state(Call call) {
    byte[] body = call.bytes();
    Fields fields = Fields.of(body).only("version", "state", "why", "ticket");
    return tell(call, body, fields, new Found.InState(ComponentQuery.state(fields.text("state"))));
  }

  private Answer move(Call call) {
    byte[] body = call.bytes();
    Fields fields = Fields.of(body).only("version", "position", "why", "ticket");
    Fields position =
        fields.find("position").orElseThrow(() -> fields.wrong("position", "必填 · needed"));
    return tell(
        call, body, fields, new Found.Elsewhere(PositionFields.read(position, office.places())));
  }

  private Answer describe(Call call) {
    byte[] body = call.bytes();
    Fields fields = Fields.of(body).only("version", "name", "owners", "why", "ticket");
    return tell(
        call,
        body,
        fields,
        new Found.Described(
            fields.findText("name").map(String::strip),
            fields.find("owners").map(ComponentRoutes::owners)));
  }

  private Answer tell(Call call, byte[] body, Fields fields, Found found) {
    OptionalLong ticket = fields.findId("ticket");
    // A ticket that the surveyor can't see can't be the reason.
    ticket.ifPresent(id -> office.tickets().get(id, scope(call.user())));
    Optional<IdempotencyKey> key = call.header("Idempotency-Key").map(k -> Reports.key(call, body));
    return answer(
        register
            .survey()
            .tell(
                code(call),
                fields.count("version"),
                found,
                fields.findText("why").orElse("").strip(),
                ticket,
                call.user(),
                key),
        200);
  }

  private Answer answer(Outcome outcome, int done) {
    return switch (outcome) {
      case Outcome.Done(var component) -> Answer.json(done, writer.component(component));
      case Outcome.Again(var component) ->
          Answer.json(200, writer.component(component)).with("Idempotent-Replay", "true");
      case Outcome.Conflict(var component) ->
          Problems.changed("component", writer.component(component));
    };
  }

  private Answer svg(Call call) {
    Component component = register.components().get(code(call), scope(call.user()));
    String svg = QrCode.of(address(call, component)).svg("width=\"320\" height=\"320\"");
    return new Answer.Full(200, "image/svg+xml", svg.getBytes(StandardCharsets.UTF_8), Map.of());
  }

  private Answer png(Call call) {
    Component component = register.components().get(code(call), scope(call.user()));
    byte[] png = Worker.run(() -> QrCode.of(address(call, component)).png());
    return new Answer.Full(200, "image/png", png, Map.of());
  }

  private Answer sheet(Call call) {
    Page page = register.components().list(ComponentQuery.read(call), scope(call.user()));
    List<QrSheet.Label> labels =
        page.components().stream().map(Nearby::component).map(c -> label(call, c)).toList();
    String html = Worker.run(() -> QrSheet.html(labels));
    return new Answer.Full(
        200, "text/html; charset=utf-8", html.getBytes(StandardCharsets.UTF_8), Map.of());
  }

  private QrSheet.Label label(Call call, Component c) {
    return new QrSheet.Label(
        address(call, c),
        name(c.type()),
        c.code().text(),
        c.name(),
        c.origin() == Component.Origin.SYNTHETIC ? "合成数据 synthetic" : "");
  }

  /** What a phone opens that reads the code: the form that reports on just this component. */
  private String address(Call call, Component component) {
    String own = register.rules().publicUrl();
    String base = own.isEmpty() ? call.reached().address() : own;
    return base + "/report?component=" + component.code().text();
  }

  private static ComponentCode code(Call call) {
    try {
      return new ComponentCode(call.path("code"));
    } catch (IllegalArgumentException e) {
      throw new Failure(FailureCode.NOT_FOUND, "没有此部件 · no such component");
    }
  }

  private Scope scope(User user) {
    return user.scope(office.pack().policy().units());
  }
}
