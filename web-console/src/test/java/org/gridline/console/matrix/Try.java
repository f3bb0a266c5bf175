package org.gridline.console.matrix;

import java.util.List;
import org.gridline.console.matrix.Thing.Presence;

/**
 * One way to make a call.
 *
 * @param target address with its query
 * @param body empty for none
 * @param things what it names
 * @param action of the body, empty where there is none
 * @param late whether it speaks of a version that is over
 */
record Try(
    Operation operation,
    String target,
    byte[] body,
    List<Thing> things,
    String action,
    boolean late) {
  Try {
    things = List.copyOf(things);
  }

  /** Whether all that it names is there for somebody. */
  Presence presence(Asker asker) {
    List<Presence> all = things.stream().map(t -> t.to().apply(asker)).toList();
    if (all.contains(Presence.HIDDEN)) return Presence.HIDDEN;
    return all.contains(Presence.EITHER) ? Presence.EITHER : Presence.THERE;
  }

  @Override
  public String toString() {
    return operation.method() + " " + target + (action.isEmpty() ? "" : " " + action);
  }
}
