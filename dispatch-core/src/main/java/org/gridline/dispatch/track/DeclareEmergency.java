package org.gridline.dispatch.track;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;
import org.gridline.dispatch.people.Permission.Right;
import org.gridline.dispatch.people.User;

/** 宣布、解除应急状态. Called on virtual threads. */
public final class DeclareEmergency {
  private static final int MOST_AREAS = 50;
  private static final int MOST_WHY = 200;

  private final Emergencies emergencies;
  private final WhoIsOut out;
  private final Optional<TrackRules> rules;
  private final Predicate<String> areaExists;

  public DeclareEmergency(
      Emergencies emergencies,
      WhoIsOut out,
      Optional<TrackRules> rules,
      Predicate<String> areaExists) {
    this.emergencies = emergencies;
    this.out = out;
    this.rules = rules;
    this.areaExists = areaExists;
  }

  /**
   * @throws Failure {@code not_permitted}, {@code invalid_request}, {@code value_refused}
   */
  public Emergency declare(User by, List<String> areas, String why, Instant until, Instant now) {
    Duration most = check(by).longestEmergency();
    String ground = why.strip();
    if (ground.length() < 2 || ground.length() > MOST_WHY)
      throw Failure.atField(FailureCode.INVALID_REQUEST, "why", "2–200 字 · 2 to 200 characters");
    if (areas.isEmpty() || areas.size() > MOST_AREAS)
      throw Failure.atField(FailureCode.INVALID_REQUEST, "areas", "1–" + MOST_AREAS);
    for (String area : areas)
      if (!areaExists.test(area))
        throw Failure.atField(FailureCode.VALUE_REFUSED, "areas", "没有此区域 · no such area");
    if (!until.isAfter(now) || until.isAfter(now.plus(most)))
      throw Failure.atField(
          FailureCode.VALUE_REFUSED,
          "until",
          "须在 " + most.toHours() + " 小时以内 · within so many hours from now");
    Emergency declared = emergencies.declare(Set.copyOf(areas), ground, by.id(), now, until);
    out.readEmergencies(now);
    return declared;
  }

  /**
   * @throws Failure {@code not_permitted}, {@code not_found} when it is over already
   */
  public Emergency end(User by, long id, Instant now) {
    check(by);
    Emergency ended =
        emergencies
            .end(id, by.id(), now)
            .orElseThrow(
                () ->
                    new Failure(
                        FailureCode.NOT_FOUND, "没有此应急状态，或已结束 · no such emergency, or over"));
    out.refresh(now);
    return ended;
  }

  private TrackRules check(User by) {
    if (!by.may(Right.DECLARE_EMERGENCY))
      throw new Failure(FailureCode.NOT_PERMITTED, "仅指挥中心可宣布 · for the command centre only");
    return rules.orElseThrow(
        () -> new Failure(FailureCode.TRACKING_OFF, "本市不采集轨迹 · this city tracks nobody"));
  }
}
