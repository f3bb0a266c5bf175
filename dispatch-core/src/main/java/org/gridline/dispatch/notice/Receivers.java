package org.gridline.dispatch.notice;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.gridline.dispatch.people.Role;
import org.gridline.dispatch.people.Rosters;
import org.gridline.dispatch.people.Rosters.Shift;
import org.gridline.dispatch.people.User;
import org.gridline.dispatch.route.Unit;
import org.gridline.dispatch.route.UnitTree;

/**
 * Who answers to which words of {@link Audience} at a moment. Duty contacts are those on the roster
 * just then: those of the whole unit, and those of an area for tickets in it; where nobody is on
 * duty for the whole unit, everybody who is on duty there, and where nobody is at all, the whole
 * unit. A unit without anybody who can come in is answered for by the nearest one above that has
 * somebody. Called on any virtual thread; rosters are looked at every few seconds.
 */
public final class Receivers {
  private static final Duration LOOK = Duration.ofSeconds(5);

  private final Rosters rosters;
  private final Notices notices;
  private final UnitTree units;
  private final Map<String, Seen<List<Shift>>> duty = new ConcurrentHashMap<>();
  private final Map<String, Seen<Set<String>>> below = new ConcurrentHashMap<>();
  private volatile Optional<Seen<Set<String>>> staffed = Optional.empty();

  private record Seen<T>(T what, Instant at) {
    boolean fresh(Instant now) {
      return !now.isBefore(at) && now.isBefore(at.plus(LOOK));
    }
  }

  public Receivers(Rosters rosters, Notices notices, UnitTree units) {
    this.rosters = rosters;
    this.notices = notices;
    this.units = units;
  }

  /** The words that somebody answers to now. */
  public List<String> wordsOf(User user, Instant now) {
    Set<String> words = new LinkedHashSet<>(Audience.wordsOf(user));
    Optional<String> own = user.unit();
    if (own.isEmpty()) return List.copyOf(words);
    for (String unit : answeredFor(own.get(), now)) {
      words.add(Audience.unit(unit, Optional.empty()));
      for (Role role : user.roles()) words.add(Audience.unit(unit, Optional.of(role.id())));
      words.addAll(onDuty(user, own.get(), unit, now));
    }
    return List.copyOf(words);
  }

  /**
   * @param unit the user's own, or one without people below it
   */
  private List<String> onDuty(User user, String own, String unit, Instant now) {
    List<Shift> shifts = shifts(own, now);
    if (shifts.isEmpty()) return List.of(Audience.onDuty(unit));
    boolean somebodyForAll = shifts.stream().anyMatch(s -> s.area().isEmpty());
    List<String> words = new ArrayList<>();
    for (Shift shift : shifts) {
      if (!user.selves().contains(shift.user())) continue;
      if (shift.area().isEmpty() || !somebodyForAll) words.add(Audience.onDuty(unit));
      shift.area().map(area -> Audience.onDuty(unit, area)).ifPresent(words::add);
    }
    return words;
  }

  private List<Shift> shifts(String unit, Instant now) {
    Seen<List<Shift>> seen = duty.get(unit);
    if (seen == null || !seen.fresh(now)) {
      seen =
          new Seen<>(
              rosters.listOnDuty(new Rosters.Filter(Optional.empty(), Set.of(unit), Set.of()), now),
              now);
      duty.put(unit, seen);
    }
    return seen.what();
  }

  /** The unit itself, and those below it that have nobody nearer. */
  private Set<String> answeredFor(String unit, Instant now) {
    Seen<Set<String>> seen = below.get(unit);
    if (seen == null || !seen.fresh(now)) {
      Set<String> staffed = staffed(now);
      Set<String> mine = new HashSet<>();
      for (String code : units.withSubUnits(unit)) {
        if (nearest(code, staffed).equals(Optional.of(unit))) mine.add(code);
      }
      mine.add(unit);
      seen = new Seen<>(Set.copyOf(mine), now);
      below.put(unit, seen);
    }
    return seen.what();
  }

  private Set<String> staffed(Instant now) {
    Optional<Seen<Set<String>>> seen = staffed.filter(s -> s.fresh(now));
    if (seen.isEmpty()) {
      seen = Optional.of(new Seen<>(Set.copyOf(notices.listStaffedUnits()), now));
      staffed = seen;
    }
    return seen.get().what();
  }

  private Optional<String> nearest(String unit, Set<String> staffed) {
    Optional<String> next = Optional.of(unit);
    while (next.isPresent() && !staffed.contains(next.get())) {
      next = next.flatMap(units::find).flatMap(Unit::parent);
    }
    return next;
  }
}
