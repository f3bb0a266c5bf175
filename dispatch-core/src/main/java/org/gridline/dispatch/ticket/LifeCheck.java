package org.gridline.dispatch.ticket;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.gridline.dispatch.deadline.Clock;
import org.gridline.dispatch.people.Permission;
import org.gridline.dispatch.people.Role;
import org.gridline.dispatch.ticket.ActionKind.Sort;
import org.gridline.dispatch.ticket.Lifecycle.Row;

/**
 * Whether the table, with what a city has switched off, still leads every ticket to an end: no
 * state that nobody reaches or leaves, somebody for each action, a running clock wherever a ticket
 * may stand.
 */
public final class LifeCheck {
  /** Few tickets belong to a platform above, so what it does saves no other from a dead end. */
  private static final Set<Guard> OF_PARENT = EnumSet.of(Guard.PARENT_LINKED, Guard.MAY_GO_BACK_UP);

  /** Roles that see more than their own unit's tickets and those that they were drawn for. */
  private static final Set<Role.Reach> LOOKS_AROUND =
      EnumSet.of(Role.Reach.DISTRICT, Role.Reach.AREA);

  /** Where a ticket need not belong to a unit, so that no unit sees it as its own. */
  private static final Set<TicketState> UNOWNED =
      EnumSet.of(
          TicketState.REGISTERED,
          TicketState.VERIFYING,
          TicketState.PENDING_FILING,
          TicketState.PENDING_DISPATCH,
          TicketState.MERGED);

  private final LifeRules rules;
  private final List<Row> rows;
  private final LifeWalk walk;

  private LifeCheck(LifeRules rules) {
    this.rules = rules;
    this.rows =
        Lifecycle.rows().stream()
            .filter(r -> rules.uses(r.action()) && !OF_PARENT.contains(r.guard()))
            .toList();
    this.walk = new LifeWalk(rules, rows);
  }

  /** What is wrong, in words for the pack's author; empty when nothing is. */
  public static List<String> problems(LifeRules rules, Collection<Role> roles) {
    LifeCheck check = new LifeCheck(rules);
    return Stream.of(check.people(roles), check.states(), check.sight(roles), check.clocks())
        .flatMap(List::stream)
        .toList();
  }

  private List<String> people(Collection<Role> roles) {
    List<String> problems = new ArrayList<>();
    for (ActionKind action : ActionKind.values()) {
      if (action.sort() == Sort.BY_RULE) {
        if (!holders(roles, action).isEmpty())
          problems.add(action.id() + " is done by a rule and can be no permission");
      } else if (rules.uses(action) && holders(roles, action).isEmpty()) {
        problems.add(
            "nobody may "
                + action.id()
                + ": give it to a role in roles.yaml, or name it under off in lifecycle.yaml");
      }
    }
    return problems;
  }

  private static List<Role> holders(Collection<Role> roles, ActionKind action) {
    Permission permission = new Permission.Act(action);
    return roles.stream().filter(r -> r.permissions().contains(permission)).toList();
  }

  /** A permission helps nobody who never sees a ticket where it is used. */
  private List<String> sight(Collection<Role> roles) {
    Set<TicketState> reached = walk.states();
    Map<String, Set<String>> blind = new TreeMap<>();
    for (Row row : rows) {
      List<Role> holders = holders(roles, row.action());
      if (!reached.contains(row.from()) || holders.isEmpty()) continue;
      if (row.action().sort() != Sort.BY_RULE && holders.stream().noneMatch(r -> mayTake(row, r)))
        blind.computeIfAbsent(row.action().id(), a -> new TreeSet<>()).add(row.from().name());
    }
    List<String> problems = new ArrayList<>();
    blind.forEach(
        (action, states) ->
            problems.add(
                "whoever may "
                    + action
                    + " never sees a ticket in "
                    + String.join(", ", states)
                    + ": give it to a role of a wider scope as well"));
    List<Role> checkers = holders(roles, ActionKind.CHECK);
    if (reached.contains(TicketState.CHECKING)
        && rules.checking().drawn()
        && !rules.uses(ActionKind.REDRAW_CHECKER)
        && !checkers.isEmpty()
        && checkers.stream().noneMatch(r -> LOOKS_AROUND.contains(r.reach())))
      problems.add(
          "a ticket in CHECKING for which nobody could be drawn is stuck: use redrawChecker, or"
              + " give check to a role of scope district or area as well");
    return problems;
  }

  /** Whether somebody of that role may find a ticket that the row could be taken with. */
  private boolean mayTake(Row row, Role role) {
    return switch (row.who()) {
      // Whom the lot falls on sees the ticket, whatever else they see.
      case DRAWN_CHECKER ->
          LOOKS_AROUND.contains(role.reach())
              || (rules.checking().drawn()
                  && role.permissions().contains(new Permission.Act(ActionKind.CHECK)));
      case INDEPENDENT_OF_HANDLING, INDEPENDENT_OF_CHECKING -> LOOKS_AROUND.contains(role.reach());
      default ->
          LOOKS_AROUND.contains(role.reach())
              || (role.reach() == Role.Reach.UNIT && !UNOWNED.contains(row.from()));
    };
  }

  private List<String> states() {
    List<String> problems = new ArrayList<>();
    Set<TicketState> reached = walk.states();
    Set<ActionKind> elsewhere =
        rows.stream()
            .filter(r -> reached.contains(r.from()))
            .map(Row::action)
            .collect(Collectors.toSet());
    for (TicketState state : TicketState.values()) {
      Set<String> leaving =
          rows.stream()
              .filter(r -> r.from() == state && r.to() != state)
              .map(r -> r.action().id())
              .collect(Collectors.toCollection(TreeSet::new));
      if (reached.contains(state)) continue;
      elsewhere.forEach(action -> leaving.remove(action.id()));
      if (!leaving.isEmpty())
        problems.add("no step leads to " + state + ", so these never happen: " + leaving);
    }
    for (ActionKind action : walk.neverTaken())
      problems.add(
          "nothing ever asks for "
              + action.id()
              + ": use the action before it as well, or name this one under off");
    for (String where : walk.deadEnds())
      problems.add("a ticket in " + where + " can never come to an end");
    return problems;
  }

  /** Where a ticket may stand, with what runs and what is paused there. */
  private record Standing(
      TicketState state,
      Set<Clock> running,
      Set<Clock> paused,
      Optional<TicketState> returnedFrom,
      Optional<TicketState> mergedFrom) {}

  private List<String> clocks() {
    Set<String> problems = new HashSet<>();
    Standing first =
        new Standing(
            TicketState.REGISTERED,
            Set.of(Clock.ACCEPT),
            Set.of(),
            Optional.empty(),
            Optional.empty());
    Set<Standing> seen = new HashSet<>(Set.of(first));
    ArrayDeque<Standing> open = new ArrayDeque<>(seen);
    while (!open.isEmpty()) {
      Standing from = open.pop();
      if (from.state().open() && from.running().isEmpty())
        problems.add("in " + from.state() + " no clock may be running");
      for (Row row : rows) {
        if (row.from() != from.state() || !possible(row, from)) continue;
        for (boolean caller : new boolean[] {true, false}) {
          Standing to = after(row, from, caller);
          if (seen.add(to)) open.add(to);
        }
      }
    }
    return problems.stream().sorted().toList();
  }

  private static boolean possible(Row row, Standing from) {
    return switch (row.guard()) {
      case RETURNED_SIGNED -> from.returnedFrom().equals(Optional.of(TicketState.HANDLING));
      case RETURNED_UNSIGNED -> from.returnedFrom().equals(Optional.of(TicketState.PENDING_SIGN));
      case MERGED_FROM_HERE -> from.mergedFrom().equals(Optional.of(row.to()));
      default -> true;
    };
  }

  private static Standing after(Row row, Standing from, boolean caller) {
    Set<Clock> running = EnumSet.noneOf(Clock.class);
    running.addAll(from.running());
    Set<Clock> paused = EnumSet.noneOf(Clock.class);
    paused.addAll(from.paused());
    for (ClockEffect effect : row.clocks()) {
      switch (effect) {
        case ClockEffect.Start(var clock) -> move(clock, paused, running);
        case ClockEffect.StartOnce(var clock) -> {
          if (!paused.contains(clock)) running.add(clock);
        }
        case ClockEffect.StartForCaller(var clock) -> {
          if (caller) move(clock, paused, running);
        }
        case ClockEffect.Stop(var clock) -> {
          running.remove(clock);
          paused.remove(clock);
        }
        case ClockEffect.Pause(var clock) -> {
          if (running.remove(clock)) paused.add(clock);
        }
        case ClockEffect.Resume(var clock) -> {
          if (paused.remove(clock)) running.add(clock);
        }
        case ClockEffect.StopAll() -> {
          running.clear();
          paused.clear();
        }
        case ClockEffect.PauseAll() -> {
          paused.addAll(running);
          running.clear();
        }
        case ClockEffect.ResumeAll() -> {
          running.addAll(paused);
          paused.clear();
        }
        case ClockEffect.Extend(), ClockEffect.Recount() -> {}
        case ClockEffect.ScheduleResume() -> move(Clock.RESUME, paused, running);
        // Not every ticket has one, so it is no clock to rely on.
        case ClockEffect.ScheduleParent() -> {}
        case ClockEffect.ScheduleArchive() -> move(Clock.ARCHIVE, paused, running);
      }
    }
    return new Standing(
        row.to(),
        running,
        paused,
        switch (row.action()) {
          case RETURN, SIGN_OFF ->
              row.to() == TicketState.RETURN_REVIEW ? Optional.of(row.from()) : from.returnedFrom();
          case APPROVE_RETURN, DENY_RETURN, RULE -> Optional.<TicketState>empty();
          default -> from.returnedFrom();
        },
        switch (row.action()) {
          case MERGE, UNDO_SPLIT -> Optional.of(row.from());
          case UNDO_MERGE -> Optional.<TicketState>empty();
          default -> from.mergedFrom();
        });
  }

  private static void move(Clock clock, Set<Clock> paused, Set<Clock> running) {
    paused.remove(clock);
    running.add(clock);
  }
}
