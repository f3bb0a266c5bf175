package org.gridline.dispatch.ticket;

import static org.gridline.dispatch.ticket.Lifecycle.step;
import static org.gridline.dispatch.ticket.TicketState.*;

import java.util.List;
import org.gridline.dispatch.deadline.Clock;
import org.gridline.dispatch.ticket.ClockEffect.StartForCaller;
import org.gridline.dispatch.ticket.Lifecycle.Row;
import org.gridline.dispatch.ticket.Lifecycle.Who;

/** 任务派遣: to a unit, back from it, and before the command centre when nobody wants it. */
final class DispatchRows {
  /** What may run while a unit has the ticket; a new dispatch begins without them. */
  private static final Clock[] OF_THE_UNIT = {
    Clock.SIGN, Clock.CONTACT, Clock.HANDLE, Clock.REWORK
  };

  static final List<Row> ROWS =
      List.of(
          step(PENDING_DISPATCH, ActionKind.DISPATCH, PENDING_SIGN)
              .stop(Clock.DISPATCH)
              .start(Clock.SIGN),
          step(PENDING_DISPATCH, ActionKind.SEND_BACK, REGISTERED)
              .stop(Clock.DISPATCH)
              .start(Clock.ACCEPT),
          step(PENDING_SIGN, ActionKind.SIGN, HANDLING)
              .by(Who.OWNER)
              .stop(Clock.SIGN)
              .with(new StartForCaller(Clock.CONTACT))
              .start(Clock.HANDLE),
          step(PENDING_SIGN, ActionKind.RETURN, RETURN_REVIEW)
              .by(Who.OWNER)
              .when(Guard.RETURN_FREE)
              .pause(Clock.SIGN)
              .start(Clock.RETURN_REVIEW),
          step(HANDLING, ActionKind.RETURN, RETURN_REVIEW)
              .by(Who.OWNER)
              .when(Guard.RETURN_FREE)
              .pause(Clock.CONTACT, Clock.HANDLE, Clock.REWORK)
              .stop(Clock.REQUEST_REVIEW)
              .start(Clock.RETURN_REVIEW),
          step(RETURN_REVIEW, ActionKind.APPROVE_RETURN, PENDING_DISPATCH)
              .when(Guard.RETURNS_BELOW_MOST)
              .stop(Clock.RETURN_REVIEW)
              .stop(OF_THE_UNIT)
              .start(Clock.DISPATCH),
          step(RETURN_REVIEW, ActionKind.DENY_RETURN, PENDING_SIGN)
              .when(Guard.RETURNED_UNSIGNED)
              .stop(Clock.RETURN_REVIEW)
              .resume(Clock.SIGN),
          step(RETURN_REVIEW, ActionKind.DENY_RETURN, HANDLING)
              .when(Guard.RETURNED_SIGNED)
              .stop(Clock.RETURN_REVIEW)
              .resume(Clock.CONTACT, Clock.HANDLE, Clock.REWORK),
          step(RETURN_REVIEW, ActionKind.ESCALATE, ARBITRATION)
              .when(Guard.RETURNS_REACHED)
              .stop(Clock.RETURN_REVIEW)
              .start(Clock.ARBITRATION),
          step(ARBITRATION, ActionKind.RULE, PENDING_SIGN)
              .stop(Clock.ARBITRATION)
              .stop(OF_THE_UNIT)
              .start(Clock.SIGN));

  private DispatchRows() {}
}
