package org.gridline.dispatch.ticket;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;
import org.gridline.dispatch.deadline.Deadline;
import org.gridline.dispatch.event.Actor;
import org.gridline.dispatch.event.Fact;
import org.gridline.dispatch.event.TicketEvent;
import org.gridline.dispatch.people.Permission;
import org.gridline.dispatch.people.User;
import org.gridline.dispatch.route.Ground;
import org.gridline.dispatch.ticket.Action.Revisit;
import org.gridline.dispatch.ticket.Lifecycle.Guard;
import org.gridline.dispatch.ticket.Lifecycle.Row;
import org.gridline.dispatch.ticket.Ticket.Owner;
import org.gridline.dispatch.ticket.Ticket.Progress;

/**
 * The pure decision: ticket, action, actor, policy and now make an event and the ticket's next
 * version.
 */
public final class Decide {
  private final Policy policy;

  public Decide(Policy policy) {
    this.policy = policy;
  }

  /**
   * What a person's action does.
   *
   * @throws Failure {@code illegal_action}, {@code not_permitted}, {@code independence_required} or
   *     a field's own code
   */
  public Decision decide(Ticket ticket, Action action, User by, Instant now) {
    List<Row> rows = Lifecycle.list(ticket.state(), action.kind());
    if (rows.isEmpty()) throw illegal(ticket, "可行的操作 · possible: " + names(ticket.state()));
    if (!by.may(new Permission.Act(action.kind()))) {
      throw new Failure(
          FailureCode.NOT_PERMITTED,
          "您的岗位不能" + action.kind().label().zh() + " · not a task of your role");
    }
    checkWho(rows.getFirst().who(), ticket, by);
    Actor actor = new Actor.Person(by.id(), by.unit());
    Ground ground =
        new Ground.ByPerson(by.id(), ticket.place().boundaryVersion(), ticket.place().areaCodes());
    return step(ticket, chosen(rows, ticket, action), action, actor, ground, now);
  }

  /** What a rule of the city does in a person's stead; the ground is the rule's. */
  public Decision decideByRule(
      Ticket ticket, Action action, String rule, Ground ground, Instant now) {
    Row row = chosen(Lifecycle.list(ticket.state(), action.kind()), ticket, action);
    return step(ticket, row, action, new Actor.Rule(rule), ground, now);
  }

  /** The actions that this person may take now, in the table's order. */
  public List<ActionKind> offer(Ticket ticket, User by) {
    List<ActionKind> offered = new ArrayList<>();
    for (ActionKind kind : Lifecycle.legal(ticket.state())) {
      if (!by.may(new Permission.Act(kind))) continue;
      Row row = Lifecycle.list(ticket.state(), kind).getFirst();
      if (row.guard() == Guard.RETURNS_LEFT && !returnsLeft(ticket)) continue;
      if (fits(row.who(), ticket, by)) offered.add(kind);
    }
    return offered;
  }

  private Row chosen(List<Row> rows, Ticket ticket, Action action) {
    return rows.stream()
        .filter(r -> holds(r.guard(), ticket, action))
        .findFirst()
        .orElseThrow(() -> illegal(ticket, "退单次数已用完 · no return is left for this ticket"));
  }

  private boolean holds(Guard guard, Ticket ticket, Action action) {
    return switch (guard) {
      case NONE -> true;
      case RETURNS_LEFT -> returnsLeft(ticket);
      case RETURNED_UNSIGNED ->
          ticket.progress().returnedFrom().equals(Optional.of(TicketState.PENDING_SIGN));
      case RETURNED_SIGNED ->
          ticket.progress().returnedFrom().equals(Optional.of(TicketState.HANDLING));
      case CALLER_DECIDES -> ticket.hasCaller() && checkedByPhone(ticket);
      case SITE_DECIDES -> !(ticket.hasCaller() && checkedByPhone(ticket));
      case HAS_CALLER -> ticket.hasCaller();
      case NO_CALLER -> !ticket.hasCaller();
      case SOLVED -> outcome(action).equals(Optional.of(Revisit.Outcome.SOLVED));
      case UNSOLVED -> outcome(action).equals(Optional.of(Revisit.Outcome.UNSOLVED));
      case UNREACHED_AGAIN ->
          outcome(action).isEmpty() && ticket.progress().revisitTries() + 1 < policy.revisitTries();
      case UNREACHED_ENOUGH ->
          outcome(action).isEmpty()
              && ticket.progress().revisitTries() + 1 >= policy.revisitTries();
    };
  }

  private boolean returnsLeft(Ticket ticket) {
    return ticket.progress().returns() < policy.mostReturns();
  }

  private boolean checkedByPhone(Ticket ticket) {
    return ticket
        .matter()
        .category()
        .flatMap(policy.categories()::find)
        .filter(c -> c.checked() == org.gridline.dispatch.classify.Category.Checked.BY_PHONE)
        .isPresent();
  }

  private static Optional<Revisit.Outcome> outcome(Action action) {
    return action instanceof Revisit(Revisit.Answer.Reached reached, var ignored)
        ? Optional.of(reached.outcome())
        : Optional.empty();
  }

  private void checkWho(Lifecycle.Who who, Ticket ticket, User by) {
    if (fits(who, ticket, by)) return;
    switch (who) {
      case OWNER ->
          throw new Failure(
              FailureCode.NOT_PERMITTED,
              "只有承办单位可以操作 · only the unit that owns the ticket may do this");
      case INDEPENDENT_OF_HANDLING, INDEPENDENT_OF_CHECKING ->
          throw new Failure(
              FailureCode.INDEPENDENCE_REQUIRED, "请由其他人员完成 · leave this step to somebody else");
      case PERMITTED -> throw new IllegalStateException("the permission was checked before");
    }
  }

  private boolean fits(Lifecycle.Who who, Ticket ticket, User by) {
    boolean owns =
        by.unit().isPresent()
            && ticket.owner().isPresent()
            && policy.units().withSubUnits(by.unit().get()).contains(ticket.owner().get().unit());
    // A section of the owning unit is as little independent of it as its head is.
    boolean within =
        by.unit().isPresent()
            && ticket.owner().isPresent()
            && policy.units().withSubUnits(ticket.owner().get().unit()).contains(by.unit().get());
    boolean handled = within || owns || ticket.progress().handlers().contains(by.id());
    boolean checked = ticket.progress().checkers().contains(by.id());
    return switch (who) {
      case PERMITTED -> true;
      case OWNER -> owns;
      case INDEPENDENT_OF_HANDLING -> !handled;
      case INDEPENDENT_OF_CHECKING -> !handled && !checked;
    };
  }

  private Decision step(
      Ticket ticket, Row row, Action action, Actor actor, Ground ground, Instant now) {
    Ticket.Matter matter = ticket.matter();
    Optional<Owner> owner = ticket.owner();
    Progress progress = ticket.progress();
    Fact fact;
    switch (action) {
      case Action.Accept a -> {
        if (!policy.categories().leaf(a.category())) {
          throw Failure.atField(
              FailureCode.CATEGORY_UNKNOWN,
              "category",
              "no class " + a.category().kind() + ":" + a.category().code());
        }
        matter =
            new Ticket.Matter(
                matter.channel(),
                matter.type(),
                matter.urgency(),
                Optional.of(a.category()),
                matter.component());
        fact = new Fact.TicketAccepted(a.category().kind(), a.category().code());
      }
      case Action.FileCase f -> fact = new Fact.TicketFiled();
      case Action.Dispatch d -> {
        owner = Optional.of(new Owner(policy.units().get(d.unit()).code(), ground));
        fact = new Fact.TicketDispatched(d.unit(), ground);
      }
      case Action.Sign s -> {
        progress = progress.handledBy(actor);
        fact = new Fact.TicketSigned();
      }
      case Action.Return r -> {
        policy.units().get(r.proposedUnit());
        progress = progress.handledBy(actor).returned(ticket.state());
        fact = new Fact.TicketReturned(r.ground(), r.proposedUnit());
      }
      case Action.ApproveReturn a -> {
        owner = Optional.empty();
        progress = progress.returnSettled();
        fact = new Fact.ReturnApproved();
      }
      case Action.DenyReturn d -> {
        progress = progress.returnSettled();
        fact = new Fact.ReturnDenied();
      }
      case Action.Feedback f -> {
        progress = progress.handledBy(actor);
        fact = new Fact.FeedbackGiven(f.result());
      }
      case Action.Pass pass -> fact = new Fact.FeedbackPassed();
      case Action.Check c -> {
        progress = progress.checkedBy(actor);
        fact = new Fact.ResultChecked();
      }
      case Action.Revisit r -> {
        progress = outcome(action).isEmpty() ? progress.unreached() : progress.reached();
        if (row.to() == TicketState.HANDLING) progress = progress.reworked();
        fact = revisited(r.answer());
      }
      case Action.Close c -> fact = new Fact.TicketClosed(c.condition());
      case Action.Rework r -> {
        progress = progress.reworked();
        fact = new Fact.TicketReworked();
      }
    }
    Ticket.Matter about = matter;
    Ticket after =
        ticket.step(
            row.to(), about, owner, progress, clocks(ticket, about, row.clocks(), now), now);
    TicketEvent event =
        new TicketEvent(
            ticket.id(),
            after.version(),
            now,
            actor,
            Optional.of(ticket.state()),
            after.state(),
            ticket.owner().map(Owner::unit),
            owner.map(Owner::unit),
            fact);
    return new Decision(after, event, action.words());
  }

  /** A new ticket's first version with its first clocks. */
  public Ticket started(Ticket blank, List<ClockEffect> effects, Instant now) {
    return blank.step(
        blank.state(),
        blank.matter(),
        blank.owner(),
        blank.progress(),
        clocks(blank, blank.matter(), effects, now),
        now);
  }

  /** The clocks that run after the effects; a clock without a limit in the pack does not run. */
  private List<Deadline> clocks(
      Ticket ticket, Ticket.Matter matter, List<ClockEffect> effects, Instant now) {
    List<Deadline> running = new ArrayList<>(ticket.deadlines());
    for (ClockEffect effect : effects) {
      switch (effect) {
        case ClockEffect.StopAll() -> running.clear();
        case ClockEffect.Stop(var clock) -> running.removeIf(d -> d.clock() == clock);
        case ClockEffect.Pause(var clock) ->
            running.replaceAll(d -> d.clock() == clock ? d.pause(now) : d);
        case ClockEffect.Resume(var clock) ->
            running.replaceAll(d -> d.clock() == clock ? policy.calendar().resume(d, now) : d);
        case ClockEffect.Start(var clock) -> {
          running.removeIf(d -> d.clock() == clock);
          policy
              .limits()
              .find(clock, matter.type().id(), matter.category(), matter.urgency().id())
              .ifPresent(limit -> running.add(policy.calendar().start(limit, now)));
        }
      }
    }
    return running;
  }

  private static Fact revisited(Revisit.Answer answer) {
    return switch (answer) {
      case Revisit.Answer.Unreached() -> new Fact.CallerRevisited("unreached", "", "", "");
      case Revisit.Answer.Reached(var contacted, var outcome, var satisfaction) ->
          new Fact.CallerRevisited(
              "reached",
              contacted == Revisit.Contacted.YES ? "yes" : "no",
              outcome == Revisit.Outcome.SOLVED ? "solved" : "unsolved",
              satisfaction);
    };
  }

  private static Failure illegal(Ticket ticket, String detail) {
    return new Failure(
        FailureCode.ILLEGAL_ACTION, "工单" + ticket.state().label().zh() + " · " + detail);
  }

  private static String names(TicketState state) {
    return Lifecycle.legal(state).stream()
        .map(a -> a.label().zh())
        .collect(Collectors.joining("、"));
  }
}
