package org.gridline.console.view;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.gridline.dispatch.event.EventLog.Entry;
import org.gridline.dispatch.people.Permission;
import org.gridline.dispatch.people.Role.Reach;
import org.gridline.dispatch.people.User;
import org.gridline.dispatch.ticket.ActionKind;
import org.gridline.dispatch.ticket.Life.Check;
import org.gridline.dispatch.ticket.Ticket;
import org.gridline.dispatch.ticket.TicketState;

/**
 * What whoever checks sees of a ticket: neither who handled it nor who reported it, and not whether
 * somebody checked it before or will check it again (domain page §13).
 */
public final class BlindCheck {
  private static final Permission CHECK = new Permission.Act(ActionKind.CHECK);
  private static final Permission REDRAW = new Permission.Act(ActionKind.REDRAW_CHECKER);

  private BlindCheck() {}

  /** Whether this person sees this ticket as its checker. */
  public static boolean binds(Ticket ticket, User asker) {
    if (!asker.may(CHECK)) return false;
    return drawn(ticket, asker)
        || asker.selves().stream().anyMatch(ticket.progress().checkers()::contains)
        || asker.roles().stream().allMatch(r -> r.reach() == Reach.DRAWN);
  }

  /** Whether this person may know who checks and why the lot fell on them. */
  public static boolean knowsTheDraw(User asker) {
    return asker.may(REDRAW);
  }

  static boolean drawn(Ticket ticket, User asker) {
    return ticket
        .progress()
        .life()
        .check()
        .map(Check::checker)
        .filter(asker.selves()::contains)
        .isPresent();
  }

  /** The ticket's JSON without what a checker must not know. */
  public static ObjectNode cover(ObjectNode node, Ticket ticket, User asker) {
    return drawn(ticket, asker) ? coverDrawn(node) : coverPast(node, ticket);
  }

  /** The same for whoever was drawn to check it now. */
  public static ObjectNode coverDrawn(ObjectNode node) {
    for (String hidden :
        List.of(
            "unit",
            "unitName",
            "unitNameEn",
            "owner",
            "caller",
            "componentDetails",
            "life",
            "parent")) if (node.has(hidden)) node.putNull(hidden);
    for (String hidden : List.of("suggestions", "candidates", "flags"))
      if (node.has(hidden)) node.putArray(hidden);
    return node.put("returns", 0);
  }

  /** The same for whoever has checked it before. */
  public static ObjectNode coverPast(ObjectNode node, Ticket ticket) {
    over(coverDrawn(node), ticket);
    return node;
  }

  /** Whether a check is repeated shows in nothing that the first checker gets to see. */
  private static void over(ObjectNode node, Ticket ticket) {
    if (ticket.state() == TicketState.CHECKING) {
      TicketState next = ticket.hasCaller() ? TicketState.REVISITING : TicketState.PENDING_CLOSE;
      node.put("state", next.name()).put("stage", next.stage().name());
    }
    for (String hidden : List.of("lamp", "warnAt", "dueAt")) node.putNull(hidden);
    if (node.has("deadlines")) node.putArray("deadlines");
  }

  /** Of a history only how it began. */
  public static List<Entry> history(List<Entry> entries) {
    return entries.stream().filter(e -> e.version() == 1).toList();
  }

  /** The beginning without who wrote it down: a grid worker who reports is a reporter. */
  public static ObjectNode begun(ObjectNode event) {
    event.putNull("actor");
    event.putNull("unitBefore");
    event.putNull("unitAfter");
    event.putNull("words");
    event.putObject("data");
    return event;
  }
}
