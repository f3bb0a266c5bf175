package org.gridline.dispatch.ticket;

import static org.gridline.dispatch.ticket.TicketState.*;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.gridline.dispatch.ticket.ActionKind.Sort;
import org.gridline.dispatch.ticket.Lifecycle.Row;

/**
 * Walks every way that a table with some actions switched off leaves open, with what a ticket may
 * wait for on it: a request, a draft, another unit, an objection, an appeal, or returns that are
 * used up. What depends on times, figures or people is taken as possible.
 */
final class LifeWalk {
  /** Where a ticket's work is done. Whoever only cancels or merges it has not got it there. */
  private static final Set<TicketState> ENDS = EnumSet.of(ARCHIVED, ANSWERED, REJECTED);

  private static final Set<ActionKind> NO_WAY_OUT =
      EnumSet.of(ActionKind.MERGE, ActionKind.UNDO_SPLIT, ActionKind.CANCEL);

  /** These are shut when their time is over. */
  private static final Set<Guard> FOR_A_WHILE =
      EnumSet.of(Guard.LAST_OF_RETURN, Guard.LAST_OF_EXTENSION);

  private final LifeRules rules;
  private final List<Row> rows;
  private final Map<Point, Set<Point>> before = new HashMap<>();
  private final Set<ActionKind> taken = EnumSet.noneOf(ActionKind.class);

  private enum Asked {
    NOTHING,
    REJECTION,
    EXTENSION,
    SUPPORTED_EXTENSION,
    SUSPENSION
  }

  private enum Help {
    NONE,
    ASKED,
    SIGNED,
    REPORTED
  }

  private enum Left {
    SOME,
    USED_UP
  }

  private enum Objection {
    NONE,
    WAITS
  }

  /** Where a ticket may stand. */
  private record Point(
      TicketState state,
      Asked asked,
      Help help,
      Optional<ActionKind> draft,
      Optional<TicketState> returnedFrom,
      Left returns,
      Objection objection,
      Life.Appeal appeal) {
    Point at(TicketState next) {
      return new Point(next, asked, help, draft, returnedFrom, returns, objection, appeal);
    }

    Point asks(Asked what) {
      return new Point(state, what, help, draft, returnedFrom, returns, objection, appeal);
    }

    Point helped(Help how) {
      return new Point(state, asked, how, draft, returnedFrom, returns, objection, appeal);
    }

    Point drafted(Optional<ActionKind> what) {
      return new Point(state, asked, help, what, returnedFrom, returns, objection, appeal);
    }

    Point returned(Optional<TicketState> from, Left left) {
      return new Point(state, asked, help, draft, from, left, objection, appeal);
    }

    Point objected(Objection how) {
      return new Point(state, asked, help, draft, returnedFrom, returns, how, appeal);
    }

    Point appealed(Life.Appeal how) {
      return new Point(state, asked, help, draft, returnedFrom, returns, objection, how);
    }

    /** What it waits for, in words; empty when for nothing but its next step. */
    String waits() {
      List<String> waits = new ArrayList<>();
      if (draft.isPresent()) waits.add("a draft that waits for signatures");
      if (help == Help.ASKED || help == Help.SIGNED) waits.add("a unit that was asked to help");
      if (asked != Asked.NOTHING) waits.add("a request that waits for its decision");
      if (state == RETURN_REVIEW && returns == Left.USED_UP) waits.add("its returns used up");
      if (objection == Objection.WAITS) waits.add("an objection");
      if (appeal.pending()) waits.add("an appeal");
      return String.join(" and ", waits);
    }
  }

  LifeWalk(LifeRules rules, List<Row> rows) {
    this.rules = rules;
    this.rows = rows;
    Point first =
        new Point(
            REGISTERED,
            Asked.NOTHING,
            Help.NONE,
            Optional.empty(),
            Optional.empty(),
            Left.SOME,
            Objection.NONE,
            Life.Appeal.NONE);
    before.put(first, new HashSet<>());
    ArrayDeque<Point> open = new ArrayDeque<>(List.of(first));
    while (!open.isEmpty()) {
      Point from = open.pop();
      for (Row row : rows) {
        if (row.from() != from.state() || !possible(row, from)) continue;
        taken.add(row.action());
        for (Point to : after(row, from)) {
          if (!before.containsKey(to)) {
            before.put(to, new HashSet<>());
            open.add(to);
          }
          if (!NO_WAY_OUT.contains(row.action()) && !FOR_A_WHILE.contains(row.guard()))
            reached(to).add(from);
        }
      }
    }
  }

  /** States in which a ticket may stand. */
  Set<TicketState> states() {
    Set<TicketState> states = EnumSet.noneOf(TicketState.class);
    for (Point point : before.keySet()) states.add(point.state());
    return states;
  }

  /** Actions that nothing ever leads up to, though a ticket may stand where they are taken. */
  Set<ActionKind> neverTaken() {
    Set<TicketState> states = states();
    Set<ActionKind> never = EnumSet.noneOf(ActionKind.class);
    for (Row row : rows)
      if (states.contains(row.from())
          && row.action().sort() != Sort.BY_RULE
          && row.guard() != Guard.MERGED_FROM_HERE) never.add(row.action());
    never.removeAll(taken);
    // Who may sign is known before a city names what is signed.
    if (rules.signOff().isEmpty())
      never.removeAll(EnumSet.of(ActionKind.SIGN_OFF, ActionKind.REFUSE_DRAFT));
    return never;
  }

  /** From where no way leads to an end: states, with what the ticket waits for there. */
  Set<String> deadEnds() {
    Set<Point> saved = new HashSet<>();
    ArrayDeque<Point> open = new ArrayDeque<>();
    for (Point point : before.keySet())
      if (ENDS.contains(point.state()) && saved.add(point)) open.add(point);
    while (!open.isEmpty())
      for (Point earlier : reached(open.pop())) if (saved.add(earlier)) open.add(earlier);
    List<Point> lost =
        before.keySet().stream()
            .filter(p -> !saved.contains(p) && p.state() != CANCELLED && p.state() != MERGED)
            .toList();
    Set<String> dead = new TreeSet<>();
    // Where nothing needs to wait for a ticket to be lost, that it may wait as well says no more.
    for (Point p : lost) if (p.waits().isEmpty()) dead.add(p.state().name());
    for (Point p : lost)
      if (!dead.contains(p.state().name())) dead.add(p.state() + " with " + p.waits());
    return dead;
  }

  private Set<Point> reached(Point point) {
    return before.computeIfAbsent(point, p -> new HashSet<>());
  }

  private boolean possible(Row row, Point p) {
    return switch (row.guard()) {
      case NO_REQUEST, SUSPENSION_LEFT -> p.asked() == Asked.NOTHING;
      case REJECTION_PROPOSED -> p.asked() == Asked.REJECTION;
      case EXTENSION_SUPPORTED, EXTENSION_OPPOSED -> p.asked() == Asked.EXTENSION;
      case EXTENSION_READY ->
          p.asked() == Asked.SUPPORTED_EXTENSION
              || (p.asked() == Asked.EXTENSION && !rules.uses(ActionKind.REVIEW_EXTENSION));
      case SUSPENSION_ASKED -> p.asked() == Asked.SUSPENSION;
      case HAS_PARTS ->
          switch (row.action()) {
            case CO_SIGN -> p.help() == Help.ASKED;
            case CO_REPORT -> p.help() == Help.SIGNED;
            default -> p.help() != Help.NONE;
          };
      case FEEDBACK_FREE -> p.draft().isEmpty() && !waitsForParts(p);
      case FEEDBACK_DRAFTED -> drafts(ActionKind.FEEDBACK, p) && !waitsForParts(p);
      case LAST_OF_FEEDBACK ->
          p.draft().equals(Optional.of(ActionKind.FEEDBACK)) && !waitsForParts(p);
      case RETURN_FREE -> p.draft().isEmpty() && p.returns() == Left.SOME;
      case RETURN_DRAFTED -> drafts(ActionKind.RETURN, p) && p.returns() == Left.SOME;
      case LAST_OF_RETURN ->
          p.draft().equals(Optional.of(ActionKind.RETURN)) && p.returns() == Left.SOME;
      case EXTENSION_FREE -> p.draft().isEmpty() && p.asked() == Asked.NOTHING;
      case EXTENSION_DRAFTED ->
          drafts(ActionKind.REQUEST_EXTENSION, p) && p.asked() == Asked.NOTHING;
      case LAST_OF_EXTENSION ->
          p.draft().equals(Optional.of(ActionKind.REQUEST_EXTENSION)) && p.asked() == Asked.NOTHING;
      case SIGNATURES_LEFT, DRAFT_WAITS -> p.draft().isPresent();
      case RETURNS_BELOW_MOST -> p.returns() == Left.SOME;
      case RETURNS_REACHED -> p.returns() == Left.USED_UP;
      case RETURNED_SIGNED -> p.returnedFrom().equals(Optional.of(HANDLING));
      case RETURNED_UNSIGNED -> p.returnedFrom().equals(Optional.of(PENDING_SIGN));
      case MAY_OBJECT -> p.objection() == Objection.NONE;
      case OBJECTED -> p.objection() == Objection.WAITS;
      case MAY_APPEAL -> p.appeal() == Life.Appeal.NONE;
      case APPEAL_SUPPORTED, APPEAL_OPPOSED -> p.appeal() == Life.Appeal.FILED;
      case APPEAL_READY -> p.appeal() == Life.Appeal.SUPPORTED;
      case NOTHING_PENDING -> p.objection() == Objection.NONE && !p.appeal().pending();
      // The rest of a merged ticket's life is its master's.
      case MERGED_FROM_HERE -> false;
      default -> true;
    };
  }

  private static boolean waitsForParts(Point p) {
    return p.help() == Help.ASKED || p.help() == Help.SIGNED;
  }

  private boolean drafts(ActionKind action, Point p) {
    return p.draft().isEmpty()
        && rules.signOff().stream().anyMatch(rule -> rule.actions().contains(action));
  }

  private static List<Point> after(Row row, Point from) {
    Point to = from.at(row.to());
    Point settled = to.asks(Asked.NOTHING);
    return switch (row.action()) {
      case PROPOSE_REJECT -> List.of(to.asks(Asked.REJECTION));
      case ACCEPT,
          FILE,
          SELF_HANDLE,
          CONFIRM_REJECT,
          DECLINE_REJECT,
          GRANT_EXTENSION,
          REFUSE_EXTENSION,
          GRANT_SUSPENSION,
          REFUSE_SUSPENSION ->
          List.of(settled);
      case JOIN_UNIT, ASSIGN, WHISTLE -> List.of(to.helped(Help.ASKED));
      case CO_SIGN -> List.of(to.helped(Help.SIGNED));
      case CO_REPORT -> List.of(to.helped(Help.REPORTED));
      case RELEASE_UNIT -> List.of(to.helped(Help.NONE));
      case FEEDBACK, RETURN, REQUEST_EXTENSION ->
          drafted(row)
              ? List.of(to.drafted(Optional.of(row.action())))
              : said(row.action(), Asked.EXTENSION, from.state(), to);
      case SIGN_OFF ->
          row.guard() == Guard.SIGNATURES_LEFT
              ? List.of(to)
              : said(
                  from.draft().orElseThrow(),
                  Asked.SUPPORTED_EXTENSION,
                  from.state(),
                  to.drafted(Optional.empty()));
      case REFUSE_DRAFT -> List.of(to.drafted(Optional.empty()));
      case REQUEST_SUSPENSION -> List.of(to.asks(Asked.SUSPENSION));
      case REVIEW_EXTENSION ->
          List.of(
              row.guard() == Guard.EXTENSION_SUPPORTED
                  ? to.asks(Asked.SUPPORTED_EXTENSION)
                  : settled);
      case APPROVE_RETURN, RULE ->
          List.of(to.helped(Help.NONE).returned(Optional.empty(), from.returns()));
      case DENY_RETURN -> List.of(to.returned(Optional.empty(), from.returns()));
      case OBJECT -> List.of(to.objected(Objection.WAITS));
      case DISMISS_OBJECTION, CLOSE, REOPEN -> List.of(to.objected(Objection.NONE));
      case APPEAL -> List.of(to.appealed(Life.Appeal.FILED));
      case REVIEW_APPEAL ->
          List.of(
              to.appealed(
                  row.guard() == Guard.APPEAL_SUPPORTED
                      ? Life.Appeal.SUPPORTED
                      : Life.Appeal.REFUSED));
      case DECIDE_APPEAL -> List.of(to.appealed(Life.Appeal.REFUSED));
      default -> List.of(to);
    };
  }

  private static boolean drafted(Row row) {
    return switch (row.guard()) {
      case FEEDBACK_DRAFTED, RETURN_DRAFTED, EXTENSION_DRAFTED -> true;
      default -> false;
    };
  }

  /** What leaves the unit, signed or without need of it; a return may have been the last one. */
  private static List<Point> said(ActionKind what, Asked extension, TicketState from, Point to) {
    Point settled = to.asks(Asked.NOTHING);
    return switch (what) {
      case REQUEST_EXTENSION -> List.of(to.asks(extension));
      case RETURN ->
          List.of(
              settled.returned(Optional.of(from), Left.SOME),
              settled.returned(Optional.of(from), Left.USED_UP));
      default -> List.of(settled);
    };
  }
}
