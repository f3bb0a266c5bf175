package org.gridline.console.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import org.gridline.console.Office;
import org.gridline.console.view.Json;
import org.gridline.dispatch.people.Scope;
import org.gridline.dispatch.route.DutyRule;
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

  public DutyRuleRoutes(Office office) {
    this.office = office;
  }

  public List<Endpoint> endpoints() {
    return List.of(Endpoint.get("/api/v1/duty-rules", this::list));
  }

  /** Rules that held once, or will, are told too. */
  private Answer list(Call call) {
    LocalDate today =
        office.clock().instant().atZone(office.pack().city().timeZone()).toLocalDate();
    boolean everything =
        call.user().scope(office.pack().policy().units()) instanceof Scope.District;
    ObjectNode node = Json.object();
    node.set(
        "rules",
        Json.list(
            office.pack().duties().list().stream().sorted(ORDER).toList(),
            rule -> rule(rule, today, everything)));
    return Answer.json(node);
  }

  private static ObjectNode rule(DutyRule rule, LocalDate today, boolean everything) {
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
            .put("basis", ruled && !everything ? "裁定 ruling" : rule.basis())
            .put("ruling", ruled)
            .put("holds", rule.holdsOn(today));
    if (rule.validFrom().equals(DutyRule.ALWAYS)) node.putNull("validFrom");
    else node.put("validFrom", rule.validFrom().toString());
    rule.validTo()
        .ifPresentOrElse(day -> node.put("validTo", day.toString()), () -> node.putNull("validTo"));
    return node;
  }
}
