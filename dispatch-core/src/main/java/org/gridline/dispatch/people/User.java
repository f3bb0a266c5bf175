package org.gridline.dispatch.people;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.gridline.dispatch.Names;
import org.gridline.dispatch.event.Actor;
import org.gridline.dispatch.route.UnitTree;
import org.gridline.dispatch.ticket.ActionKind;

/**
 * Somebody who signs in. {@code areas} are area codes, {@code unit} a unit code of the pack.
 *
 * @param behalf for whom they act just now; unit, areas and roles are then that person's
 */
public record User(
    long id,
    String login,
    Names name,
    Optional<String> unit,
    List<String> areas,
    List<Role> roles,
    Optional<Behalf> behalf) {
  public User {
    areas = List.copyOf(areas);
    roles = List.copyOf(roles);
  }

  /** Somebody who acts for themselves. */
  public User(
      long id,
      String login,
      Names name,
      Optional<String> unit,
      List<String> areas,
      List<Role> roles) {
    this(id, login, name, unit, areas, roles, Optional.empty());
  }

  /** Who is stood in for. */
  public record Behalf(long user, String login, Names name) {}

  /** The same person with another's roles, unit and areas. */
  public User actingFor(User other) {
    return new User(
        id,
        login,
        name,
        other.unit,
        other.areas,
        other.roles,
        Optional.of(new Behalf(other.id, other.login, other.name)));
  }

  /** This person as the log names them. */
  public Actor.Person actor() {
    return new Actor.Person(id, unit, behalf.map(Behalf::user));
  }

  /** The people who act when this one does; rules of independence count each of them. */
  public Set<Long> selves() {
    return actor().selves();
  }

  public boolean may(Permission permission) {
    return roles.stream().anyMatch(r -> r.permissions().contains(permission));
  }

  public Set<Permission> permissions() {
    return roles.stream()
        .flatMap(r -> r.permissions().stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Which of the three administrators this is. */
  public Optional<AdminKind> office() {
    return Separation.office(roles);
  }

  /** The widest of what the roles allow; a unit stands for its sub-units too. */
  public Scope scope(UnitTree tree) {
    if (roles.stream().anyMatch(r -> r.reach() == Role.Reach.DISTRICT)) return new Scope.District();
    Set<String> seenAreas =
        roles.stream().anyMatch(r -> r.reach() == Role.Reach.AREA) ? Set.copyOf(areas) : Set.of();
    Set<String> seenUnits =
        roles.stream().anyMatch(r -> r.reach() == Role.Reach.UNIT || r.reach() == Role.Reach.AREA)
            ? unit.map(tree::withSubUnits).orElse(Set.of())
            : Set.of();
    return seenAreas.isEmpty() && seenUnits.isEmpty()
        ? new Scope.Nothing()
        : new Scope.Limited(seenAreas, seenUnits);
  }

  /**
   * The same and the tickets that this person was drawn to check. Only for what shows a ticket by
   * the rules of the blind check; everything else takes {@link #scope}.
   */
  public Scope scopeWithChecks(UnitTree tree) {
    Scope own = scope(tree);
    if (own instanceof Scope.District || !may(new Permission.Act(ActionKind.CHECK))) return own;
    Set<String> units =
        selves().stream().map(Scope::drawn).collect(Collectors.toCollection(HashSet::new));
    if (!(own instanceof Scope.Limited(var areas, var seen)))
      return new Scope.Limited(Set.of(), units);
    units.addAll(seen);
    return new Scope.Limited(areas, units);
  }
}
