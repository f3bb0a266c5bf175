package org.gridline.dispatch.people;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.gridline.dispatch.Names;
import org.gridline.dispatch.route.UnitTree;

/** Somebody who signs in. {@code areas} are area codes, {@code unit} a unit code of the pack. */
public record User(
    long id,
    String login,
    Names name,
    Optional<String> unit,
    List<String> areas,
    List<Role> roles) {
  public User {
    areas = List.copyOf(areas);
    roles = List.copyOf(roles);
  }

  public boolean may(Permission permission) {
    return roles.stream().anyMatch(r -> r.permissions().contains(permission));
  }

  public Set<Permission> permissions() {
    return roles.stream()
        .flatMap(r -> r.permissions().stream())
        .collect(Collectors.toUnmodifiableSet());
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
}
