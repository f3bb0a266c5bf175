package org.gridline.dispatch.component;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;
import org.gridline.dispatch.classify.CategoryKey;
import org.gridline.dispatch.component.Components.Nearby;
import org.gridline.dispatch.component.Pointed.How;
import org.gridline.dispatch.place.Place;
import org.gridline.dispatch.route.Assignment;
import org.gridline.dispatch.route.Assignment.Candidate;
import org.gridline.dispatch.route.Assignment.Doubt;
import org.gridline.dispatch.route.Ground;
import org.gridline.dispatch.route.Router.Dispatching;
import org.gridline.dispatch.route.Unit;
import org.gridline.dispatch.route.UnitTree;
import org.gridline.gis.position.Position;

/**
 * Finds the component that a report speaks of, and its owner, before any polygon or duty rule is
 * asked. Thread-safe.
 */
public final class RouteByComponent {
  /** A person looks at so many at most. */
  private static final int MOST_NEAR = 10;

  private final Components components;
  private final ComponentRules rules;
  private final UnitTree units;
  private final Dispatching dispatching;

  public RouteByComponent(
      Components components, ComponentRules rules, UnitTree units, Dispatching dispatching) {
    this.components = components;
    this.rules = rules;
    this.units = units;
    this.dispatching = dispatching;
  }

  /** Why a component that is known did not decide. */
  public enum Pass {
    /** The matter is surely another one than this class is reported for. */
    OTHER_MATTER,
    REMOVED,
    NO_OWNER,
    UNIT_UNKNOWN,
    UNIT_UNSTAFFED
  }

  /** Where a component leads. */
  public sealed interface Lead {
    /** To an owner, or to a person with candidates. */
    record To(Assignment assignment) implements Lead {}

    /** Past it, to the duty rules, for this reason. */
    record Past(Pass why) implements Lead {}

    record Nowhere() implements Lead {}
  }

  /**
   * The component that a report names, by its own member first, else by digits in its words.
   *
   * @param at where the report says it is
   * @throws Failure {@code component_unknown} when the member names none
   */
  public Pointed named(Optional<ComponentCode> member, String text, Optional<Position> at) {
    if (member.isPresent()) {
      return components.listByCode(List.of(member.get())).stream()
          .findFirst()
          .map(c -> one(c, at))
          .orElseThrow(
              () ->
                  Failure.atField(
                      FailureCode.COMPONENT_UNKNOWN,
                      "component",
                      "没有此部件 · no such component in the register"));
    }
    List<ComponentCode> written = rules.code().in(text);
    if (written.isEmpty()) return new Pointed.Nobody();
    List<Component> found = components.listByCode(written);
    return switch (found.size()) {
      case 0 -> new Pointed.Nobody();
      case 1 -> one(found.getFirst(), at);
      default -> new Pointed.Several(found.stream().map(c -> nearby(c, at)).toList());
    };
  }

  /** The component that a report points at by standing beside it. */
  public Pointed near(CategoryKey category, Position at, OptionalDouble accuracyMetres) {
    Collection<CategoryKey> types =
        rules.classes().reportedBy(category).stream().map(ComponentClass::key).toList();
    if (types.isEmpty() || accuracyMetres.orElse(0) > rules.exactMetres())
      return new Pointed.Nobody();
    List<Nearby> found = components.listNear(types, at, rules.nearMetres(), MOST_NEAR);
    return switch (found.size()) {
      case 0 -> new Pointed.Nobody();
      case 1 ->
          new Pointed.One(
              found.getFirst().component(), How.NEAR, OptionalDouble.of(found.getFirst().metres()));
      default -> new Pointed.Several(found);
    };
  }

  /** The usual report category of a component, where nobody chose one. */
  public Optional<CategoryKey> category(Component component) {
    return rules.classes().find(component.type()).flatMap(c -> c.reports().stream().findFirst());
  }

  /**
   * The owner that this leads to. Noise beside a lamp is no matter of whoever keeps the lamp: a
   * component leads only where nobody knows what the matter is, or it is one that its class is
   * reported for.
   *
   * @param matter what it is surely about, because a person chose or the words leave no doubt
   */
  public Lead lead(Pointed pointed, Optional<CategoryKey> matter, Place place) {
    return switch (pointed) {
      case Pointed.Nobody() -> new Lead.Nowhere();
      case Pointed.Several(var found) ->
          found.stream().noneMatch(near -> concerns(matter, near.component()))
              ? new Lead.Past(Pass.OTHER_MATTER)
              : new Lead.To(new Assignment.Uncertain(Doubt.SEVERAL_COMPONENTS, candidates(found)));
      case Pointed.One(var component, var how, var metres) ->
          concerns(matter, component)
              ? lead(component, how, metres, place)
              : new Lead.Past(Pass.OTHER_MATTER);
    };
  }

  /**
   * The same for a component that a ticket names; nowhere when it is not there any more.
   *
   * @param at where the ticket's report said that it is
   */
  public Lead lead(
      ComponentCode named, Optional<Position> at, Optional<CategoryKey> matter, Place place) {
    return components.listByCode(List.of(named)).stream()
        .findFirst()
        .map(component -> lead(one(component, at), matter, place))
        .orElseGet(Lead.Nowhere::new);
  }

  private boolean concerns(Optional<CategoryKey> matter, Component component) {
    return matter.isEmpty()
        || rules.classes().reportedBy(matter.get()).stream()
            .anyMatch(type -> type.key().equals(component.type()));
  }

  /** A component with the unit that answers for it, and why just that one. */
  private record Owner(Unit unit, OwnerRole role) {}

  private Lead lead(Component component, How how, OptionalDouble metres, Place place) {
    if (component.state() == ComponentState.REMOVED) return new Lead.Past(Pass.REMOVED);
    if (component.owners().units().isEmpty()) return new Lead.Past(Pass.NO_OWNER);
    List<Owner> known = known(component);
    if (known.isEmpty()) return new Lead.Past(Pass.UNIT_UNKNOWN);
    Optional<Owner> owner = staffed(component, known);
    if (owner.isEmpty()) return new Lead.Past(Pass.UNIT_UNSTAFFED);
    List<Candidate> candidates = List.of(candidate(component, owner.get()));
    if (metres.orElse(0) > rules.farMetres())
      return new Lead.To(new Assignment.Uncertain(Doubt.COMPONENT_ELSEWHERE, candidates));
    if (dispatching == Dispatching.BY_HAND)
      return new Lead.To(new Assignment.Uncertain(Doubt.BY_HAND, candidates));
    return new Lead.To(
        new Assignment.Certain(
            owner.get().unit(),
            new Ground.ByComponent(
                component.code().text(),
                component.name(),
                owner.get().role().id(),
                how.name().toLowerCase(Locale.ROOT),
                metres.isPresent() ? Math.round(metres.getAsDouble() * 10) / 10.0 : 0,
                place.boundaryVersion(),
                place.areaCodes())));
  }

  private List<Owner> known(Component component) {
    List<Owner> known = new ArrayList<>();
    for (OwnerRole role : rules.ownerOrder())
      component
          .owners()
          .find(role)
          .flatMap(units::find)
          .ifPresent(unit -> known.add(new Owner(unit, role)));
    return known;
  }

  private Optional<Owner> staffed(Component component, List<Owner> known) {
    var staffed = components.staffed(component.owners().units());
    return known.stream().filter(o -> staffed.contains(o.unit().code())).findFirst();
  }

  private List<Candidate> candidates(List<Nearby> found) {
    List<Candidate> candidates = new ArrayList<>();
    for (Nearby near : found)
      known(near.component()).stream()
          .findFirst()
          .map(owner -> candidate(near.component(), owner))
          .ifPresent(candidates::add);
    return candidates;
  }

  private static Candidate candidate(Component component, Owner owner) {
    return new Candidate(
        owner.unit(),
        component.code().text(),
        component.name() + " · " + owner.role().label().zh() + " " + owner.role().label().en());
  }

  private static Pointed one(Component component, Optional<Position> at) {
    return new Pointed.One(
        component,
        How.NAMED,
        at.isEmpty()
            ? OptionalDouble.empty()
            : OptionalDouble.of(metres(component.position(), at.get())));
  }

  private static Nearby nearby(Component component, Optional<Position> at) {
    return new Nearby(component, at.map(p -> metres(component.position(), p)).orElse(0.0));
  }

  /** On a sphere; good to half a percent, which is nothing at the distances that matter here. */
  static double metres(Position a, Position b) {
    double lat = Math.toRadians(b.lat() - a.lat());
    double lon = Math.toRadians(b.lon() - a.lon());
    double h =
        Math.pow(Math.sin(lat / 2), 2)
            + Math.cos(Math.toRadians(a.lat()))
                * Math.cos(Math.toRadians(b.lat()))
                * Math.pow(Math.sin(lon / 2), 2);
    return 2 * Position.EARTH_RADIUS_METRES * Math.asin(Math.min(1, Math.sqrt(h)));
  }
}
