package org.gridline.console.live;

import java.util.Optional;
import org.gridline.dispatch.event.EventLog.Sealed;

/**
 * One event at its position.
 *
 * @param before who could see the ticket before, where this node knows it; otherwise the event
 *     itself tells whose hands it was in
 */
record Step(Sealed event, Optional<Audience> before) {
  long seq() {
    return event.seq();
  }

  long ticket() {
    return event.ticket();
  }

  /** Whether a client may have the ticket on its screen from before this step. */
  boolean wasSeenBy(View view, Audience now) {
    Audience then =
        before.orElseGet(() -> now.heldBy(event.unitBefore().orElse(""), event.helpersBefore()));
    return view.shows(then) != Shown.NOTHING;
  }
}
