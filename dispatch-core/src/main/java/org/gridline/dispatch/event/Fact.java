package org.gridline.dispatch.event;

import java.util.List;
import org.gridline.dispatch.route.Ground;

/** What happened, in the past tense. Facts hold codes and ids only, never personal data. */
public sealed interface Fact {
  /** Stable name in the log, for example {@code TicketDispatched}. */
  default String kind() {
    return getClass().getSimpleName();
  }

  /**
   * {@code suggestions} are categories as {@code kind:code=score}; {@code candidates} are unit
   * codes. {@code component} is the code of the component that it speaks of, empty for none, and
   * {@code componentPassed} says why that one did not decide.
   */
  record TicketRegistered(
      String channel,
      String type,
      String urgency,
      String placeFlag,
      String boundaryVersion,
      List<String> areas,
      List<String> suggestions,
      List<String> candidates,
      String doubt,
      String component,
      String componentPassed)
      implements Fact {}

  record TicketAccepted(String categoryKind, String categoryCode) implements Fact {}

  record TicketFiled() implements Fact {}

  /**
   * {@code exception} says why a department's matter goes to a street or community; empty where
   * none was needed, and in events of before there was one.
   */
  record TicketDispatched(String unit, Ground ground, String exception) implements Fact {}

  record TicketSigned() implements Fact {}

  /** {@code signedBy} are drafter and signers in their order; empty where nobody had to sign. */
  record TicketReturned(String ground, String proposedUnit, List<Long> signedBy) implements Fact {
    public TicketReturned {
      signedBy = List.copyOf(signedBy);
    }
  }

  record ReturnApproved() implements Fact {}

  record ReturnDenied() implements Fact {}

  /** {@code signedBy} as in {@link TicketReturned}. */
  record FeedbackGiven(String result, List<Long> signedBy) implements Fact {
    public FeedbackGiven {
      signedBy = List.copyOf(signedBy);
    }
  }

  /**
   * Drafted in the unit, and waits there for signatures: {@code action} is what is to become of it,
   * {@code what} and {@code more} its codes, {@code chain} who signs, as {@code role@unit} or
   * {@code role@above}.
   */
  record DraftMade(String action, String what, String more, List<String> chain) implements Fact {
    public DraftMade {
      chain = List.copyOf(chain);
    }
  }

  /** One of the signatures, but not the last, which is the action itself. */
  record DraftSigned(String action, String signer) implements Fact {}

  record DraftSentBack(String action) implements Fact {}

  /** {@code draw} says who was drawn to check, if the check is made on site. */
  record FeedbackPassed(Draw draw) implements Fact {}

  /**
   * {@code confirms} is whoever checked before, when this was a repeated check, else 0; {@code
   * draw} says whether this check is repeated, and by whom.
   */
  record ResultChecked(long confirms, Draw draw) implements Fact {}

  /** The centre had somebody else drawn. */
  record CheckerRedrawn(Draw draw) implements Fact {}

  /** {@code answer} is reached or unreached; the rest is empty when unreached. */
  record CallerRevisited(String answer, String contacted, String outcome, String satisfaction)
      implements Fact {}

  record TicketClosed(String condition) implements Fact {}

  /** {@code against} is whoever had passed what a repeated check found wanting, else 0. */
  record TicketReworked(long against) implements Fact {}

  /** {@code article} names an article of the knowledge base, empty for an answer in own words. */
  record TicketAnswered(String article) implements Fact {}

  /** {@code outcome} is one of the four of a rejection, {@code route} the number or legal way. */
  record RejectionProposed(String outcome, String route) implements Fact {}

  record RejectionDeclined() implements Fact {}

  record TicketRejected(String outcome, String route) implements Fact {}

  record VerificationAsked() implements Fact {}

  record VerificationDone(String result) implements Fact {}

  record TicketSelfHandled(
      String categoryKind, String categoryCode, String unit, Ground ground, Draw draw)
      implements Fact {}

  record TicketSentBack() implements Fact {}

  record DisputeEscalated() implements Fact {}

  /**
   * {@code dutyRule} is the id of the rule that the ruling became, empty for none; it is about
   * {@code ruleCategory}, {@code KIND:CODE}, in {@code ruleArea}, empty for everywhere, from the
   * day {@code ruleFrom} on.
   */
  record DisputeRuled(
      String unit,
      Ground ground,
      String exception,
      String dutyRule,
      String ruleCategory,
      String ruleArea,
      String ruleFrom)
      implements Fact {}

  /**
   * Another unit is asked to help: {@code part} is co, assigned or whistled, {@code why} a code.
   */
  record UnitAsked(String unit, String part, String why) implements Fact {}

  record UnitReleased(String unit) implements Fact {}

  record PartSigned(String unit) implements Fact {}

  record PartReported(String unit, String result) implements Fact {}

  /**
   * The caller of a merged ticket was asked about the result. {@code answer} as in {@link
   * CallerRevisited}; {@code done} is yes when nobody needs to ask again about this result; {@code
   * round} counts how often the work had been sent back before it.
   */
  record MergedCallerAsked(
      String answer, String contacted, String outcome, String satisfaction, String done, int round)
      implements Fact {}

  /** {@code outcome} is contacted or notContacted; {@code call} the call's id, empty for none. */
  record CallerContacted(String outcome, String call) implements Fact {}

  /** {@code share} of the original limit: quarter, half or full. */
  record ExtensionAsked(String share, List<Long> signedBy) implements Fact {
    public ExtensionAsked {
      signedBy = List.copyOf(signedBy);
    }
  }

  /** {@code verdict} is support or refuse. */
  record ExtensionReviewed(String verdict) implements Fact {}

  record ExtensionGranted(String share) implements Fact {}

  record ExtensionRefused() implements Fact {}

  /** {@code resumeOn} is a day as {@code 2026-12-31}. */
  record SuspensionAsked(String reason, String resumeOn) implements Fact {}

  record SuspensionGranted(String reason, String resumeOn) implements Fact {}

  record SuspensionRefused() implements Fact {}

  record HandlingResumed() implements Fact {}

  record TicketReopened(String ground) implements Fact {}

  record ObjectionRaised() implements Fact {}

  record ObjectionDismissed() implements Fact {}

  record TicketCancelled(String reason) implements Fact {}

  record TicketArchived() implements Fact {}

  record TicketUrged() implements Fact {}

  record TicketSupervised(int level) implements Fact {}

  record AppealFiled() implements Fact {}

  record AppealReviewed(String verdict) implements Fact {}

  record AppealDecided(String verdict) implements Fact {}

  /** {@code mark} is REPEAT or MALICIOUS, {@code change} set or cleared. */
  record TicketMarked(String mark, String change) implements Fact {}

  /**
   * What the ticket is about from now on: type, urgency and class as a whole, the class empty for
   * none. {@code reporter} is what the reporter has become, empty where nothing changed there.
   */
  record MatterChanged(
      String type, String urgency, String categoryKind, String categoryCode, String reporter)
      implements Fact {}

  /** {@code reporter} is what the ticket's reporter has become. */
  record ConfidentialityKept(String reporter) implements Fact {}

  /**
   * It belongs to a platform above: {@code number} is its number there, {@code dueAt} RFC 3339 in
   * UTC, {@code replyForm} how the answer is wanted.
   */
  record ParentLinked(String number, String dueAt, String replyForm) implements Fact {}

  /** The platform above asked the caller itself; members as in {@link CallerRevisited}. */
  record ParentRevisited(String answer, String contacted, String outcome, String satisfaction)
      implements Fact {}

  /** It went back to the platform above, which ends the work here. */
  record ParentReturned(String ground) implements Fact {}

  /** The platform above took it back, which ends the work here. */
  record ParentWithdrew() implements Fact {}

  /** A part of it goes its own way as the ticket of that id. */
  record TicketSplit(long part) implements Fact {}

  /** It was a part of the ticket of that id; the second event of such a ticket. */
  record TicketSplitOff(long origin) implements Fact {}

  /** {@code master} is the id of the ticket that it goes on in. */
  record TicketMerged(long master) implements Fact {}

  record MergeUndone() implements Fact {}

  /** A clock turned yellow. Times are RFC 3339 in UTC. */
  record ClockWarned(String clock, String dueAt) implements Fact {}

  /** A clock turned red. */
  record ClockOverdue(String clock, String dueAt) implements Fact {}

  /** A clock has been red for long; the first level is 1. */
  record ClockEscalated(String clock, int level, String dueAt) implements Fact {}

  /** The person whose ticket it is was forgotten; their words are gone. */
  record PersonErased() implements Fact {}
}
