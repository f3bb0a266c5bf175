package org.gridline.dispatch.ticket;

import static org.gridline.dispatch.ticket.Lifecycle.step;
import static org.gridline.dispatch.ticket.TicketState.*;

import java.util.ArrayList;
import java.util.List;
import org.gridline.dispatch.deadline.Clock;
import org.gridline.dispatch.ticket.ClockEffect.PauseAll;
import org.gridline.dispatch.ticket.ClockEffect.ResumeAll;
import org.gridline.dispatch.ticket.ClockEffect.StartOnce;
import org.gridline.dispatch.ticket.ClockEffect.StopAll;
import org.gridline.dispatch.ticket.Lifecycle.Row;
import org.gridline.dispatch.ticket.Lifecycle.Who;

/** 信息收集、案卷建立: from a registered report to a filed case, or to an early end. */
final class IntakeRows {
  /** Where a ticket may still be joined to another. */
  private static final List<TicketState> MERGEABLE =
      List.of(REGISTERED, PENDING_FILING, PENDING_DISPATCH, PENDING_SIGN, HANDLING);

  static final List<Row> ROWS = rows();

  private IntakeRows() {}

  private static List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    rows.add(
        step(REGISTERED, ActionKind.ANSWER, ANSWERED).when(Guard.ANSWERABLE).with(new StopAll()));
    rows.add(
        step(REGISTERED, ActionKind.REQUEST_VERIFY, VERIFYING)
            .pause(Clock.ACCEPT)
            .start(Clock.VERIFY));
    rows.add(
        step(VERIFYING, ActionKind.VERIFY_DONE, REGISTERED)
            .stop(Clock.VERIFY)
            .resume(Clock.ACCEPT));
    rows.add(
        step(REGISTERED, ActionKind.SELF_HANDLE, CHECKING)
            .when(Guard.SELF_HANDLING)
            .stop(Clock.ACCEPT, Clock.REQUEST_REVIEW)
            .with(new StartOnce(Clock.TOTAL))
            .start(Clock.CHECK));
    rows.add(
        step(REGISTERED, ActionKind.ACCEPT, PENDING_FILING)
            .stop(Clock.ACCEPT, Clock.REQUEST_REVIEW)
            .start(Clock.FILE));
    rows.add(
        step(PENDING_FILING, ActionKind.FILE, PENDING_DISPATCH)
            .stop(Clock.FILE, Clock.REQUEST_REVIEW)
            .with(new StartOnce(Clock.TOTAL))
            .start(Clock.DISPATCH));
    for (TicketState from : List.of(REGISTERED, PENDING_FILING)) {
      rows.add(
          step(from, ActionKind.PROPOSE_REJECT, from)
              .when(Guard.NO_REQUEST)
              .start(Clock.REQUEST_REVIEW));
      rows.add(
          step(from, ActionKind.CONFIRM_REJECT, REJECTED)
              .by(Who.NOT_ASKER)
              .when(Guard.REJECTION_PROPOSED)
              .with(new StopAll()));
      rows.add(
          step(from, ActionKind.DECLINE_REJECT, from)
              .by(Who.NOT_ASKER)
              .when(Guard.REJECTION_PROPOSED)
              .stop(Clock.REQUEST_REVIEW));
    }
    for (TicketState from :
        List.of(REGISTERED, VERIFYING, PENDING_FILING, PENDING_DISPATCH, PENDING_SIGN))
      rows.add(step(from, ActionKind.CANCEL, CANCELLED).with(new StopAll()));
    for (TicketState from : MERGEABLE) {
      rows.add(step(from, ActionKind.MERGE, MERGED).when(Guard.NOT_SENT_BACK).with(new PauseAll()));
      rows.add(step(from, ActionKind.SPLIT, from));
      rows.add(
          step(from, ActionKind.UNDO_SPLIT, MERGED).when(Guard.SPLIT_OFF).with(new PauseAll()));
      rows.add(
          step(MERGED, ActionKind.UNDO_MERGE, from)
              .when(Guard.MERGED_FROM_HERE)
              .with(new ResumeAll()));
    }
    return List.copyOf(rows);
  }
}
