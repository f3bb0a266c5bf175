package org.gridline.console.view;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.gridline.dispatch.Names;
import org.gridline.dispatch.city.CityPack;
import org.gridline.dispatch.classify.Category;
import org.gridline.dispatch.classify.CategoryKey;
import org.gridline.dispatch.classify.CategoryTree;
import org.gridline.dispatch.classify.Suggestion;
import org.gridline.dispatch.component.OwnerRole;
import org.gridline.dispatch.deadline.Deadline;
import org.gridline.dispatch.intake.Caller;
import org.gridline.dispatch.intake.Receipt;
import org.gridline.dispatch.people.User;
import org.gridline.dispatch.route.Assignment.Candidate;
import org.gridline.dispatch.route.Ground;
import org.gridline.dispatch.route.Unit;
import org.gridline.dispatch.route.UnitTree;
import org.gridline.dispatch.ticket.Life;
import org.gridline.dispatch.ticket.Policy.Choice;
import org.gridline.dispatch.ticket.Ticket;
import org.gridline.dispatch.ticket.TicketStore.Particulars;
import org.gridline.hotline.number.CallerNumber;

/** Tickets as JSON, with the names that the pack gives their codes. Thread-safe. */
public final class TicketWriter {
  private final CategoryTree categories;
  private final UnitTree units;
  private final ZoneId zone;
  private final PlaceWriter places;
  private final List<Choice> replyForms;

  public TicketWriter(CityPack pack) {
    this.categories = pack.policy().categories();
    this.units = pack.policy().units();
    this.zone = pack.city().timeZone();
    this.places = new PlaceWriter(pack.city());
    this.replyForms = pack.policy().choices().replyForms();
  }

  /**
   * What is known beside the ticket itself.
   *
   * @param reason why a person chose the owner, in clear
   */
  public record Beside(
      List<Suggestion> suggestions, List<ObjectNode> candidates, Optional<String> reason) {
    public Beside {
      suggestions = List.copyOf(suggestions);
      candidates = List.copyOf(candidates);
    }

    public static Beside nothing() {
      return new Beside(List.of(), List.of(), Optional.empty());
    }
  }

  /** The same as this person may see it. */
  public ObjectNode brief(Ticket ticket, User asker, Instant now) {
    ObjectNode node = brief(ticket, now);
    return BlindCheck.binds(ticket, asker) ? BlindCheck.cover(node, ticket, asker) : node;
  }

  /** No personal data: the same for everybody who may see the ticket, but its checker. */
  public ObjectNode brief(Ticket ticket, Instant now) {
    ObjectNode node = Json.object();
    node.put("id", ticket.id());
    node.put("number", ticket.number());
    node.put("state", ticket.state().name());
    node.put("stage", ticket.state().stage().name());
    node.put("type", ticket.matter().type().id());
    node.put("urgency", ticket.matter().urgency().id());
    node.put("channel", ticket.matter().channel().id());
    Json.set(node, "category", ticket.matter().category().map(this::category));
    Json.put(node, "component", ticket.matter().component());
    Optional<String> unit = ticket.owner().map(Ticket.Owner::unit);
    Optional<Names> unitName = unit.flatMap(units::find).map(Unit::name);
    Json.put(node, "unit", unit);
    Json.put(node, "unitName", unitName.map(Names::zh).or(() -> unit));
    Json.put(node, "unitNameEn", unitName.map(Names::en).or(() -> unit));
    Json.set(node, "position", ticket.place().position().map(Json::position));
    node.set("place", places.place(ticket.place()));
    Optional<Deadline> next =
        ticket.deadlines().stream()
            .filter(d -> d.pausedAt().isEmpty() && d.clock().limit())
            .min(Comparator.comparing(Deadline::dueAt));
    Json.put(node, "lamp", next.map(d -> d.lamp(now).id()));
    Json.put(node, "warnAt", next.map(d -> Json.time(d.warnAt(), zone)));
    Json.put(node, "dueAt", next.map(d -> Json.time(d.dueAt(), zone)));
    node.put("version", ticket.version());
    node.set("flags", LifeWriter.flags(ticket));
    node.put("reworks", ticket.progress().reworks());
    node.put("returns", ticket.progress().returns());
    node.put("registeredAt", Json.time(ticket.registeredAt(), zone));
    node.put("updatedAt", Json.time(ticket.updatedAt(), zone));
    return node;
  }

  /** The whole ticket as the asker may see it. */
  public ObjectNode ticket(
      Ticket ticket, Particulars particulars, Beside beside, User asker, Instant now) {
    Sight sight = Sight.of(ticket, asker);
    ObjectNode node = brief(ticket, now);
    node.put("words", sight.text(particulars.words(), particulars));
    Json.put(
        node,
        "address",
        Optional.of(particulars.address())
            .filter(a -> !a.isBlank())
            .map(a -> sight.text(a, particulars)));
    Json.set(node, "caller", sight.caller(particulars).map(TicketWriter::caller));
    Json.set(node, "rawPosition", ticket.rawPosition().map(Json::position));
    node.set("suggestions", Json.list(beside.suggestions(), TicketWriter::suggestion));
    node.set("candidates", Json.array().addAll(beside.candidates()));
    Json.set(
        node,
        "owner",
        ticket
            .owner()
            .map(
                o ->
                    owner(
                        o.unit(),
                        o.ground(),
                        beside.reason().map(r -> sight.text(r, particulars)))));
    node.set("deadlines", Json.list(ticket.deadlines(), d -> deadline(d, now)));
    node.set("life", LifeWriter.life(ticket));
    Json.set(node, "parent", ticket.progress().life().parent().map(this::parent));
    return BlindCheck.binds(ticket, asker) ? BlindCheck.cover(node, ticket, asker) : node;
  }

  /** What a new report is answered with. */
  public ObjectNode receipt(Receipt receipt, User asker, Instant now) {
    ObjectNode node =
        ticket(
            receipt.ticket(),
            receipt.particulars(),
            new Beside(
                receipt.suggestions(),
                receipt.candidates().stream().map(this::candidate).toList(),
                Optional.empty()),
            asker,
            now);
    node.set("readings", PlaceWriter.readings(receipt.readings()));
    return node;
  }

  public static ObjectNode suggestion(Suggestion suggestion) {
    Category category = suggestion.category();
    ObjectNode node = Json.object();
    node.put("kind", category.key().kind());
    node.put("code", category.key().code());
    node.put("name", category.name().zh());
    node.put("nameEn", category.name().en());
    node.put("score", suggestion.score());
    node.set("because", Json.texts(suggestion.because()));
    return node;
  }

  public ObjectNode candidate(Candidate candidate) {
    return candidate(candidate.unit().code())
        .put("rule", candidate.rule())
        .put("basis", candidate.basis());
  }

  /** A candidate of which only the unit was kept. */
  public ObjectNode candidate(String unit) {
    return named(unit).put("rule", "").put("basis", "");
  }

  /** An owner and why; {@code reason} is what a person said, as the asker may see it. */
  public ObjectNode owner(String unit, Ground ground, Optional<String> reason) {
    ObjectNode why = Json.object();
    switch (ground) {
      case Ground.ByRule(var rule, var basis, var score, var version, var areas) ->
          why.put("how", "rule").put("rule", rule).put("basis", basis).put("score", score);
      case Ground.ByComponent(
              var component,
              var name,
              var role,
              var by,
              var metres,
              var version,
              var areas) ->
          why.put("how", "component")
              .put("component", component)
              .put("componentName", name)
              .put("role", role)
              .put("by", by)
              .put("metres", metres)
              .put("basis", name + " · " + roleName(role));
      case Ground.ByPerson(var user, var version, var areas) -> {
        why.put("how", "person");
        reason.ifPresent(r -> why.put("reason", r));
      }
    }
    why.put("boundaryVersion", ground.boundaryVersion());
    why.set("areas", Json.texts(ground.areas()));
    return named(unit).set("ground", why);
  }

  private static String roleName(String role) {
    return OwnerRole.find(role).map(r -> r.label().zh() + " " + r.label().en()).orElse(role);
  }

  private ObjectNode named(String unit) {
    Optional<Names> name = units.find(unit).map(Unit::name);
    return Json.object()
        .put("unit", unit)
        .put("name", name.map(Names::zh).orElse(unit))
        .put("nameEn", name.map(Names::en).orElse(unit));
  }

  private ObjectNode category(CategoryKey key) {
    Optional<Names> name = categories.find(key).map(Category::name);
    return Json.object()
        .put("kind", key.kind())
        .put("code", key.code())
        .put("name", name.map(Names::zh).orElse(key.code()))
        .put("nameEn", name.map(Names::en).orElse(key.code()));
  }

  /** The ticket of the platform above; its clock stands among the deadlines while it runs. */
  private ObjectNode parent(Life.Parent parent) {
    ObjectNode node = Json.object();
    node.put("number", parent.number());
    node.put("dueAt", Json.time(parent.dueAt(), zone));
    node.put("replyForm", parent.replyForm());
    Json.set(
        node,
        "replyFormName",
        replyForms.stream()
            .filter(f -> f.id().equals(parent.replyForm()))
            .findFirst()
            .map(f -> Json.names(f.name())));
    node.put("linkedAt", Json.time(parent.linkedAt(), zone));
    node.put("revisit", parent.revisit());
    node.put("satisfaction", parent.satisfaction());
    return node.put("end", parent.end());
  }

  private ObjectNode deadline(Deadline deadline, Instant now) {
    return Json.object()
        .put("clock", deadline.clock().id())
        .put("startedAt", Json.time(deadline.startedAt(), zone))
        .put("warnAt", Json.time(deadline.warnAt(), zone))
        .put("dueAt", Json.time(deadline.dueAt(), zone))
        .put("lamp", deadline.lamp(now).id())
        .put("paused", deadline.pausedAt().isPresent());
  }

  private static ObjectNode caller(Caller caller) {
    return Json.object()
        .put("name", Redaction.maskName(caller.name()))
        .put("phone", caller.phone().isBlank() ? "" : new CallerNumber(caller.phone()).masked())
        .put("confidential", caller.confidentiality() == Caller.Confidentiality.CONFIDENTIAL);
  }
}
