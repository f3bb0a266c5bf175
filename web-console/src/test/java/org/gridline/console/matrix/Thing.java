package org.gridline.console.matrix;

import java.util.function.Function;

/**
 * Something that a call can name.
 *
 * @param value as it stands in an address or a body
 */
record Thing(String kind, String value, Function<Asker, Presence> to) {
  /** Whether somebody finds it. */
  enum Presence {
    THERE,
    /** It must look as if it did not exist. */
    HIDDEN,
    /** It may be used up, or is told to some of those only who might see it. */
    EITHER
  }

  static Presence when(boolean seen) {
    return seen ? Presence.THERE : Presence.HIDDEN;
  }
}
