package org.gridline.dispatch.ticket;

import static org.gridline.dispatch.ticket.TicketState.*;

import java.util.Arrays;
import java.util.List;
import org.gridline.dispatch.deadline.Clock;
import org.gridline.dispatch.ticket.ClockEffect.Pause;
import org.gridline.dispatch.ticket.ClockEffect.Resume;
import org.gridline.dispatch.ticket.ClockEffect.Start;
import org.gridline.dispatch.ticket.ClockEffect.Stop;
import org.gridline.dispatch.ticket.ClockEffect.StopAll;

/**
 * The closed loop as a table of (from, action, to, who, guard, clock). Rows with the same from and
 * action differ in their guard, and exactly one guard of them holds for any ticket and action.
 * Source: domain page §3.
 */
public final class Lifecycle {
  private Lifecycle() {}

  /** One permitted step. */
  public record Row(
      TicketState from,
      ActionKind action,
      TicketState to,
      Who who,
      Guard guard,
      List<ClockEffect> clocks) {}

  /** Who may take a step, beyond having the action's permission. */
  public enum Who {
    /** Whoever has the permission and sees the ticket. */
    PERMITTED,
    /** Somebody of the owning unit or of a unit above it. */
    OWNER,
    /** Nobody who handled it, and nobody of the owning unit or of a unit above or below it. */
    INDEPENDENT_OF_HANDLING,
    /** The same, and nobody who checked it. */
    INDEPENDENT_OF_CHECKING
  }

  /** Conditions that choose between rows or forbid a step. */
  public enum Guard {
    NONE,
    RETURNS_LEFT,
    RETURNED_UNSIGNED,
    RETURNED_SIGNED,
    CALLER_DECIDES,
    SITE_DECIDES,
    HAS_CALLER,
    NO_CALLER,
    SOLVED,
    UNSOLVED,
    UNREACHED_AGAIN,
    UNREACHED_ENOUGH
  }

  private static final ClockEffect[] TO_REWORK = {
    new Stop(Clock.FEEDBACK_REVIEW),
    new Stop(Clock.CHECK),
    new Stop(Clock.REVISIT),
    new Start(Clock.HANDLE)
  };

  private static final List<Row> ROWS =
      List.of(
          row(
              REGISTERED,
              ActionKind.ACCEPT,
              PENDING_FILING,
              Who.PERMITTED,
              Guard.NONE,
              new Stop(Clock.ACCEPT),
              new Start(Clock.FILE)),
          row(
              PENDING_FILING,
              ActionKind.FILE,
              PENDING_DISPATCH,
              Who.PERMITTED,
              Guard.NONE,
              new Stop(Clock.FILE),
              new Start(Clock.TOTAL),
              new Start(Clock.DISPATCH)),
          row(
              PENDING_DISPATCH,
              ActionKind.DISPATCH,
              PENDING_SIGN,
              Who.PERMITTED,
              Guard.NONE,
              new Stop(Clock.DISPATCH),
              new Start(Clock.SIGN)),
          row(
              PENDING_SIGN,
              ActionKind.SIGN,
              HANDLING,
              Who.OWNER,
              Guard.NONE,
              new Stop(Clock.SIGN),
              new Start(Clock.HANDLE)),
          row(
              PENDING_SIGN,
              ActionKind.RETURN,
              RETURN_REVIEW,
              Who.OWNER,
              Guard.RETURNS_LEFT,
              new Pause(Clock.SIGN),
              new Start(Clock.RETURN_REVIEW)),
          row(
              HANDLING,
              ActionKind.RETURN,
              RETURN_REVIEW,
              Who.OWNER,
              Guard.RETURNS_LEFT,
              new Pause(Clock.HANDLE),
              new Start(Clock.RETURN_REVIEW)),
          row(
              RETURN_REVIEW,
              ActionKind.APPROVE_RETURN,
              PENDING_DISPATCH,
              Who.PERMITTED,
              Guard.NONE,
              new Stop(Clock.RETURN_REVIEW),
              new Stop(Clock.SIGN),
              new Stop(Clock.HANDLE),
              new Start(Clock.DISPATCH)),
          row(
              RETURN_REVIEW,
              ActionKind.DENY_RETURN,
              PENDING_SIGN,
              Who.PERMITTED,
              Guard.RETURNED_UNSIGNED,
              new Stop(Clock.RETURN_REVIEW),
              new Resume(Clock.SIGN)),
          row(
              RETURN_REVIEW,
              ActionKind.DENY_RETURN,
              HANDLING,
              Who.PERMITTED,
              Guard.RETURNED_SIGNED,
              new Stop(Clock.RETURN_REVIEW),
              new Resume(Clock.HANDLE)),
          row(
              HANDLING,
              ActionKind.FEEDBACK,
              FEEDBACK_REVIEW,
              Who.OWNER,
              Guard.NONE,
              new Stop(Clock.HANDLE),
              new Start(Clock.FEEDBACK_REVIEW)),
          row(
              FEEDBACK_REVIEW,
              ActionKind.PASS,
              REVISITING,
              Who.PERMITTED,
              Guard.CALLER_DECIDES,
              new Stop(Clock.FEEDBACK_REVIEW),
              new Start(Clock.REVISIT)),
          row(
              FEEDBACK_REVIEW,
              ActionKind.PASS,
              CHECKING,
              Who.PERMITTED,
              Guard.SITE_DECIDES,
              new Stop(Clock.FEEDBACK_REVIEW),
              new Start(Clock.CHECK)),
          row(FEEDBACK_REVIEW, ActionKind.REWORK, HANDLING, Who.PERMITTED, Guard.NONE, TO_REWORK),
          row(
              CHECKING,
              ActionKind.CHECK,
              REVISITING,
              Who.INDEPENDENT_OF_HANDLING,
              Guard.HAS_CALLER,
              new Stop(Clock.CHECK),
              new Start(Clock.REVISIT)),
          row(
              CHECKING,
              ActionKind.CHECK,
              PENDING_CLOSE,
              Who.INDEPENDENT_OF_HANDLING,
              Guard.NO_CALLER,
              new Stop(Clock.CHECK),
              new Start(Clock.CLOSE)),
          row(
              CHECKING,
              ActionKind.REWORK,
              HANDLING,
              Who.INDEPENDENT_OF_HANDLING,
              Guard.NONE,
              TO_REWORK),
          row(
              REVISITING,
              ActionKind.REVISIT,
              PENDING_CLOSE,
              Who.INDEPENDENT_OF_CHECKING,
              Guard.SOLVED,
              new Stop(Clock.REVISIT),
              new Start(Clock.CLOSE)),
          row(
              REVISITING,
              ActionKind.REVISIT,
              HANDLING,
              Who.INDEPENDENT_OF_CHECKING,
              Guard.UNSOLVED,
              TO_REWORK),
          row(
              REVISITING,
              ActionKind.REVISIT,
              REVISITING,
              Who.INDEPENDENT_OF_CHECKING,
              Guard.UNREACHED_AGAIN),
          row(
              REVISITING,
              ActionKind.REVISIT,
              PENDING_CLOSE,
              Who.INDEPENDENT_OF_CHECKING,
              Guard.UNREACHED_ENOUGH,
              new Stop(Clock.REVISIT),
              new Start(Clock.CLOSE)),
          row(
              REVISITING,
              ActionKind.REWORK,
              HANDLING,
              Who.INDEPENDENT_OF_CHECKING,
              Guard.NONE,
              TO_REWORK),
          row(PENDING_CLOSE, ActionKind.CLOSE, CLOSED, Who.PERMITTED, Guard.NONE, new StopAll()));

  /** The whole table, in the order of the loop. */
  public static List<Row> rows() {
    return ROWS;
  }

  /** The rows that leave a state by an action; empty when the action is illegal there. */
  public static List<Row> list(TicketState from, ActionKind action) {
    return ROWS.stream().filter(r -> r.from() == from && r.action() == action).toList();
  }

  /** Which actions leave a state, in the table's order. */
  public static List<ActionKind> legal(TicketState from) {
    return ROWS.stream().filter(r -> r.from() == from).map(Row::action).distinct().toList();
  }

  private static Row row(
      TicketState from,
      ActionKind action,
      TicketState to,
      Who who,
      Guard guard,
      ClockEffect... clocks) {
    return new Row(from, action, to, who, guard, Arrays.asList(clocks));
  }
}
