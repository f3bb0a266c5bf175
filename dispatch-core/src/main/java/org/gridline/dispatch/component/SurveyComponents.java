package org.gridline.dispatch.component;

import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;
import org.gridline.dispatch.classify.CategoryKey;
import org.gridline.dispatch.component.Component.Origin;
import org.gridline.dispatch.component.ComponentChange.Details;
import org.gridline.dispatch.component.ComponentChange.What;
import org.gridline.dispatch.component.Components.Step;
import org.gridline.dispatch.intake.IdempotencyKey;
import org.gridline.dispatch.people.Permission;
import org.gridline.dispatch.people.Scope;
import org.gridline.dispatch.people.User;
import org.gridline.dispatch.place.Place;
import org.gridline.dispatch.place.Places;
import org.gridline.dispatch.route.UnitTree;
import org.gridline.gis.position.Position;
import org.gridline.gis.position.RawPosition;

/**
 * 普查: a grid worker adds a component or says how it is, on the spot and inside the worker's own
 * areas. Thread-safe.
 */
public final class SurveyComponents {
  /** Somebody else took the same number so often only when something is wrong. */
  private static final int TRIES = 8;

  private final Components components;
  private final ComponentRules rules;
  private final Supplier<Places> ground;
  private final UnitTree units;
  private final ZoneId zone;
  private final InstantSource clock;

  public SurveyComponents(
      Components components,
      ComponentRules rules,
      Supplier<Places> ground,
      UnitTree units,
      ZoneId zone,
      InstantSource clock) {
    this.components = components;
    this.rules = rules;
    this.ground = ground;
    this.units = units;
    this.zone = zone;
    this.clock = clock;
  }

  /**
   * What a surveyor writes down.
   *
   * @param code absent to get the next number of the class
   */
  public record Draft(
      Optional<ComponentCode> code,
      CategoryKey type,
      String name,
      RawPosition position,
      Owners owners,
      ComponentState state,
      String note) {}

  /** What came of a step. */
  public sealed interface Outcome {
    Component component();

    record Done(Component component) implements Outcome {}

    /** The same key led here before. */
    record Again(Component component) implements Outcome {}

    /** Somebody was faster. */
    record Conflict(Component component) implements Outcome {}
  }

  /**
   * Adds a component.
   *
   * @throws Failure {@code component_exists}, {@code class_unknown}, {@code unit_unknown}, {@code
   *     position_invalid}, {@code not_permitted}
   */
  public Outcome add(Draft draft, User by, IdempotencyKey key) {
    Scope scope = surveyor(by);
    Optional<Outcome> before = again(Optional.of(key), scope);
    if (before.isPresent()) return before.get();
    ComponentClass type =
        rules
            .classes()
            .find(draft.type())
            .orElseThrow(
                () ->
                    Failure.atField(
                        FailureCode.CLASS_UNKNOWN,
                        "class",
                        "没有此部件类别 · no class " + draft.type().kind() + ":" + draft.type().code()));
    known(draft.owners().units());
    Place place = inside(draft.position(), scope);
    Instant now = clock.instant();
    for (int tries = 0; tries < TRIES; tries++) {
      ComponentCode code = draft.code().orElseGet(() -> free(type.key()));
      Component made = component(draft, code, place, now);
      ComponentChange change =
          change(made, What.ADDED, Optional.empty(), now, by, "", OptionalLong.empty());
      if (components.add(made, new Step(change, Optional.of(key)))) return new Outcome.Done(made);
      Optional<Outcome> meanwhile = again(Optional.of(key), scope);
      if (meanwhile.isPresent()) return meanwhile.get();
      if (draft.code().isPresent()) {
        throw Failure.atField(
            FailureCode.COMPONENT_EXISTS, "code", "此标识码已登记 · this code is registered already");
      }
    }
    throw new Failure(FailureCode.UNAVAILABLE, "请几秒后重试 · try again in a few seconds");
  }

  /**
   * Writes down what was found.
   *
   * @param version which one the surveyor looked at
   * @param ticket the ticket that it came of, if any; the caller has checked that it may be named
   */
  public Outcome tell(
      ComponentCode code,
      int version,
      Found found,
      String why,
      OptionalLong ticket,
      User by,
      Optional<IdempotencyKey> key) {
    Scope scope = surveyor(by);
    Optional<Outcome> before = again(key, code, scope);
    if (before.isPresent()) return before.get();
    Component now = components.get(code, scope);
    if (now.version() != version) return new Outcome.Conflict(now);
    Instant at = clock.instant();
    LocalDate today = LocalDate.ofInstant(at, zone);
    Component next;
    What what;
    switch (found) {
      case Found.InState(var state) -> {
        next = now.in(state, today);
        what = What.STATE;
      }
      case Found.Described(var name, var owners) -> {
        // A unit that the pack has no longer may stay; who comes new must be there.
        Set<String> fresh = new HashSet<>(owners.orElse(now.owners()).units());
        fresh.removeAll(now.owners().units());
        known(fresh);
        next = described(now, name.orElse(now.name()), owners.orElse(now.owners()), today);
        what = What.DETAILS;
      }
      case Found.Elsewhere(var position) -> {
        Place place = inside(position, scope);
        next =
            now.at(place.position().orElseThrow(), place.areas(), place.boundaryVersion(), today);
        what = What.MOVED;
      }
    }
    ComponentChange change = change(next, what, Optional.of(now), at, by, why, ticket);
    Optional<Component> faster = components.write(next, new Step(change, key));
    if (faster.isEmpty()) return new Outcome.Done(next);
    return again(key, code, scope).orElseGet(() -> new Outcome.Conflict(faster.get()));
  }

  private void known(Set<String> owners) {
    for (String unit : owners) {
      if (units.find(unit).isEmpty())
        throw Failure.atField(
            FailureCode.UNIT_UNKNOWN, "owners", "没有此单位 · no unit " + RowReader.shortened(unit));
    }
  }

  private static Component described(Component now, String name, Owners owners, LocalDate on) {
    if (name.equals(now.name()) && owners.equals(now.owners()))
      throw new Failure(FailureCode.INVALID_REQUEST, "没有变化 · nothing changes");
    try {
      return now.described(name, owners, on);
    } catch (IllegalArgumentException wrong) {
      throw Failure.atField(
          FailureCode.INVALID_REQUEST, "name", String.valueOf(wrong.getMessage()));
    }
  }

  private Scope surveyor(User by) {
    if (!by.may(Permission.Right.SURVEY_COMPONENTS)) {
      throw new Failure(
          FailureCode.NOT_PERMITTED, "您的岗位不能普查部件 · your role does not survey components");
    }
    return by.scope(units);
  }

  private Optional<Outcome> again(Optional<IdempotencyKey> key, Scope scope) {
    return key.flatMap(components::findStep)
        .map(code -> new Outcome.Again(components.get(code, scope)));
  }

  /** The same words about another component are another step: that one must not be lost. */
  private Optional<Outcome> again(Optional<IdempotencyKey> key, ComponentCode code, Scope scope) {
    Optional<Outcome> before = again(key, scope);
    if (before.filter(b -> !b.component().code().equals(code)).isPresent())
      throw new Failure(
          FailureCode.IDEMPOTENCY_KEY_REUSED, "另一部件请换新键 · use a new key for another component");
    return before;
  }

  /** A surveyor stands in their own areas, so a component there is theirs to write down. */
  private Place inside(RawPosition raw, Scope scope) {
    Place place = ground.get().locate(Optional.of(raw), OptionalDouble.empty(), "");
    if (!place.certain() || place.position().isEmpty()) {
      throw Failure.atField(
          FailureCode.POSITION_INVALID, "position", "位置不在本区内 · not inside the city's areas");
    }
    if (!scope.covers(place.areaCodes(), "")) {
      throw Failure.atField(
          FailureCode.NOT_PERMITTED, "position", "位置不在您的辖区 · not inside your areas");
    }
    return place;
  }

  private ComponentCode free(CategoryKey type) {
    CodeForm form = rules.code();
    if (form.city().isEmpty() && form.region() > 0) {
      throw Failure.atField(
          FailureCode.INVALID_REQUEST, "code", "请填写标识码 · this city gives no codes, name one");
    }
    try {
      return form.code(type, components.nextNumber(form.prefix(type), form.order()));
    } catch (IllegalArgumentException usedUp) {
      throw Failure.atField(
          FailureCode.INVALID_REQUEST, "code", String.valueOf(usedUp.getMessage()));
    }
  }

  private Component component(Draft draft, ComponentCode code, Place place, Instant at) {
    LocalDate today = LocalDate.ofInstant(at, zone);
    try {
      rules.code().check(code, draft.type());
      return new Component(
          code,
          draft.type(),
          draft.name(),
          place.position().orElseThrow(),
          place.areas(),
          place.boundaryVersion(),
          draft.owners(),
          draft.state(),
          today,
          today,
          "现场普查 · survey",
          draft.note(),
          Origin.SURVEYED,
          1);
    } catch (IllegalArgumentException wrong) {
      throw new Failure(FailureCode.INVALID_REQUEST, String.valueOf(wrong.getMessage()));
    }
  }

  private static Optional<Details> details(Component next, What what, Optional<Component> before) {
    return before
        .filter(b -> what == What.DETAILS)
        .map(b -> new Details(b.name(), next.name(), b.owners(), next.owners()));
  }

  private static ComponentChange change(
      Component next,
      What what,
      Optional<Component> before,
      Instant at,
      User by,
      String why,
      OptionalLong ticket) {
    Optional<Position> from =
        before.map(Component::position).filter(p -> !p.equals(next.position()));
    try {
      return new ComponentChange(
          next.version(),
          at,
          by.actor(),
          what,
          before.map(Component::state),
          next.state(),
          from,
          next.position(),
          why,
          ticket,
          details(next, what, before));
    } catch (IllegalArgumentException wrong) {
      throw Failure.atField(FailureCode.INVALID_REQUEST, "why", String.valueOf(wrong.getMessage()));
    }
  }
}
