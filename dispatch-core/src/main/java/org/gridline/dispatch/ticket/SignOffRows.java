package org.gridline.dispatch.ticket;

import static org.gridline.dispatch.ticket.Lifecycle.step;
import static org.gridline.dispatch.ticket.TicketState.FEEDBACK_REVIEW;
import static org.gridline.dispatch.ticket.TicketState.HANDLING;
import static org.gridline.dispatch.ticket.TicketState.PENDING_SIGN;
import static org.gridline.dispatch.ticket.TicketState.RETURN_REVIEW;

import java.util.List;
import org.gridline.dispatch.deadline.Clock;
import org.gridline.dispatch.event.Fact;
import org.gridline.dispatch.ticket.Lifecycle.Row;
import org.gridline.dispatch.ticket.Lifecycle.Who;

/**
 * 经办、审核、签发: where a city has it so, what a unit says waits in the unit for its signatures, while
 * the clocks run on. The last signature is the step itself.
 */
final class SignOffRows {
  static final List<Row> ROWS =
      List.of(
          step(HANDLING, ActionKind.FEEDBACK, HANDLING)
              .by(Who.OWNER)
              .when(Guard.FEEDBACK_DRAFTED)
              .as(Fact.DraftMade.class),
          step(HANDLING, ActionKind.REQUEST_EXTENSION, HANDLING)
              .by(Who.OWNER)
              .when(Guard.EXTENSION_DRAFTED)
              .as(Fact.DraftMade.class),
          step(HANDLING, ActionKind.RETURN, HANDLING)
              .by(Who.OWNER)
              .when(Guard.RETURN_DRAFTED)
              .as(Fact.DraftMade.class),
          step(PENDING_SIGN, ActionKind.RETURN, PENDING_SIGN)
              .by(Who.OWNER)
              .when(Guard.RETURN_DRAFTED)
              .as(Fact.DraftMade.class),
          step(HANDLING, ActionKind.SIGN_OFF, HANDLING)
              .by(Who.NEXT_SIGNER)
              .when(Guard.SIGNATURES_LEFT),
          step(PENDING_SIGN, ActionKind.SIGN_OFF, PENDING_SIGN)
              .by(Who.NEXT_SIGNER)
              .when(Guard.SIGNATURES_LEFT),
          step(HANDLING, ActionKind.SIGN_OFF, FEEDBACK_REVIEW)
              .by(Who.NEXT_SIGNER)
              .when(Guard.LAST_OF_FEEDBACK)
              .as(Fact.FeedbackGiven.class)
              .stop(Clock.CONTACT, Clock.HANDLE, Clock.REWORK, Clock.REQUEST_REVIEW)
              .start(Clock.FEEDBACK_REVIEW),
          step(HANDLING, ActionKind.SIGN_OFF, HANDLING)
              .by(Who.NEXT_SIGNER)
              .when(Guard.LAST_OF_EXTENSION)
              .as(Fact.ExtensionAsked.class)
              .start(Clock.REQUEST_REVIEW),
          step(HANDLING, ActionKind.SIGN_OFF, RETURN_REVIEW)
              .by(Who.NEXT_SIGNER)
              .when(Guard.LAST_OF_RETURN)
              .as(Fact.TicketReturned.class)
              .pause(Clock.CONTACT, Clock.HANDLE, Clock.REWORK)
              .stop(Clock.REQUEST_REVIEW)
              .start(Clock.RETURN_REVIEW),
          step(PENDING_SIGN, ActionKind.SIGN_OFF, RETURN_REVIEW)
              .by(Who.NEXT_SIGNER)
              .when(Guard.LAST_OF_RETURN)
              .as(Fact.TicketReturned.class)
              .pause(Clock.SIGN)
              .start(Clock.RETURN_REVIEW),
          step(HANDLING, ActionKind.REFUSE_DRAFT, HANDLING)
              .by(Who.NEXT_SIGNER)
              .when(Guard.DRAFT_WAITS),
          step(PENDING_SIGN, ActionKind.REFUSE_DRAFT, PENDING_SIGN)
              .by(Who.NEXT_SIGNER)
              .when(Guard.DRAFT_WAITS));

  private SignOffRows() {}
}
