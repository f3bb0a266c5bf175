package org.gridline.dispatch.ticket;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;
import org.gridline.dispatch.classify.CategoryKey;
import org.gridline.dispatch.event.Actor;
import org.gridline.dispatch.event.Draw;
import org.gridline.dispatch.event.Fact;
import org.gridline.dispatch.intake.ReportType;
import org.gridline.dispatch.intake.Urgency;
import org.gridline.dispatch.route.Ground;
import org.gridline.dispatch.ticket.Action.Revisit;
import org.gridline.dispatch.ticket.Life.Part;
import org.gridline.dispatch.ticket.Life.Request;

/** What an action that is permitted says happened, once its codes are known to be the city's. */
final class ToFact {
  private final Policy policy;
  private final DutyOwners duties;
  private final JointWork joint;
  private final Draws draws;
  private final SignOffs signOffs;

  ToFact(Policy policy) {
    this.policy = policy;
    this.duties = new DutyOwners(policy);
    this.joint = new JointWork(policy.units());
    this.draws = new Draws(policy);
    this.signOffs = new SignOffs(policy);
  }

  /**
   * @param to where the step leads
   */
  Fact of(Ticket ticket, Action action, TicketState to, Actor actor, Ground ground, Instant now) {
    return switch (action) {
      case Action.Plain(ActionKind kind, String words) when kind == ActionKind.CO_SIGN ->
          new Fact.PartSigned(joint.partOf(ticket, actor, Part.Step.ASKED));
      case Action.Plain(ActionKind kind, String words) when kind == ActionKind.SIGN_OFF ->
          SignOffs.signed(ticket, actor);
      case Action.Plain p -> plain(p.kind(), ticket);
      case Action.Answer a -> new Fact.TicketAnswered(a.article());
      case Action.ProposeReject r -> new Fact.RejectionProposed(r.outcome().id(), r.route());
      case Action.VerifyDone v -> new Fact.VerificationDone(v.result());
      case Action.SelfHandle s -> selfHandled(ticket, s, actor, ground);
      case Action.Accept a ->
          new Fact.TicketAccepted(known(a.category()).kind(), a.category().code());
      case Action.Merge m -> merged(ticket, m.master());
      case Action.Split s -> {
        s.category().ifPresent(this::known);
        yield new Fact.TicketSplit(s.part().orElseThrow());
      }
      case Action.UndoSplit u -> merged(ticket, u.origin());
      case Action.FileCase f -> new Fact.TicketFiled();
      case Action.Dispatch d ->
          new Fact.TicketDispatched(
              duties.owner(ticket, actor, d.unit(), d.exception(), now), ground, d.exception());
      case Action.Cancel c -> new Fact.TicketCancelled(c.reason());
      case Action.Sign s -> new Fact.TicketSigned();
      case Action.Return r -> {
        String proposed = policy.units().get(r.proposedUnit()).code();
        yield signOffs.drafted(
            ticket,
            r.kind(),
            r.ground(),
            proposed,
            new Fact.TicketReturned(r.ground(), proposed, List.of()));
      }
      case Action.ApproveReturn a -> new Fact.ReturnApproved();
      case Action.DenyReturn d -> new Fact.ReturnDenied();
      case Action.Rule r -> duties.ruled(ticket, actor, r, ground, now);
      case Action.AskUnit a -> joint.asked(ticket, actor, a);
      case Action.ReleaseUnit r -> joint.released(ticket, r.unit());
      case Action.CoReport r ->
          new Fact.PartReported(joint.partOf(ticket, actor, Part.Step.SIGNED), r.result());
      case Action.RevisitMerged r -> mergedAsked(ticket, r);
      case Action.LinkParent p ->
          new Fact.ParentLinked(p.number(), p.dueAt().toString(), p.replyForm());
      case Action.ParentRevisit r -> parentRevisited(revisited(r.answer()));
      case Action.ReturnToParent r -> new Fact.ParentReturned(r.ground());
      case Action.Contact c ->
          new Fact.CallerContacted(
              c.outcome() == Action.Contact.Made.YES ? "contacted" : "notContacted", c.call());
      case Action.RequestExtension x ->
          signOffs.drafted(
              ticket,
              x.kind(),
              x.share().id(),
              "",
              new Fact.ExtensionAsked(x.share().id(), List.of()));
      case Action.RequestSuspension s ->
          new Fact.SuspensionAsked(s.reason(), day(s.resumeOn(), now).toString());
      case Action.Judge j -> judged(j);
      case Action.Feedback f ->
          signOffs.drafted(
              ticket, f.kind(), f.result(), "", new Fact.FeedbackGiven(f.result(), List.of()));
      case Action.Drawing d -> drawing(ticket, d, to);
      case Revisit r -> revisited(r.answer());
      case Action.Close c -> new Fact.TicketClosed(c.condition());
      case Action.Rework r ->
          new Fact.TicketReworked(
              ticket.progress().life().check().flatMap(Life.Check::repeats).orElse(0L));
      case Action.Reopen r -> new Fact.TicketReopened(r.ground().id());
      case Action.Supervise s -> new Fact.TicketSupervised(s.level());
      case Action.Reclassify r -> reclassified(ticket, r);
      case Action.Mark m ->
          new Fact.TicketMarked(
              (m.kind() == ActionKind.MARK_REPEAT ? Flag.REPEAT : Flag.MALICIOUS).name(),
              m.change() == Action.Mark.Change.SET ? "set" : "cleared");
    };
  }

  private Fact drawing(Ticket ticket, Action.Drawing drawing, TicketState to) {
    return switch (drawing.kind()) {
      case PASS ->
          new Fact.FeedbackPassed(
              to == TicketState.CHECKING ? draws.first(ticket, drawing.lot()) : Draw.nobody());
      case CHECK ->
          new Fact.ResultChecked(
              ticket.progress().life().check().flatMap(Life.Check::repeats).orElse(0L),
              draws.repeat(ticket, drawing));
      case REDRAW_CHECKER -> new Fact.CheckerRedrawn(draws.instead(ticket, drawing.lot()));
      default -> throw new IllegalArgumentException(drawing.kind() + " draws nobody");
    };
  }

  /** Whoever found it owns it from now on, and their unit's people don't check it. */
  private Fact selfHandled(Ticket ticket, Action.SelfHandle s, Actor actor, Ground ground) {
    CategoryKey category = known(s.category());
    Fact.TicketSelfHandled undrawn =
        new Fact.TicketSelfHandled(
            category.kind(), category.code(), unitOf(actor), ground, Draw.nobody());
    Ticket owned =
        ticket.step(
            TicketState.CHECKING,
            ticket.matter(),
            Fold.owner(ticket, undrawn),
            ticket.subject(),
            ticket.progress().change(d -> d.handledBy(actor)),
            ticket.updatedAt());
    return new Fact.TicketSelfHandled(
        category.kind(), category.code(), undrawn.unit(), ground, draws.first(owned, s.lot()));
  }

  private static Fact plain(ActionKind kind, Ticket ticket) {
    return switch (kind) {
      case CONFIRM_REJECT -> {
        Request proposed = ticket.progress().life().request().orElseThrow();
        yield new Fact.TicketRejected(proposed.what(), proposed.more());
      }
      case DECLINE_REJECT -> new Fact.RejectionDeclined();
      case REQUEST_VERIFY -> new Fact.VerificationAsked();
      case UNDO_MERGE -> new Fact.MergeUndone();
      case SEND_BACK -> new Fact.TicketSentBack();
      case ESCALATE -> new Fact.DisputeEscalated();
      case GRANT_EXTENSION ->
          new Fact.ExtensionGranted(ticket.progress().life().request().orElseThrow().what());
      case REFUSE_EXTENSION -> new Fact.ExtensionRefused();
      case GRANT_SUSPENSION -> {
        Request asked = ticket.progress().life().request().orElseThrow();
        yield new Fact.SuspensionGranted(asked.what(), asked.until().orElseThrow().toString());
      }
      case REFUSE_SUSPENSION -> new Fact.SuspensionRefused();
      case RESUME -> new Fact.HandlingResumed();
      case OBJECT -> new Fact.ObjectionRaised();
      case DISMISS_OBJECTION -> new Fact.ObjectionDismissed();
      case APPEAL -> new Fact.AppealFiled();
      case REFUSE_DRAFT -> SignOffs.sentBack(ticket);
      case ARCHIVE -> new Fact.TicketArchived();
      case PARENT_WITHDREW -> new Fact.ParentWithdrew();
      case URGE -> new Fact.TicketUrged();
      case KEEP_CONFIDENTIAL ->
          new Fact.ConfidentialityKept(ticket.subject().reporter().kept().name());
      default -> throw new IllegalArgumentException(kind + " says more than its words");
    };
  }

  private static Fact judged(Action.Judge j) {
    return switch (j.kind()) {
      case REVIEW_EXTENSION -> new Fact.ExtensionReviewed(j.verdict().id());
      case REVIEW_APPEAL -> new Fact.AppealReviewed(j.verdict().id());
      case DECIDE_APPEAL -> new Fact.AppealDecided(j.verdict().id());
      default -> throw new IllegalArgumentException(j.kind() + " is no judgement");
    };
  }

  private static Fact merged(Ticket ticket, Optional<Ticket> into) {
    Ticket master = into.orElseThrow();
    if (master.id() == ticket.id() || !master.state().open()) {
      throw Failure.atField(
          FailureCode.INVALID_REQUEST,
          "master",
          "主办工单须为另一张在办工单 · the master must be another ticket that is still open");
    }
    return new Fact.TicketMerged(master.id());
  }

  /** A caller who was hidden for the sake of the type stays hidden under any other. */
  private Fact reclassified(Ticket ticket, Action.Reclassify change) {
    Ticket.Matter was = ticket.matter();
    ReportType type = change.type().orElse(was.type());
    Urgency urgency = change.urgency().orElse(was.urgency());
    Optional<CategoryKey> category = change.category().map(this::known).or(was::category);
    if (type == was.type() && urgency == was.urgency() && category.equals(was.category()))
      throw Failure.atField(
          FailureCode.INVALID_REQUEST, "type", "没有变化 · nothing would be any different");
    boolean uncovers = Standing.HIDDEN.contains(was.type()) && !Standing.HIDDEN.contains(type);
    Ticket.Reporter reporter = ticket.subject().reporter();
    return new Fact.MatterChanged(
        type.id(),
        urgency.id(),
        category.map(CategoryKey::kind).orElse(""),
        category.map(CategoryKey::code).orElse(""),
        uncovers && !reporter.confidential() ? reporter.kept().name() : "");
  }

  private CategoryKey known(CategoryKey category) {
    if (policy.categories().leaf(category)) return category;
    throw Failure.atField(
        FailureCode.CATEGORY_UNKNOWN,
        "category",
        "no class " + category.kind() + ":" + category.code());
  }

  private static String unitOf(Actor actor) {
    return (actor instanceof Actor.Person p ? p.unit() : Optional.<String>empty())
        .orElseThrow(
            () ->
                new Failure(
                    FailureCode.NOT_PERMITTED,
                    "您不属于任何单位 · whoever handles a ticket belongs to a unit"));
  }

  private LocalDate day(LocalDate asked, Instant now) {
    LocalDate today = policy.calendar().day(now);
    if (asked.isAfter(today) && !asked.isAfter(today.plusDays(policy.rules().suspensionDays())))
      return asked;
    throw Failure.atField(
        FailureCode.INVALID_REQUEST,
        "resumeOn",
        "须晚于今天且不超过 "
            + policy.rules().suspensionDays()
            + " 天 · after today, at most so many days away");
  }

  private Fact mergedAsked(Ticket ticket, Action.RevisitMerged asked) {
    Fact.CallerRevisited said = revisited(asked.answer());
    boolean again = asked.round() != ticket.progress().life().askedRound();
    int tries = again ? 0 : ticket.progress().revisitTries();
    boolean enough = tries + 1 >= policy.rules().revisitTries();
    boolean done = asked.answer() instanceof Revisit.Answer.Reached || enough;
    return new Fact.MergedCallerAsked(
        said.answer(),
        said.contacted(),
        said.outcome(),
        said.satisfaction(),
        done ? "yes" : "no",
        asked.round());
  }

  private static Fact parentRevisited(Fact.CallerRevisited said) {
    return new Fact.ParentRevisited(
        said.answer(), said.contacted(), said.outcome(), said.satisfaction());
  }

  private static Fact.CallerRevisited revisited(Revisit.Answer answer) {
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
}
