package org.gridline.dispatch.people;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;
import org.gridline.dispatch.people.Permission.Right;
import org.gridline.dispatch.people.Rosters.Filter;
import org.gridline.dispatch.people.Rosters.Shift;
import org.gridline.dispatch.people.Rosters.Wish;
import org.gridline.dispatch.route.UnitTree;

/** Duty rosters: whoever may arrange them does so for the unit and those below it. */
public final class ArrangeDuty {
  private static final Duration LONGEST = Duration.ofDays(7);
  private static final int MOST = 500;

  private final Rosters rosters;
  private final Accounts accounts;
  private final People people;
  private final UnitTree units;
  private final Predicate<String> areas;
  private final InstantSource clock;

  /**
   * @param areas whether there is an area of this code today
   */
  public ArrangeDuty(
      Rosters rosters,
      Accounts accounts,
      People people,
      UnitTree units,
      Predicate<String> areas,
      InstantSource clock) {
    this.rosters = rosters;
    this.accounts = accounts;
    this.people = people;
    this.units = units;
    this.areas = areas;
    this.clock = clock;
  }

  /** What somebody asks for; {@code user} is a login. */
  public record Asked(
      String user, String role, Optional<String> area, Instant from, Instant until) {}

  /**
   * Takes shifts off the roster and puts others on it, all or none: whoever changes a shift leaves
   * no gap, whatever happens meanwhile.
   *
   * @param gone ids of shifts
   * @throws Failure {@code not_permitted}; {@code not_found} when one of them is off the roster or
   *     over; {@code value_refused} at {@code shifts[n]}
   */
  public List<Shift> arrange(User actor, Set<Long> gone, List<Asked> shifts) {
    if (!actor.may(Right.ARRANGE_DUTY)) throw notPermitted();
    int changes = gone.size() + shifts.size();
    if (changes == 0 || changes > MOST)
      throw Failure.atField(FailureCode.VALUE_REFUSED, "shifts", "1–" + MOST);
    long mine =
        rosters.listByIds(gone).stream().filter(shift -> arranges(actor, shift.unit())).count();
    if (mine < gone.size()) throw unknown();
    List<Wish> wishes = new ArrayList<>();
    for (int i = 0; i < shifts.size(); i++)
      wishes.add(checked(actor, shifts.get(i), "shifts[" + i + "]"));
    return rosters
        .change(gone, wishes, actor.id(), clock.instant())
        .orElseThrow(ArrangeDuty::unknown);
  }

  private Wish checked(User actor, Asked asked, String field) {
    User user =
        accounts
            .findByLogin(asked.user())
            .map(Accounts.Account::user)
            .orElseThrow(() -> refused(field, "没有此用户 · no such user"));
    if (user.roles().stream().noneMatch(r -> r.id().equals(asked.role())))
      throw refused(field, "此人无此岗位 · this person does not have that role");
    String unit = user.unit().orElseThrow(() -> refused(field, "此人无单位 · this person has no unit"));
    if (!arranges(actor, unit)) throw notPermitted();
    asked
        .area()
        .filter(areas.negate())
        .ifPresent(
            area -> {
              throw refused(field, "没有此区域 · no such area");
            });
    Duration length = Duration.between(asked.from(), asked.until());
    if (length.isNegative() || length.isZero() || length.compareTo(LONGEST) > 0)
      throw refused(field, "班次须在 7 天以内 · a shift is longer than nothing and at most 7 days");
    return new Wish(user.id(), asked.role(), unit, asked.area(), asked.from(), asked.until());
  }

  /** Takes a shift off the roster. */
  public void remove(User actor, long id) {
    arrange(actor, Set.of(id), List.of());
  }

  /** What somebody may look at: the whole roster, or that of their unit and those below it. */
  public List<Shift> list(User actor, Filter filter, Instant from, Instant until) {
    return rosters.list(narrowed(actor, filter), from, until);
  }

  /** Whom somebody may put on the roster: active people with a role, in the order of logins. */
  public List<Person> listPeople(User actor, Set<String> units) {
    if (!actor.may(Right.ARRANGE_DUTY)) throw notPermitted();
    Filter mine = narrowed(actor, new Filter(Optional.empty(), units, Set.of()));
    return people
        .list(
            new People.Filter(
                "", Optional.empty(), mine.units(), Optional.of(Person.State.ACTIVE), ""),
            MOST,
            clock.instant())
        .stream()
        .filter(p -> p.unit().isPresent() && !p.roles().isEmpty())
        .toList();
  }

  private Filter narrowed(User actor, Filter filter) {
    return switch (actor.scope(units)) {
      case Scope.District() -> filter;
      case Scope.Nothing() -> throw notPermitted();
      case Scope.Limited(var seenAreas, var seenUnits) -> {
        Set<String> mine =
            filter.units().isEmpty()
                ? seenUnits
                : filter.units().stream()
                    .filter(seenUnits::contains)
                    .collect(java.util.stream.Collectors.toUnmodifiableSet());
        if (mine.isEmpty()) throw notPermitted();
        yield new Filter(filter.role(), mine, filter.areas());
      }
    };
  }

  private boolean arranges(User actor, String unit) {
    return switch (actor.scope(units)) {
      case Scope.District() -> true;
      case Scope.Nothing() -> false;
      case Scope.Limited(var seenAreas, var seenUnits) -> seenUnits.contains(unit);
    };
  }

  private static Failure notPermitted() {
    return new Failure(FailureCode.NOT_PERMITTED, "不在您的排班范围 · not yours to arrange or to see");
  }

  private static Failure unknown() {
    return new Failure(FailureCode.NOT_FOUND, "没有此班次 · no such shift");
  }

  private static Failure refused(String field, String detail) {
    return Failure.atField(FailureCode.VALUE_REFUSED, field, detail);
  }
}
