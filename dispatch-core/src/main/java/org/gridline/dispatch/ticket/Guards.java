package org.gridline.dispatch.ticket;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.gridline.dispatch.classify.Category;
import org.gridline.dispatch.deadline.Clock;
import org.gridline.dispatch.ticket.Action.Revisit;
import org.gridline.dispatch.ticket.Life.Request;
import org.gridline.dispatch.ticket.Life.Request.Kind;
import org.gridline.dispatch.ticket.Life.Request.Step;
import org.gridline.dispatch.ticket.Lifecycle.Row;

/** Whether a row's condition holds. */
final class Guards {
  private static final Set<Clock> OF_WORK = Set.of(Clock.HANDLE, Clock.REWORK);

  private final Policy policy;
  private final Draws draws;
  private final SignOffs signOffs;

  Guards(Policy policy) {
    this.policy = policy;
    this.draws = new Draws(policy);
    this.signOffs = new SignOffs(policy);
  }

  boolean holds(Row row, Ticket ticket, Action action, Instant now) {
    return possible(row, ticket, now)
        && switch (row.guard()) {
          case SELF_HANDLING ->
              action instanceof Action.SelfHandle s
                  && policy.rules().handledOnTheSpot(s.category());
          case SOLVED -> outcome(action).equals(Optional.of(Revisit.Outcome.SOLVED));
          case UNSOLVED -> outcome(action).equals(Optional.of(Revisit.Outcome.UNSOLVED));
          case CHECK_REPEATED -> draws.repeat(ticket, action).drawn();
          case CHECKED_WITH_CALLER, CHECKED_WITHOUT_CALLER -> !draws.repeat(ticket, action).drawn();
          case UNREACHED_AGAIN, UNREACHED_ENOUGH -> outcome(action).isEmpty();
          case MERGED_CALLER ->
              action instanceof Action.RevisitMerged asked
                  && !ticket.progress().wasAsked(asked.round());
          case EXTENSION_SUPPORTED, APPEAL_SUPPORTED -> says(action, Verdict.SUPPORT);
          case EXTENSION_OPPOSED, APPEAL_OPPOSED -> says(action, Verdict.REFUSE);
          default -> true;
        };
  }

  /** Whether some action could take this row now. */
  boolean possible(Row row, Ticket ticket, Instant now) {
    Progress progress = ticket.progress();
    Life life = progress.life();
    LifeRules rules = policy.rules();
    return switch (row.guard()) {
      case NONE, SOLVED, UNSOLVED -> true;
      case ANSWERABLE ->
          rules.answered().contains(ticket.matter().type()) && !progress.is(Flag.SENT_BACK);
      case NO_REQUEST -> life.request().isEmpty();
      case REJECTION_PROPOSED -> life.asks(Kind.REJECTION);
      case SELF_HANDLING -> !rules.selfHandled().isEmpty() && !progress.is(Flag.SENT_BACK);
      case NOT_SENT_BACK -> !progress.is(Flag.SENT_BACK);
      case SPLIT_OFF -> life.origin().isPresent() && !progress.is(Flag.SENT_BACK);
      case MERGED_FROM_HERE -> life.mergedFrom().equals(Optional.of(row.to()));
      case RETURN_FREE -> free(ticket, ActionKind.RETURN) && mayReturn(progress, now);
      case RETURN_DRAFTED -> drafted(ticket, ActionKind.RETURN) && mayReturn(progress, now);
      case LAST_OF_RETURN -> last(life, ActionKind.RETURN) && mayReturn(progress, now);
      case RETURNS_BELOW_MOST -> progress.returns() < rules.mostReturns();
      case RETURNS_REACHED -> progress.returns() >= rules.mostReturns();
      case RETURNED_UNSIGNED ->
          progress.returnedFrom().equals(Optional.of(TicketState.PENDING_SIGN));
      case RETURNED_SIGNED -> progress.returnedFrom().equals(Optional.of(TicketState.HANDLING));
      case FEEDBACK_FREE -> free(ticket, ActionKind.FEEDBACK) && !life.waitsForParts();
      case FEEDBACK_DRAFTED -> drafted(ticket, ActionKind.FEEDBACK) && !life.waitsForParts();
      case LAST_OF_FEEDBACK -> last(life, ActionKind.FEEDBACK) && !life.waitsForParts();
      case SIGNATURES_LEFT -> life.draft().filter(d -> !d.last()).isPresent();
      case DRAFT_WAITS -> life.draft().isPresent();
      case HAS_PARTS -> !life.parts().isEmpty();
      // Whether they were asked about the present result, the ticket that it went on in says.
      case MERGED_CALLER -> ticket.hasCaller();
      case HAS_CALLER, CHECKED_WITH_CALLER -> ticket.hasCaller();
      case CHECKED_WITHOUT_CALLER -> !ticket.hasCaller();
      case PARENT_LINKED -> life.parent().isPresent();
      case MAY_GO_BACK_UP ->
          life.parent()
              .map(Life.Parent::linkedAt)
              .map(at -> policy.calendar().afterWorkdays(at, rules.parentReturnWorkdays()))
              .filter(end -> !now.isAfter(end))
              .isPresent();
      case CHECKERS_DRAWN -> rules.checking().drawn();
      case CHECK_REPEATED -> rules.checking().repeated() > 0 && life.check().isPresent();
      case EXTENSION_FREE ->
          free(ticket, ActionKind.REQUEST_EXTENSION) && extensionLeft(ticket, now);
      case EXTENSION_DRAFTED ->
          drafted(ticket, ActionKind.REQUEST_EXTENSION) && extensionLeft(ticket, now);
      case LAST_OF_EXTENSION ->
          last(life, ActionKind.REQUEST_EXTENSION) && extensionLeft(ticket, now);
      case EXTENSION_SUPPORTED, EXTENSION_OPPOSED -> extensionAt(life, Step.ASKED);
      case EXTENSION_READY ->
          extensionAt(life, Step.SUPPORTED)
              || (!rules.uses(ActionKind.REVIEW_EXTENSION) && life.asks(Kind.EXTENSION));
      case SUSPENSION_LEFT -> life.request().isEmpty() && !progress.is(Flag.SUSPENDED_ONCE);
      case SUSPENSION_ASKED -> life.asks(Kind.SUSPENSION);
      case CALLER_DECIDES -> ticket.hasCaller() && checkedByPhone(ticket);
      case SITE_DECIDES -> !(ticket.hasCaller() && checkedByPhone(ticket));
      case UNREACHED_AGAIN -> progress.revisitTries() + 1 < rules.revisitTries();
      case UNREACHED_ENOUGH -> progress.revisitTries() + 1 >= rules.revisitTries();
      case MAY_OBJECT ->
          !progress.is(Flag.OBJECTED)
              && !progress.is(Flag.OBJECTION_SETTLED)
              && within(life, rules.objectionDays(), now);
      case OBJECTED -> progress.is(Flag.OBJECTED);
      // A caller who objected in time is heard however long the chief takes.
      case MAY_REOPEN -> within(life, rules.reopenDays(), now) || progress.is(Flag.OBJECTED);
      case MAY_APPEAL -> life.appeal() == Life.Appeal.NONE && within(life, rules.appealDays(), now);
      case APPEAL_SUPPORTED, APPEAL_OPPOSED -> life.appeal() == Life.Appeal.FILED;
      case APPEAL_READY -> life.appeal() == Life.Appeal.SUPPORTED;
      case NOTHING_PENDING -> !progress.is(Flag.OBJECTED) && !life.appeal().pending();
      case NOT_CONFIDENTIAL -> !ticket.subject().reporter().confidential();
    };
  }

  /** Nothing waits for signatures, and this needs none. */
  private boolean free(Ticket ticket, ActionKind action) {
    return ticket.progress().life().draft().isEmpty() && signOffs.chain(ticket, action).isEmpty();
  }

  /** Nothing waits for signatures, and this needs some. */
  private boolean drafted(Ticket ticket, ActionKind action) {
    return ticket.progress().life().draft().isEmpty() && !signOffs.chain(ticket, action).isEmpty();
  }

  private static boolean last(Life life, ActionKind action) {
    return life.draft().filter(d -> d.action() == action && d.last()).isPresent();
  }

  private boolean extensionLeft(Ticket ticket, Instant now) {
    Life life = ticket.progress().life();
    return life.request().isEmpty()
        && life.extensions() < policy.rules().mostExtensions()
        && workInTime(ticket, now);
  }

  private boolean mayReturn(Progress progress, Instant now) {
    return !progress.is(Flag.RULED)
        && progress.returns() < policy.rules().mostReturns()
        && progress
            .life()
            .dispatchedAt()
            .map(at -> policy.calendar().afterWorkdays(at, policy.rules().returnWorkdays()))
            .map(end -> !now.isAfter(end))
            .orElse(true);
  }

  private static boolean workInTime(Ticket ticket, Instant now) {
    return ticket.deadlines().stream()
        .filter(d -> OF_WORK.contains(d.clock()))
        .anyMatch(d -> !now.isAfter(d.dueAt()));
  }

  private static boolean extensionAt(Life life, Step step) {
    return life.request()
        .filter(r -> r.kind() == Kind.EXTENSION && r.step() == step)
        .map(Request::kind)
        .isPresent();
  }

  private static boolean within(Life life, int days, Instant now) {
    return life.closedAt().filter(at -> !now.isAfter(at.plus(Duration.ofDays(days)))).isPresent();
  }

  private boolean checkedByPhone(Ticket ticket) {
    return ticket
        .matter()
        .category()
        .flatMap(policy.categories()::find)
        .filter(c -> c.checked() == Category.Checked.BY_PHONE)
        .isPresent();
  }

  private static boolean says(Action action, Verdict verdict) {
    return action instanceof Action.Judge(var kind, var said, var words) && said == verdict;
  }

  private static Optional<Revisit.Outcome> outcome(Action action) {
    return action instanceof Revisit(Revisit.Answer.Reached reached, var ignored)
        ? Optional.of(reached.outcome())
        : Optional.empty();
  }
}
