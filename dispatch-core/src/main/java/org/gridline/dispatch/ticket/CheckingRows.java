package org.gridline.dispatch.ticket;

import static org.gridline.dispatch.ticket.Lifecycle.step;
import static org.gridline.dispatch.ticket.TicketState.*;

import java.util.List;
import org.gridline.dispatch.deadline.Clock;
import org.gridline.dispatch.ticket.ClockEffect.ScheduleArchive;
import org.gridline.dispatch.ticket.ClockEffect.ScheduleParent;
import org.gridline.dispatch.ticket.ClockEffect.StopAll;
import org.gridline.dispatch.ticket.Lifecycle.Row;
import org.gridline.dispatch.ticket.Lifecycle.Who;

/** 核查结案、综合评价: who did not do the work says whether it is done, and what follows a closing. */
final class CheckingRows {
  static final List<Row> ROWS =
      List.of(
          step(CHECKING, ActionKind.CHECK, CHECKING)
              .by(Who.DRAWN_CHECKER)
              .when(Guard.CHECK_REPEATED)
              .start(Clock.CHECK),
          step(CHECKING, ActionKind.CHECK, REVISITING)
              .by(Who.DRAWN_CHECKER)
              .when(Guard.CHECKED_WITH_CALLER)
              .stop(Clock.CHECK)
              .start(Clock.REVISIT),
          step(CHECKING, ActionKind.CHECK, PENDING_CLOSE)
              .by(Who.DRAWN_CHECKER)
              .when(Guard.CHECKED_WITHOUT_CALLER)
              .stop(Clock.CHECK)
              .start(Clock.CLOSE),
          step(CHECKING, ActionKind.REWORK, HANDLING)
              .by(Who.DRAWN_CHECKER)
              .stop(Clock.CHECK)
              .start(Clock.REWORK),
          step(CHECKING, ActionKind.REDRAW_CHECKER, CHECKING).when(Guard.CHECKERS_DRAWN),
          step(REVISITING, ActionKind.REVISIT, PENDING_CLOSE)
              .by(Who.INDEPENDENT_OF_CHECKING)
              .when(Guard.SOLVED)
              .stop(Clock.REVISIT)
              .start(Clock.CLOSE),
          step(REVISITING, ActionKind.REVISIT, HANDLING)
              .by(Who.INDEPENDENT_OF_CHECKING)
              .when(Guard.UNSOLVED)
              .stop(Clock.REVISIT)
              .start(Clock.REWORK),
          step(REVISITING, ActionKind.REVISIT, REVISITING)
              .by(Who.INDEPENDENT_OF_CHECKING)
              .when(Guard.UNREACHED_AGAIN),
          step(REVISITING, ActionKind.REVISIT, PENDING_CLOSE)
              .by(Who.INDEPENDENT_OF_CHECKING)
              .when(Guard.UNREACHED_ENOUGH)
              .stop(Clock.REVISIT)
              .start(Clock.CLOSE),
          step(REVISITING, ActionKind.REWORK, HANDLING)
              .by(Who.INDEPENDENT_OF_CHECKING)
              .stop(Clock.REVISIT)
              .start(Clock.REWORK),
          step(PENDING_CLOSE, ActionKind.CLOSE, CLOSED).with(new StopAll(), new ScheduleArchive()),
          // Without it a duty chief who finds a closing unfounded could only wait.
          step(PENDING_CLOSE, ActionKind.REWORK, HANDLING).stop(Clock.CLOSE).start(Clock.REWORK),
          step(CLOSED, ActionKind.OBJECT, CLOSED)
              .when(Guard.MAY_OBJECT)
              .stop(Clock.ARCHIVE)
              .start(Clock.OBJECTION),
          step(CLOSED, ActionKind.DISMISS_OBJECTION, CLOSED)
              .when(Guard.OBJECTED)
              .stop(Clock.OBJECTION)
              .with(new ScheduleArchive()),
          step(CLOSED, ActionKind.REOPEN, HANDLING)
              .when(Guard.MAY_REOPEN)
              .with(new StopAll())
              .start(Clock.HANDLE)
              .start(Clock.TOTAL)
              .with(new ScheduleParent()),
          step(CLOSED, ActionKind.APPEAL, CLOSED)
              .by(Who.OWNER)
              .when(Guard.MAY_APPEAL)
              .stop(Clock.ARCHIVE)
              .start(Clock.APPEAL),
          step(CLOSED, ActionKind.REVIEW_APPEAL, CLOSED)
              .when(Guard.APPEAL_SUPPORTED)
              .start(Clock.APPEAL),
          step(CLOSED, ActionKind.REVIEW_APPEAL, CLOSED)
              .when(Guard.APPEAL_OPPOSED)
              .stop(Clock.APPEAL)
              .with(new ScheduleArchive()),
          step(CLOSED, ActionKind.DECIDE_APPEAL, CLOSED)
              .by(Who.OTHER_THAN_FIRST)
              .when(Guard.APPEAL_READY)
              .stop(Clock.APPEAL)
              .with(new ScheduleArchive()),
          step(CLOSED, ActionKind.ARCHIVE, ARCHIVED)
              .by(Who.SYSTEM)
              .when(Guard.NOTHING_PENDING)
              .with(new StopAll()));

  private CheckingRows() {}
}
