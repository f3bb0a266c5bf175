package org.gridline.dispatch.route;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;
import org.gridline.dispatch.people.Permission;
import org.gridline.dispatch.people.User;
import org.gridline.dispatch.ticket.ActionKind;

/** Whoever may rule says from which day a ruling no longer holds. Called on virtual threads. */
public final class EndRuling {
  private static final int MOST_WHY = 500;
  private static final int MOST_YEARS = 10;

  private final Rulings rulings;
  private final ZoneId zone;

  /**
   * @param zone of the city, whose days count
   */
  public EndRuling(Rulings rulings, ZoneId zone) {
    this.rulings = rulings;
    this.zone = zone;
  }

  /**
   * The rule as it stands then. Other nodes follow within seconds.
   *
   * @param validTo the first day on which it no longer holds, today or later
   * @throws Failure {@code not_permitted}, {@code invalid_request}, {@code value_refused}, {@code
   *     not_found} when there is no such ruling or it is over
   */
  public DutyRule end(User by, String rule, LocalDate validTo, String why, Instant now) {
    if (!by.may(new Permission.Act(ActionKind.RULE)))
      throw new Failure(FailureCode.NOT_PERMITTED, "须有裁定权 · for those who may rule");
    String ground = why.strip();
    int characters = ground.codePointCount(0, ground.length());
    if (characters < 2 || characters > MOST_WHY)
      throw Failure.atField(
          FailureCode.INVALID_REQUEST, "why", "2–" + MOST_WHY + " 字 · characters");
    LocalDate today = now.atZone(zone).toLocalDate();
    if (validTo.isBefore(today))
      throw Failure.atField(
          FailureCode.VALUE_REFUSED, "validTo", "最早为今天 · not before today: what was, stays");
    if (validTo.isAfter(today.plusYears(MOST_YEARS)))
      throw Failure.atField(
          FailureCode.VALUE_REFUSED, "validTo", "最多 " + MOST_YEARS + " 年 · years at most");
    return rulings
        .end(new Rulings.End(rule, validTo, ground, by.actor(), now), today)
        .orElseThrow(
            () ->
                new Failure(
                    FailureCode.NOT_FOUND, "没有此裁定规则，或已失效 · no such ruling, or it is over already"));
  }
}
