package org.gridline.console.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.gridline.console.Office;
import org.gridline.console.view.BoundaryWriter;
import org.gridline.console.view.Json;
import org.gridline.dispatch.people.Permission.Right;
import org.gridline.dispatch.people.Scope;
import org.gridline.dispatch.people.User;
import org.gridline.dispatch.route.DutyRule;
import org.gridline.dispatch.route.EndRuling;
import org.gridline.dispatch.route.Rulings;

/** The dispatch catalogue: which unit owns what where, since when, and on what ground. */
public final class DutyRuleRoutes {
  private static final Comparator<DutyRule> ORDER =
      Comparator.comparing(DutyRule::kind)
          .thenComparing(DutyRule::category)
          .thenComparing(DutyRule::area)
          .thenComparing(Comparator.comparingInt(DutyRule::priority).reversed())
          .thenComparing(DutyRule::id);

  private final Office office;
  private final Rulings rulings;
  private final EndRuling endRuling;
  private final ZoneId zone;

  public DutyRuleRoutes(Office office, Rulings rulings) {
    this.office = office;
    this.rulings = rulings;
    this.zone = office.pack().city().timeZone();
    this.endRuling = new EndRuling(rulings, zone);
  }

  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/api/v1/duty-rules", this::list),
        Endpoint.post("/api/v1/duty-rules/:id/end", this::end));
  }

  /** Rules that held once, or will, are told too. */
  private Answer list(Call call) {
    Told told = told(call.user());
    ObjectNode node = Json.object();
    node.set(
        "rules",
        Json.list(office.pack().duties().list().stream().sorted(ORDER).toList(), told::rule));
    return Answer.json(node);
  }

  private Answer end(Call call) {
    Fields fields = Fields.of(call.bytes()).only("validTo", "why");
    DutyRule ended =
        endRuling.end(
            call.user(),
            call.path("id"),
            day(fields),
            fields.text("why"),
            office.clock().instant());
    return Answer.json(told(call.user()).rule(ended));
  }

  private static LocalDate day(Fields fields) {
    try {
      return LocalDate.parse(fields.text("validTo"));
    } catch (DateTimeParseException e) {
      throw fields.wrong("validTo", "需要日期，如 2026-03-02 · a day is needed");
    }
  }

  private Told told(User asker) {
    boolean district = asker.scope(office.pack().policy().units()) instanceof Scope.District;
    List<Rulings.End> ends =
        district || asker.may(Right.READ_AUDIT) ? rulings.listEnds() : List.of();
    Map<Long, User> users =
        office
            .accounts()
            .listByIds(ends.stream().flatMap(e -> e.by().selves().stream()).distinct().toList())
            .stream()
            .collect(Collectors.toMap(User::id, Function.identity()));
    LocalDate today = office.clock().instant().atZone(zone).toLocalDate();
    return new Told(
        today,
        district,
        ends.stream().collect(Collectors.groupingBy(Rulings.End::rule)),
        users,
        zone);
  }

  /**
   * What one asker is told.
   *
   * @param district whether they see the whole of it, and so every ticket that was ruled on
   */
  private record Told(
      LocalDate today,
      boolean district,
      Map<String, List<Rulings.End>> ends,
      Map<Long, User> users,
      ZoneId zone) {

    ObjectNode rule(DutyRule rule) {
      boolean ruled = rule.priority() >= Rulings.PRIORITY;
      ObjectNode node =
          Json.object()
              .put("id", rule.id())
              .put("unit", rule.unit())
              .put("kind", rule.kind())
              .put("category", rule.category())
              .put("area", rule.area())
              .put("priority", rule.priority())
              // A ruling names its ticket, which not everybody may know of.
              .put("basis", ruled && !district ? "裁定 ruling" : rule.basis())
              .put("ruling", ruled)
              .put("holds", rule.holdsOn(today))
              .put("over", rule.validTo().filter(day -> !today.isBefore(day)).isPresent());
      if (rule.validFrom().equals(DutyRule.ALWAYS)) node.putNull("validFrom");
      else node.put("validFrom", rule.validFrom().toString());
      rule.validTo()
          .ifPresentOrElse(
              day -> node.put("validTo", day.toString()), () -> node.putNull("validTo"));
      node.set("ends", Json.list(ends.getOrDefault(rule.id(), List.of()), this::end));
      return node;
    }

    private ObjectNode end(Rulings.End end) {
      ObjectNode node =
          Json.object().put("validTo", end.validTo().toString()).put("why", end.why());
      Json.set(node, "by", BoundaryWriter.person(end.by().user(), users));
      Json.set(
          node,
          "actingFor",
          end.by().actingFor().flatMap(other -> BoundaryWriter.person(other, users)));
      return node.put("at", Json.time(end.at(), zone));
    }
  }
}
