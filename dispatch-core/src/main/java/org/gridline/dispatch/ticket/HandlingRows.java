package org.gridline.dispatch.ticket;

import static org.gridline.dispatch.ticket.Lifecycle.step;
import static org.gridline.dispatch.ticket.TicketState.*;

import java.util.List;
import org.gridline.dispatch.deadline.Clock;
import org.gridline.dispatch.ticket.ClockEffect.Extend;
import org.gridline.dispatch.ticket.ClockEffect.PauseAll;
import org.gridline.dispatch.ticket.ClockEffect.ResumeAll;
import org.gridline.dispatch.ticket.ClockEffect.ScheduleResume;
import org.gridline.dispatch.ticket.Lifecycle.Row;
import org.gridline.dispatch.ticket.Lifecycle.Who;

/** 任务处理: contact, extension, suspension and feedback while a unit works. */
final class HandlingRows {
  static final List<Row> ROWS =
      List.of(
          step(HANDLING, ActionKind.CONTACT, HANDLING)
              .by(Who.CALLERS_CONTACT)
              .when(Guard.HAS_CALLER)
              .stop(Clock.CONTACT),
          step(HANDLING, ActionKind.REQUEST_EXTENSION, HANDLING)
              .by(Who.OWNER)
              .when(Guard.EXTENSION_FREE)
              .start(Clock.REQUEST_REVIEW),
          step(HANDLING, ActionKind.REVIEW_EXTENSION, HANDLING)
              .by(Who.UNIT_REVIEWER)
              .when(Guard.EXTENSION_SUPPORTED)
              .start(Clock.REQUEST_REVIEW),
          step(HANDLING, ActionKind.REVIEW_EXTENSION, HANDLING)
              .by(Who.UNIT_REVIEWER)
              .when(Guard.EXTENSION_OPPOSED)
              .stop(Clock.REQUEST_REVIEW),
          step(HANDLING, ActionKind.GRANT_EXTENSION, HANDLING)
              .by(Who.NOT_ASKER)
              .when(Guard.EXTENSION_READY)
              .stop(Clock.REQUEST_REVIEW)
              .with(new Extend()),
          step(HANDLING, ActionKind.REFUSE_EXTENSION, HANDLING)
              .by(Who.NOT_ASKER)
              .when(Guard.EXTENSION_READY)
              .stop(Clock.REQUEST_REVIEW),
          step(HANDLING, ActionKind.REQUEST_SUSPENSION, HANDLING)
              .by(Who.OWNER)
              .when(Guard.SUSPENSION_LEFT)
              .start(Clock.REQUEST_REVIEW),
          step(HANDLING, ActionKind.GRANT_SUSPENSION, SUSPENDED)
              .by(Who.NOT_ASKER)
              .when(Guard.SUSPENSION_ASKED)
              .stop(Clock.REQUEST_REVIEW)
              .with(new PauseAll(), new ScheduleResume()),
          step(HANDLING, ActionKind.REFUSE_SUSPENSION, HANDLING)
              .by(Who.NOT_ASKER)
              .when(Guard.SUSPENSION_ASKED)
              .stop(Clock.REQUEST_REVIEW),
          step(SUSPENDED, ActionKind.RESUME, HANDLING)
              .by(Who.OWNER_OR_CENTRE)
              .stop(Clock.RESUME)
              .with(new ResumeAll()),
          step(HANDLING, ActionKind.FEEDBACK, FEEDBACK_REVIEW)
              .by(Who.OWNER)
              .when(Guard.FEEDBACK_FREE)
              .stop(Clock.CONTACT, Clock.HANDLE, Clock.REWORK, Clock.REQUEST_REVIEW)
              .start(Clock.FEEDBACK_REVIEW),
          step(FEEDBACK_REVIEW, ActionKind.PASS, REVISITING)
              .when(Guard.CALLER_DECIDES)
              .stop(Clock.FEEDBACK_REVIEW)
              .start(Clock.REVISIT),
          step(FEEDBACK_REVIEW, ActionKind.PASS, CHECKING)
              .when(Guard.SITE_DECIDES)
              .stop(Clock.FEEDBACK_REVIEW)
              .start(Clock.CHECK),
          step(FEEDBACK_REVIEW, ActionKind.REWORK, HANDLING)
              .stop(Clock.FEEDBACK_REVIEW)
              .start(Clock.REWORK));

  private HandlingRows() {}
}
