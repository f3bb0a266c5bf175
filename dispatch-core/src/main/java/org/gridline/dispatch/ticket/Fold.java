package org.gridline.dispatch.ticket;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.gridline.dispatch.classify.CategoryKey;
import org.gridline.dispatch.event.Actor;
import org.gridline.dispatch.event.Draw;
import org.gridline.dispatch.event.Fact;
import org.gridline.dispatch.event.TicketEvent;
import org.gridline.dispatch.intake.ReportType;
import org.gridline.dispatch.intake.Urgency;
import org.gridline.dispatch.ticket.Life.Part;
import org.gridline.dispatch.ticket.Life.Request;
import org.gridline.dispatch.ticket.Progress.Draft;
import org.gridline.dispatch.ticket.Ticket.Owner;

/**
 * What an event makes of a ticket. Everything but the clocks follows from the event alone, so the
 * log replays to the stored ticket; the only way in which a ticket changes.
 */
public final class Fold {
  private Fold() {}

  /** The ticket after the event; its clocks are those before it. */
  public static Ticket next(Ticket t, TicketEvent e) {
    return t.step(
        e.stateAfter(),
        matter(t, e.fact()),
        owner(t, e.fact()),
        subject(t, e.fact()),
        t.progress().change(d -> progress(d, t, e)),
        e.at());
  }

  private static Ticket.Matter matter(Ticket t, Fact fact) {
    return switch (fact) {
      case Fact.TicketAccepted(var kind, var code) -> t.matter().about(new CategoryKey(kind, code));
      case Fact.TicketSelfHandled(var kind, var code, var unit, var ground, var draw) ->
          t.matter().about(new CategoryKey(kind, code));
      case Fact.MatterChanged(var type, var urgency, var kind, var code, var reporter) ->
          new Ticket.Matter(
              t.matter().channel(),
              ReportType.find(type).orElseThrow(),
              Urgency.find(urgency).orElseThrow(),
              kind.isEmpty() ? Optional.empty() : Optional.of(new CategoryKey(kind, code)),
              t.matter().component());
      default -> t.matter();
    };
  }

  static Optional<Owner> owner(Ticket t, Fact fact) {
    return switch (fact) {
      case Fact.TicketDispatched d -> Optional.of(new Owner(d.unit(), d.ground()));
      case Fact.DisputeRuled r -> Optional.of(new Owner(r.unit(), r.ground()));
      case Fact.TicketSelfHandled(var kind, var code, var unit, var ground, var draw) ->
          Optional.of(new Owner(unit, ground));
      case Fact.ReturnApproved approved -> Optional.empty();
      default -> t.owner();
    };
  }

  private static Ticket.Subject subject(Ticket t, Fact fact) {
    String reporter =
        switch (fact) {
          case Fact.ConfidentialityKept kept -> kept.reporter();
          case Fact.MatterChanged changed -> changed.reporter();
          default -> "";
        };
    return reporter.isEmpty()
        ? t.subject()
        : new Ticket.Subject(
            t.subject().person(), t.subject().words(), Ticket.Reporter.valueOf(reporter));
  }

  private static void progress(Draft d, Ticket t, TicketEvent e) {
    switch (e.fact()) {
      case Fact.TicketAccepted a -> {
        d.request = Optional.empty();
        d.clear(Flag.SENT_BACK);
      }
      case Fact.TicketFiled f -> d.request = Optional.empty();
      case Fact.TicketSelfHandled s -> {
        d.request = Optional.empty();
        d.handledBy(e.actor());
        d.set(Flag.SELF_HANDLED);
        d.check = drawn(s.draw(), Optional.empty());
      }
      case Fact.TicketSentBack s -> d.set(Flag.SENT_BACK);
      case Fact.RejectionProposed(var outcome, var route) ->
          d.request = asked(Request.Kind.REJECTION, e, outcome, route, Optional.empty());
      case Fact.RejectionDeclined r -> d.request = Optional.empty();
      case Fact.TicketRejected r -> d.request = Optional.empty();
      case Fact.TicketMerged(var master) -> {
        d.mergedFrom = e.stateBefore();
        d.master = Optional.of(master);
      }
      case Fact.TicketSplit(var part) -> d.split.add(part);
      case Fact.TicketSplitOff(var origin) -> d.origin = Optional.of(origin);
      case Fact.MergedCallerAsked asked -> {
        if (asked.round() != d.askedRound) {
          d.clear(Flag.ASKED);
          d.revisitTries = 0;
          d.askedRound = asked.round();
        }
        if (asked.answer().equals("unreached")) d.revisitTries++;
        if (asked.done().equals("yes")) d.set(Flag.ASKED);
      }
      case Fact.UnitAsked(var unit, var kind, var why) -> {
        d.parts = Parts.with(d.parts, new Part(unit, Part.Kind.get(kind), Part.Step.ASKED));
        d.set(Flag.JOINT);
      }
      case Fact.UnitReleased(var unit) -> d.parts = Parts.without(d.parts, unit);
      case Fact.PartSigned(var unit) -> {
        d.parts = Parts.at(d.parts, unit, Part.Step.SIGNED);
        d.handledBy(e.actor());
      }
      case Fact.PartReported(var unit, var result) -> {
        d.parts = Parts.at(d.parts, unit, Part.Step.REPORTED);
        d.handledBy(e.actor());
      }
      case Fact.MergeUndone u -> {
        d.clear(Flag.ASKED);
        d.revisitTries = 0;
        d.askedRound = 0;
        d.mergedFrom = Optional.empty();
        d.master = Optional.empty();
      }
      case Fact.TicketDispatched x -> dispatched(d, e);
      case Fact.TicketSigned s -> d.handledBy(e.actor());
      case Fact.TicketReturned r -> {
        d.request = Optional.empty();
        d.draft = Optional.empty();
        d.returns++;
        d.returnedFrom = e.stateBefore();
        d.handledBy(e.actor());
      }
      case Fact.ReturnApproved r -> {
        d.returnedFrom = Optional.empty();
        // Helpers were asked for by, or beside, a unit that no longer has it.
        d.parts = List.of();
        misdispatched(d);
      }
      case Fact.ReturnDenied r -> d.returnedFrom = Optional.empty();
      case Fact.DisputeRuled r -> {
        if (!t.owner().map(Owner::unit).equals(Optional.of(r.unit()))) misdispatched(d);
        d.parts = List.of();
        d.returnedFrom = Optional.empty();
        d.set(Flag.RULED);
        dispatched(d, e);
      }
      case Fact.CallerContacted(var outcome, var call) -> {
        if (outcome.equals("contacted")) d.set(Flag.CONTACTED);
      }
      case Fact.ExtensionAsked(var share, var signedBy) -> {
        d.draft = Optional.empty();
        if (!signedBy.isEmpty()) d.handledBy(e.actor());
        Optional<Request> asked = asked(Request.Kind.EXTENSION, e, share, "", Optional.empty());
        // Whoever has signed has reviewed it, and whoever drafted it has asked.
        d.request =
            signedBy.isEmpty() ? asked : asked.map(r -> r.supported().askedBy(signedBy.getFirst()));
      }
      case Fact.DraftMade(var action, var what, var more, var chain) -> {
        d.handledBy(e.actor());
        d.draft =
            Optional.of(
                new Life.Draft(
                    ActionKind.find(action).orElseThrow(),
                    user(e).orElse(0L),
                    0,
                    SignOffs.hands(e.actor()),
                    what,
                    more,
                    chain));
      }
      case Fact.DraftSigned s -> {
        d.handledBy(e.actor());
        d.draft = d.draft.map(draft -> draft.signedBy(SignOffs.hands(e.actor())));
      }
      case Fact.DraftSentBack s -> {
        d.handledBy(e.actor());
        d.draft = Optional.empty();
      }
      case Fact.ExtensionReviewed(var verdict) ->
          d.request =
              verdict.equals(Verdict.SUPPORT.id())
                  ? d.request.map(Request::supported)
                  : Optional.empty();
      case Fact.ExtensionGranted g -> {
        d.request = Optional.empty();
        d.extensions++;
        d.set(Flag.EXTENDED);
      }
      case Fact.ExtensionRefused r -> d.request = Optional.empty();
      case Fact.SuspensionAsked(var reason, var day) ->
          d.request =
              asked(Request.Kind.SUSPENSION, e, reason, "", Optional.of(LocalDate.parse(day)));
      case Fact.SuspensionGranted(var reason, var day) -> {
        d.request = Optional.empty();
        d.resumeOn = Optional.of(LocalDate.parse(day));
        d.set(Flag.SUSPENDED_ONCE);
      }
      case Fact.SuspensionRefused r -> d.request = Optional.empty();
      case Fact.HandlingResumed r -> d.resumeOn = Optional.empty();
      case Fact.FeedbackGiven f -> {
        d.request = Optional.empty();
        d.draft = Optional.empty();
        d.handledBy(e.actor());
      }
      case Fact.FeedbackPassed(var draw) -> d.check = drawn(draw, Optional.empty());
      case Fact.ResultChecked(var confirms, var draw) -> {
        d.checkedBy(e.actor());
        d.check = drawn(draw, d.check.map(Life.Check::checker));
      }
      case Fact.CheckerRedrawn(var draw) ->
          d.check = drawn(draw, d.check.flatMap(Life.Check::repeats));
      case Fact.CallerRevisited(var answer, var contacted, var outcome, var satisfaction) -> {
        d.revisitTries = answer.equals("unreached") ? d.revisitTries + 1 : 0;
        if (e.stateAfter() == TicketState.HANDLING) reworked(d);
      }
      case Fact.TicketReworked r -> {
        d.check = Optional.empty();
        reworked(d);
      }
      case Fact.TicketClosed c -> {
        d.closedAt = Optional.of(e.at());
        d.clear(Flag.OBJECTED, Flag.OBJECTION_SETTLED);
      }
      case Fact.TicketReopened(var ground) -> {
        d.closedAt = Optional.empty();
        d.clear(Flag.OBJECTED, Flag.OBJECTION_SETTLED);
        if (ground.equals(ReopenGround.FALSE_REPLY.id())) d.set(Flag.FALSE_CLOSING);
        reworked(d);
      }
      case Fact.ObjectionRaised o -> d.set(Flag.OBJECTED);
      case Fact.ObjectionDismissed o -> {
        d.clear(Flag.OBJECTED);
        d.set(Flag.OBJECTION_SETTLED);
      }
      case Fact.TicketUrged u -> {
        d.urges++;
        d.set(Flag.URGED);
      }
      case Fact.TicketSupervised(var level) -> {
        d.supervision = level;
        d.set(Flag.SUPERVISED);
      }
      case Fact.AppealFiled a -> {
        d.appeal = Life.Appeal.FILED;
        d.set(Flag.APPEALED);
      }
      case Fact.AppealReviewed(var verdict) -> {
        d.appealReviewer = user(e);
        d.appeal = support(verdict) ? Life.Appeal.SUPPORTED : Life.Appeal.REFUSED;
      }
      case Fact.AppealDecided(var verdict) -> {
        d.appeal = support(verdict) ? Life.Appeal.GRANTED : Life.Appeal.REFUSED;
        if (support(verdict)) d.set(Flag.APPEAL_GRANTED);
      }
      case Fact.TicketMarked(var mark, var change) -> {
        Flag flag = Flag.valueOf(mark);
        if (change.equals("set")) d.set(flag);
        else d.clear(flag);
      }
      case Fact.TicketRegistered r -> {}
      case Fact.TicketAnswered a -> {}
      case Fact.VerificationAsked v -> {}
      case Fact.VerificationDone v -> {}
      case Fact.TicketCancelled c -> d.draft = Optional.empty();
      case Fact.DisputeEscalated x -> {}
      case Fact.ParentLinked(var number, var dueAt, var form) ->
          d.parent =
              Optional.of(
                  new Life.Parent(
                      number,
                      Instant.parse(dueAt),
                      form,
                      d.parent.map(Life.Parent::linkedAt).orElse(e.at()),
                      "",
                      "",
                      ""));
      case Fact.ParentRevisited(var answer, var contacted, var outcome, var satisfaction) ->
          d.parent =
              d.parent.map(p -> p.revisited(outcome.isEmpty() ? answer : outcome, satisfaction));
      case Fact.ParentReturned r -> taken(d, "returned");
      case Fact.ParentWithdrew w -> taken(d, "withdrawn");
      case Fact.TicketArchived a -> {}
      case Fact.ConfidentialityKept c -> {}
      case Fact.MatterChanged m -> {}
      case Fact.ClockWarned w -> {}
      case Fact.PersonErased p -> {}
      case Fact.ClockOverdue o -> {}
      case Fact.ClockEscalated x -> {}
    }
  }

  private static Optional<Life.Check> drawn(Draw draw, Optional<Long> repeats) {
    return draw.drawn() ? Optional.of(new Life.Check(draw.checker(), repeats)) : Optional.empty();
  }

  private static void dispatched(Draft d, TicketEvent e) {
    d.dispatches++;
    d.dispatchedAt = Optional.of(e.at());
  }

  /** Nothing of it waits here any more. */
  private static void taken(Draft d, String how) {
    d.parent = d.parent.map(p -> p.ended(how));
    d.request = Optional.empty();
    d.draft = Optional.empty();
    d.check = Optional.empty();
    d.resumeOn = Optional.empty();
  }

  private static void misdispatched(Draft d) {
    d.misdispatches++;
    d.set(Flag.MISDISPATCHED);
  }

  private static void reworked(Draft d) {
    d.reworks++;
    d.revisitTries = 0;
    d.set(Flag.REWORKED);
  }

  private static boolean support(String verdict) {
    return verdict.equals(Verdict.SUPPORT.id());
  }

  private static Optional<Request> asked(
      Request.Kind kind, TicketEvent e, String what, String more, Optional<LocalDate> until) {
    return Optional.of(
        new Request(kind, e.version(), user(e).orElse(0L), Request.Step.ASKED, what, more, until));
  }

  private static Optional<Long> user(TicketEvent e) {
    return e.actor() instanceof Actor.Person p ? Optional.of(p.user()) : Optional.empty();
  }
}
