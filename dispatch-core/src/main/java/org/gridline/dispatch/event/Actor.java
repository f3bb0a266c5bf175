package org.gridline.dispatch.event;

import java.util.Optional;
import java.util.Set;

/** Who did it: a person, or a rule of the system. */
public sealed interface Actor {
  /**
   * @param actingFor somebody who is away and for whom this person acts, with their rights
   */
  record Person(long user, Optional<String> unit, Optional<Long> actingFor) implements Actor {
    /** Somebody who acts for themselves. */
    public Person(long user, Optional<String> unit) {
      this(user, unit, Optional.empty());
    }

    /** Everybody whom this act binds: rules of independence count each of them. */
    public Set<Long> selves() {
      return actingFor.map(other -> Set.of(user, other)).orElse(Set.of(user));
    }
  }

  /** A rule, by name, for example {@code auto-router}. */
  record Rule(String name) implements Actor {}
}
