package org.gridline.dispatch.ticket;

import static org.gridline.dispatch.ticket.Lifecycle.step;
import static org.gridline.dispatch.ticket.TicketState.HANDLING;
import static org.gridline.dispatch.ticket.TicketState.MERGED;
import static org.gridline.dispatch.ticket.TicketState.PENDING_SIGN;

import java.util.List;
import org.gridline.dispatch.ticket.Lifecycle.Row;
import org.gridline.dispatch.ticket.Lifecycle.Who;

/**
 * 主办、协办: other units that help the owner, each signing and reporting for itself, under the owner's
 * clocks; and the callers of merged tickets.
 */
final class JointRows {
  static final List<Row> ROWS =
      List.of(
          step(PENDING_SIGN, ActionKind.JOIN_UNIT, PENDING_SIGN),
          step(HANDLING, ActionKind.JOIN_UNIT, HANDLING),
          step(HANDLING, ActionKind.ASSIGN, HANDLING).by(Who.OWNER_OR_PART),
          step(HANDLING, ActionKind.WHISTLE, HANDLING).by(Who.LOCAL_OWNER),
          step(PENDING_SIGN, ActionKind.RELEASE_UNIT, PENDING_SIGN)
              .by(Who.OWNER_OR_CENTRE)
              .when(Guard.HAS_PARTS),
          step(HANDLING, ActionKind.RELEASE_UNIT, HANDLING)
              .by(Who.OWNER_OR_CENTRE)
              .when(Guard.HAS_PARTS),
          step(PENDING_SIGN, ActionKind.CO_SIGN, PENDING_SIGN)
              .by(Who.PART_ASKED)
              .when(Guard.HAS_PARTS),
          step(HANDLING, ActionKind.CO_SIGN, HANDLING).by(Who.PART_ASKED).when(Guard.HAS_PARTS),
          step(HANDLING, ActionKind.CO_REPORT, HANDLING).by(Who.PART_SIGNED).when(Guard.HAS_PARTS),
          step(MERGED, ActionKind.REVISIT_MERGED, MERGED)
              .by(Who.INDEPENDENT_OF_CHECKING)
              .when(Guard.MERGED_CALLER));

  private JointRows() {}
}
