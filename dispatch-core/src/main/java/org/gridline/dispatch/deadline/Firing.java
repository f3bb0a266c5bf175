package org.gridline.dispatch.deadline;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.gridline.dispatch.event.Fact;
import org.gridline.dispatch.notice.NewNotice;

/**
 * What one clock's moment does: an event that changes no state, the clock's next moment, and who is
 * told.
 *
 * @param level of the clock from now on
 * @param escalateAt when it escalates next, once it is due
 */
public record Firing(
    DueClock due, Fact fact, int level, Optional<Instant> escalateAt, List<NewNotice> notices) {
  public Firing {
    notices = List.copyOf(notices);
  }
}
