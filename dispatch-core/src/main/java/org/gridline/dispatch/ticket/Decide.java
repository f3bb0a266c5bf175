package org.gridline.dispatch.ticket;

import java.time.Instant;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;
import org.gridline.dispatch.event.Actor;
import org.gridline.dispatch.event.Fact;
import org.gridline.dispatch.event.TicketEvent;
import org.gridline.dispatch.people.Permission;
import org.gridline.dispatch.people.User;
import org.gridline.dispatch.route.Ground;
import org.gridline.dispatch.ticket.ActionKind.Sort;
import org.gridline.dispatch.ticket.Lifecycle.Row;
import org.gridline.dispatch.ticket.Ticket.Owner;

/**
 * The pure decision: ticket, action, actor, policy and now make an event and the ticket's next
 * version. Thread-safe.
 */
public final class Decide {
  /**
   * What a rule of the city may do in a person's stead; everything else is for people to decide.
   */
  private static final Set<ActionKind> BY_RULE =
      EnumSet.of(
          ActionKind.ACCEPT,
          ActionKind.FILE,
          ActionKind.DISPATCH,
          ActionKind.ESCALATE,
          ActionKind.RESUME,
          // A part that was registered for a split that did not come about.
          ActionKind.CANCEL,
          ActionKind.CLOSE,
          ActionKind.ARCHIVE,
          ActionKind.URGE,
          ActionKind.SUPERVISE);

  private final Policy policy;
  private final Guards guards;
  private final Standing standing;
  private final ToFact facts;
  private final Clocks clocks;

  public Decide(Policy policy) {
    this.policy = policy;
    this.guards = new Guards(policy);
    this.standing = new Standing(policy.units());
    this.facts = new ToFact(policy);
    this.clocks = new Clocks(policy);
  }

  /**
   * What a person's action does.
   *
   * @throws Failure {@code illegal_action}, {@code not_permitted}, {@code independence_required} or
   *     a field's own code
   */
  public Decision decide(Ticket ticket, Action action, User by, Instant now) {
    List<Row> rows = rows(ticket.state(), action.kind());
    if (rows.isEmpty()) throw illegal(ticket, "可行的操作 · possible: " + names(ticket, now));
    if (!by.may(new Permission.Act(action.kind()))) {
      throw new Failure(
          FailureCode.NOT_PERMITTED,
          "您的岗位不能" + action.kind().label().zh() + " · not a task of your role");
    }
    standing.check(rows.getFirst().who(), ticket, by);
    Actor actor = by.actor();
    Ground ground =
        new Ground.ByPerson(by.id(), ticket.place().boundaryVersion(), ticket.place().areaCodes());
    return step(ticket, chosen(rows, ticket, action, now), action, actor, ground, now);
  }

  /**
   * What a rule of the city does in a person's stead; the ground is the rule's.
   *
   * @throws Failure {@code illegal_action} when the ticket does not stand where the rule thinks
   * @throws IllegalArgumentException for an action that only people take
   */
  public Decision decideByRule(
      Ticket ticket, Action action, String rule, Ground ground, Instant now) {
    if (!BY_RULE.contains(action.kind()))
      throw new IllegalArgumentException("no rule does this: " + action.kind());
    List<Row> rows = rows(ticket.state(), action.kind());
    if (rows.isEmpty()) throw illegal(ticket, action.kind().label().zh());
    Row row = chosen(rows, ticket, action, now);
    return step(ticket, row, action, new Actor.Rule(rule), ground, now);
  }

  /** The same for an action that gives the ticket to nobody, so that it has no ground. */
  public Decision decideByRule(Ticket ticket, Action action, String rule, Instant now) {
    return decideByRule(
        ticket,
        action,
        rule,
        new Ground.ByPerson(0, ticket.place().boundaryVersion(), ticket.place().areaCodes()),
        now);
  }

  /** The actions that this person may take now; what is waited for comes first. */
  public List<ActionKind> offer(Ticket ticket, User by, Instant now) {
    return legal(ticket, now).stream()
        .filter(kind -> by.may(new Permission.Act(kind)))
        .filter(kind -> standing.fits(rows(ticket.state(), kind).getFirst().who(), ticket, by))
        .toList();
  }

  /**
   * @throws Failure {@code independence_required} when this person took part in handling or
   *     checking
   */
  void mayAsk(Ticket ticket, User by) {
    standing.check(Lifecycle.Who.INDEPENDENT_OF_CHECKING, ticket, by);
  }

  /**
   * Whether something is waited for that this person may do now. Sending back for rework is the
   * other answer of whoever may pass, check or ask, and alone nobody's task.
   */
  public boolean waitsFor(Ticket ticket, User by, Instant now) {
    return offer(ticket, by, now).stream()
        .anyMatch(
            kind ->
                (kind.sort() == Sort.TASK && kind != ActionKind.REWORK)
                    || (kind == ActionKind.REDRAW_CHECKER && nobodyDrawn(ticket)));
  }

  /**
   * Whether it waits for a check and the lot found nobody who was free: then somebody of the centre
   * has to have another one drawn.
   */
  public boolean nobodyDrawn(Ticket ticket) {
    return policy.rules().checking().drawn()
        && ticket.state() == TicketState.CHECKING
        && ticket.progress().life().check().isEmpty();
  }

  /** The actions that somebody may take now, whoever it is; what is waited for comes first. */
  public List<ActionKind> legal(Ticket ticket, Instant now) {
    return Lifecycle.legal(ticket.state()).stream()
        .filter(kind -> kind.sort() != Sort.BY_RULE)
        .sorted(Comparator.comparing(ActionKind::sort))
        .filter(
            kind ->
                rows(ticket.state(), kind).stream()
                    .anyMatch(row -> guards.possible(row, ticket, now)))
        .toList();
  }

  /** A new ticket's first version with its first clocks. */
  public Ticket started(Ticket blank, List<ClockEffect> effects, Instant now) {
    Ticket first =
        blank.step(
            blank.state(), blank.matter(), blank.owner(), blank.subject(), blank.progress(), now);
    return first.withDeadlines(clocks.after(blank, first, effects, now));
  }

  /** The table's rows without those that the city does not use. */
  private List<Row> rows(TicketState from, ActionKind action) {
    return policy.rules().uses(action) ? Lifecycle.list(from, action) : List.of();
  }

  private Row chosen(List<Row> rows, Ticket ticket, Action action, Instant now) {
    return rows.stream()
        .filter(r -> guards.holds(r, ticket, action, now))
        .findFirst()
        .orElseThrow(
            () -> {
              var unmet = rows.getFirst().guard().unmet();
              return illegal(ticket, unmet.zh() + " · " + unmet.en());
            });
  }

  private Decision step(
      Ticket ticket, Row row, Action action, Actor actor, Ground ground, Instant now) {
    Fact fact = facts.of(ticket, action, row.to(), actor, ground, now);
    if (!fact.kind().equals(row.event()))
      throw new IllegalStateException(row + " does not make a " + fact.kind());
    TicketEvent event =
        new TicketEvent(
            ticket.id(),
            ticket.version() + 1,
            now,
            actor,
            Optional.of(ticket.state()),
            row.to(),
            ticket.owner().map(Owner::unit),
            Fold.owner(ticket, fact).map(Owner::unit),
            fact);
    Ticket after = Fold.next(ticket, event);
    return new Decision(
        after.withDeadlines(clocks.after(ticket, after, row.clocks(), now)), event, action.words());
  }

  private static Failure illegal(Ticket ticket, String detail) {
    return new Failure(
        FailureCode.ILLEGAL_ACTION, "工单" + ticket.state().label().zh() + " · " + detail);
  }

  private String names(Ticket ticket, Instant now) {
    return legal(ticket, now).stream().map(a -> a.label().zh()).collect(Collectors.joining("、"));
  }
}
