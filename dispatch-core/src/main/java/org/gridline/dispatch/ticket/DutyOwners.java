package org.gridline.dispatch.ticket;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;
import org.gridline.dispatch.classify.CategoryKey;
import org.gridline.dispatch.event.Actor;
import org.gridline.dispatch.event.Fact;
import org.gridline.dispatch.place.Place;
import org.gridline.dispatch.route.DutyRule;
import org.gridline.dispatch.route.Ground;
import org.gridline.dispatch.route.Unit;

/** Who may be given a ticket by a person, and what a ruling says of later ones. */
final class DutyOwners {
  private final Policy policy;

  DutyOwners(Policy policy) {
    this.policy = policy;
  }

  /**
   * The unit's code. A department's matter is not pushed down to a street or community without a
   * recorded exception (domain page §13); a rule of the city knows its own table.
   */
  String owner(Ticket ticket, Actor actor, String code, String exception, Instant now) {
    Unit unit = policy.units().get(code);
    if (actor instanceof Actor.Person
        && exception.isEmpty()
        && Standing.LOCAL.contains(unit.kind())
        && ofDepartments(ticket, policy.calendar().day(now))) {
      throw Failure.atField(
          FailureCode.INVALID_REQUEST,
          "exception",
          "此类事项属部门职责，交街道、社区须选择例外 · a department's matter: choose the exception");
    }
    return unit.code();
  }

  private boolean ofDepartments(Ticket ticket, LocalDate day) {
    List<DutyRule> winners =
        ticket
            .matter()
            .category()
            .map(c -> policy.duties().winners(c, ticket.place().areaCodes(), day))
            .orElse(List.of());
    return !winners.isEmpty()
        && winners.stream()
            .allMatch(
                rule ->
                    !rule.unit().startsWith("@")
                        && policy
                            .units()
                            .find(rule.unit())
                            .filter(u -> !Standing.LOCAL.contains(u.kind()))
                            .isPresent());
  }

  Fact ruled(Ticket ticket, Actor actor, Action.Rule rule, Ground ground, Instant now) {
    String unit = owner(ticket, actor, rule.unit(), rule.exception(), now);
    if (rule.becomes().isEmpty())
      return new Fact.DisputeRuled(unit, ground, rule.exception(), "", "", "", "");
    CategoryKey category =
        ticket
            .matter()
            .category()
            .orElseThrow(() -> wrong("工单没有类别，不能成为规则 · without a category it can be no rule"));
    return new Fact.DisputeRuled(
        unit,
        ground,
        rule.exception(),
        "R" + ticket.id() + "-" + (ticket.version() + 1),
        category.kind() + ":" + category.code(),
        area(ticket.place(), rule.becomes().get()),
        policy.calendar().day(now).toString());
  }

  private static String area(Place place, RuleArea where) {
    Optional<String> code =
        switch (where) {
          case EVERYWHERE -> Optional.of("");
          case STREET -> place.findArea("street").map(Place.AreaName::code);
          case COMMUNITY -> place.findArea("community").map(Place.AreaName::code);
        };
    return code.orElseThrow(() -> wrong("工单不在任何此类区域 · the ticket lies in no such area"));
  }

  private static Failure wrong(String detail) {
    return Failure.atField(FailureCode.INVALID_REQUEST, "becomes", detail);
  }
}
