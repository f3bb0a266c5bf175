package org.gridline.dispatch.component;

import java.util.List;
import java.util.OptionalDouble;
import org.gridline.dispatch.component.Components.Nearby;

/** Which component a report speaks of. */
public sealed interface Pointed {
  /**
   * Exactly one.
   *
   * @param metres between it and the report's position, where the report has one
   */
  record One(Component component, How how, OptionalDouble metres) implements Pointed {}

  /** Several that may be meant; a person has to look. */
  record Several(List<Nearby> components) implements Pointed {
    public Several {
      components = List.copyOf(components);
    }
  }

  /** None, as far as can be known. */
  record Nobody() implements Pointed {}

  /** How the report came to it. */
  enum How {
    /** By its code: as a member of the report, scanned, or written in its words. */
    NAMED,
    /** By standing beside the only one of the class. */
    NEAR
  }
}
