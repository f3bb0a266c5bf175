package org.gridline.dispatch.ticket;

import static org.gridline.dispatch.ticket.Lifecycle.step;
import static org.gridline.dispatch.ticket.TicketState.*;

import java.util.ArrayList;
import java.util.List;
import org.gridline.dispatch.ticket.ClockEffect.ScheduleParent;
import org.gridline.dispatch.ticket.ClockEffect.StopAll;
import org.gridline.dispatch.ticket.Lifecycle.Row;

/**
 * 上级平台: a ticket that answers one of a platform above, until that takes it back or it goes back.
 */
final class ParentRows {
  /** Where the centre has it in its hands and may send it back up. */
  private static final List<TicketState> CENTRE =
      List.of(REGISTERED, PENDING_FILING, PENDING_DISPATCH, RETURN_REVIEW, ARBITRATION);

  static final List<Row> ROWS = rows();

  private ParentRows() {}

  private static List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    for (TicketState state : TicketState.openStates()) {
      rows.add(step(state, ActionKind.LINK_PARENT, state).with(new ScheduleParent()));
      rows.add(step(state, ActionKind.PARENT_REVISIT, state).when(Guard.PARENT_LINKED));
      rows.add(
          step(state, ActionKind.PARENT_WITHDREW, CANCELLED)
              .when(Guard.PARENT_LINKED)
              .with(new StopAll()));
    }
    rows.add(step(CLOSED, ActionKind.PARENT_REVISIT, CLOSED).when(Guard.PARENT_LINKED));
    for (TicketState state : CENTRE)
      rows.add(
          step(state, ActionKind.RETURN_TO_PARENT, CANCELLED)
              .when(Guard.MAY_GO_BACK_UP)
              .with(new StopAll()));
    return List.copyOf(rows);
  }
}
