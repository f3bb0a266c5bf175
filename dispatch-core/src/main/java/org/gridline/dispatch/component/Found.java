package org.gridline.dispatch.component;

import java.util.Optional;
import org.gridline.gis.position.RawPosition;

/** What somebody found out about a component that is in the register. */
public sealed interface Found {
  record InState(ComponentState state) implements Found {}

  record Elsewhere(RawPosition position) implements Found {}

  /** Another name or other owners. What is absent stays; owners are told all three together. */
  record Described(Optional<String> name, Optional<Owners> owners) implements Found {}
}
