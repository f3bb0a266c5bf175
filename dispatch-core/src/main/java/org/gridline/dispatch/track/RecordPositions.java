package org.gridline.dispatch.track;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Supplier;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;
import org.gridline.dispatch.people.Permission.Right;
import org.gridline.dispatch.people.User;
import org.gridline.dispatch.place.Place;
import org.gridline.dispatch.place.Places;
import org.gridline.dispatch.route.UnitTree;
import org.gridline.dispatch.track.Fix.Ground;
import org.gridline.dispatch.track.Tracks.Last;
import org.gridline.dispatch.track.Tracks.Worker;
import org.gridline.gis.position.RawPosition;

/**
 * Takes the fixes of a worker's device: during a task that they have accepted, or where an
 * emergency was declared. Of what does not belong there nothing is kept. Called on virtual threads.
 */
public final class RecordPositions {
  /** A phone's clock goes a little wrong. */
  static final Duration AHEAD = Duration.ofMinutes(1);

  private final Tracks tracks;
  private final WhoIsOut out;
  private final Optional<TrackRules> rules;
  private final Supplier<Places> ground;
  private final UnitTree units;

  /**
   * @param rules absent for a city that tracks nobody
   */
  public RecordPositions(
      Tracks tracks,
      WhoIsOut out,
      Optional<TrackRules> rules,
      Supplier<Places> ground,
      UnitTree units) {
    this.tracks = tracks;
    this.out = out;
    this.rules = rules;
    this.ground = ground;
    this.units = units;
  }

  /** What a device says of one moment. */
  public record Said(Instant at, RawPosition position, OptionalDouble accuracyMetres) {}

  /** Why a single fix is not kept. */
  public enum Refusal {
    FUTURE,
    TOO_OLD,
    /** Before the task was accepted, or not where the emergency is. */
    OUTSIDE_TASK,
    INACCURATE,
    /** Swapped, null island, whole degrees, another coordinate system and the like. */
    SUSPECT,
    INVALID,
    REPEATED
  }

  /**
   * @param line from 0
   */
  public record Refused(int line, Refusal why) {}

  public record Taken(int accepted, List<Refused> refused) {
    public Taken {
      refused = List.copyOf(refused);
    }
  }

  /**
   * Why somebody is tracked now.
   *
   * @param since the task was accepted; absent without one
   */
  public record Standing(Optional<Instant> since, List<Emergency> emergencies) {
    public Standing {
      emergencies = List.copyOf(emergencies);
    }

    public boolean tracked() {
      return since.isPresent() || !emergencies.isEmpty();
    }
  }

  public Worker worker(User user) {
    return new Worker(
        user.id(), user.unit(), user.unit().map(units::withSubUnits).orElse(Set.of()));
  }

  /** Whether this person is tracked now; nobody who may not share their position is. */
  public Standing standing(User user, Instant now) {
    if (rules.isEmpty() || !user.may(Right.SHARE_POSITION))
      return new Standing(Optional.empty(), List.of());
    return new Standing(out.task(worker(user), now), out.emergencies(now));
  }

  /**
   * Keeps the good ones.
   *
   * @throws Failure {@code not_permitted}; {@code tracking_off} when none of them may be kept
   *     because nothing that allows it goes on
   */
  public Taken take(User user, List<Said> said, Instant now) {
    if (!user.may(Right.SHARE_POSITION))
      throw new Failure(
          FailureCode.NOT_PERMITTED, "您的岗位不共享位置 · your role does not share positions");
    Standing standing = standing(user, now);
    if (rules.isEmpty() || !standing.tracked()) throw off();
    List<Fix> fixes = new ArrayList<>();
    List<Refused> refused = new ArrayList<>();
    Set<Instant> times = new HashSet<>();
    for (int line = 0; line < said.size(); line++) {
      switch (judge(said.get(line), standing, rules.get(), now)) {
        case Judged.Good(var fix) when times.add(fix.at()) -> fixes.add(fix);
        case Judged.Good(var fix) -> refused.add(new Refused(line, Refusal.REPEATED));
        case Judged.Bad(var why) -> refused.add(new Refused(line, why));
      }
    }
    boolean elsewhere =
        fixes.isEmpty() && refused.stream().allMatch(r -> r.why() == Refusal.OUTSIDE_TASK);
    if (elsewhere && standing.since().isEmpty()) throw off();
    if (!fixes.isEmpty()) keep(worker(user), fixes, now);
    return new Taken(fixes.size(), refused);
  }

  private void keep(Worker worker, List<Fix> fixes, Instant now) {
    tracks.add(worker, fixes, now);
    Fix newest = fixes.stream().max(Comparator.comparing(Fix::at)).orElseThrow();
    out.moved(
        new Last(
            worker.id(),
            newest.at(),
            newest.position(),
            newest.accuracyMetres(),
            newest.areas(),
            worker.unit(),
            newest.ground().id(),
            now));
  }

  private sealed interface Judged {
    record Good(Fix fix) implements Judged {}

    record Bad(Refusal why) implements Judged {}
  }

  private Judged judge(Said said, Standing standing, TrackRules policy, Instant now) {
    if (said.at().isAfter(now.plus(AHEAD))) return new Judged.Bad(Refusal.FUTURE);
    if (said.at().isBefore(now.minus(policy.late()))) return new Judged.Bad(Refusal.TOO_OLD);
    OptionalDouble accuracy = said.accuracyMetres();
    if (accuracy.isPresent() && accuracy.getAsDouble() > policy.worstAccuracyMetres())
      return new Judged.Bad(Refusal.INACCURATE);
    Places places = ground.get();
    Place place;
    try {
      place = places.place(Places.wgs84(said.position()), places.locate(said.position(), accuracy));
    } catch (Failure nowhere) {
      return new Judged.Bad(Refusal.INVALID);
    }
    if (place.flag() == Place.Flag.SUSPECT || place.position().isEmpty())
      return new Judged.Bad(Refusal.SUSPECT);
    return ground(said.at(), place.areaCodes(), standing)
        .<Judged>map(
            why ->
                new Judged.Good(
                    // One a second is plenty, and bounds what anybody can fill tables with.
                    new Fix(
                        said.at().truncatedTo(ChronoUnit.SECONDS),
                        place.position().get(),
                        accuracy,
                        place.flag(),
                        place.areaCodes(),
                        why)))
        .orElseGet(() -> new Judged.Bad(Refusal.OUTSIDE_TASK));
  }

  private static Optional<Ground> ground(Instant at, List<String> areas, Standing standing) {
    if (standing.since().filter(s -> !at.isBefore(s)).isPresent())
      return Optional.of(new Ground.Task());
    return standing.emergencies().stream()
        .filter(e -> e.holdsAt(at) && e.covers(areas))
        .findFirst()
        .map(e -> new Ground.During(e.id()));
  }

  private static Failure off() {
    return new Failure(
        FailureCode.TRACKING_OFF,
        "没有在办任务，所在区域也没有应急状态 · no accepted task, and no emergency where you are");
  }
}
