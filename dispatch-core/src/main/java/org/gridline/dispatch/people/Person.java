package org.gridline.dispatch.people;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.gridline.dispatch.Names;

/**
 * An account as administrators see it.
 *
 * @param roles ids as they were granted, also such as the pack no longer has
 * @param passwordSet false until the holder has used their link
 * @param version grows with each change by an administrator
 */
public record Person(
    long id,
    String login,
    Names name,
    Optional<String> unit,
    List<String> areas,
    List<String> roles,
    State state,
    boolean passwordSet,
    boolean secondFactor,
    boolean locked,
    Instant createdAt,
    Optional<Instant> lastSignIn,
    int version) {
  /** Whether somebody can come in; their history stays in any case. */
  public enum State {
    ACTIVE,
    DISABLED,
    /** For good; the name stays taken, so that histories stay clear. */
    DELETED
  }

  public Person {
    areas = List.copyOf(areas);
    roles = List.copyOf(roles);
  }

  Person named(Names other) {
    return with(other, unit, areas, roles, state);
  }

  Person assigned(Optional<String> toUnit, List<String> inAreas, List<String> asRoles) {
    return with(name, toUnit, inAreas, asRoles, state);
  }

  Person in(State next) {
    return with(name, unit, areas, roles, next);
  }

  private Person with(
      Names name, Optional<String> unit, List<String> areas, List<String> roles, State state) {
    return new Person(
        id,
        login,
        name,
        unit,
        areas,
        roles,
        state,
        passwordSet,
        secondFactor,
        locked,
        createdAt,
        lastSignIn,
        version);
  }

  /** What the log tells of an account, by member. */
  Map<String, String> told() {
    Map<String, String> told = new LinkedHashMap<>();
    told.put("name", name.zh());
    told.put("nameEn", name.en());
    told.put("unit", unit.orElse(""));
    told.put("areas", String.join(" ", new TreeSet<>(areas)));
    told.put("roles", String.join(" ", new TreeSet<>(roles)));
    told.put("state", state.name());
    return told;
  }
}
