package org.gridline.dispatch.event;

import java.util.Optional;

/** Who did it: a person, or a rule of the system. */
public sealed interface Actor {
  record Person(long user, Optional<String> unit) implements Actor {}

  /** A rule, by name, for example {@code auto-router}. */
  record Rule(String name) implements Actor {}
}
