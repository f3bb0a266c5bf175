package org.gridline.dispatch.notice;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.gridline.dispatch.Names;
import org.gridline.dispatch.deadline.ClockStep;
import org.gridline.dispatch.event.Fact;
import org.gridline.dispatch.ticket.TicketState;

/** What people are told of: a clock's moment, a step of the log, or a state that a step led to. */
public enum Occasion {
  CLOCK_WARNED("clockWarned", "临期预警", "due soon", new ByClock()),
  CLOCK_OVERDUE("clockOverdue", "已超时", "overdue", new ByClock()),
  CLOCK_ESCALATED("clockEscalated", "超时升级", "escalated", new ByClock()),
  TO_ACCEPT("toAccept", "待受理", "to be accepted", new Into(TicketState.REGISTERED)),
  TO_VERIFY("toVerify", "待核实", "to be verified", new Into(TicketState.VERIFYING)),
  TO_FILE("toFile", "待立案", "to be filed", new Into(TicketState.PENDING_FILING)),
  TO_DISPATCH("toDispatch", "待派遣", "to be dispatched", new Into(TicketState.PENDING_DISPATCH)),
  /** Told again when another checker was drawn. */
  TO_CHECK(
      "toCheck",
      "待核查",
      "to be checked",
      new Into(TicketState.CHECKING, Set.of(Fact.ResultChecked.class, Fact.CheckerRedrawn.class))),
  TO_REVISIT("toRevisit", "待回访", "caller to be asked", new Into(TicketState.REVISITING)),
  TO_CLOSE("toClose", "待结案", "to be closed", new Into(TicketState.PENDING_CLOSE)),
  VERIFIED("verified", "已核实", "verified", new By(Fact.VerificationDone.class)),
  REJECTION_PROPOSED(
      "rejectionProposed", "建议不予受理", "rejection proposed", new By(Fact.RejectionProposed.class)),
  DISPATCHED("dispatched", "新派工单", "dispatched", new By(Fact.TicketDispatched.class)),
  SENT_BACK("sentBack", "退回受理", "sent back", new By(Fact.TicketSentBack.class)),
  RETURNED("returned", "退单待审", "returned", new By(Fact.TicketReturned.class)),
  RETURN_APPROVED("returnApproved", "退单已同意", "return approved", new By(Fact.ReturnApproved.class)),
  RETURN_DENIED("returnDenied", "退单被驳回", "return denied", new By(Fact.ReturnDenied.class)),
  DISPUTED("disputed", "提请裁定", "to be ruled on", new By(Fact.DisputeEscalated.class)),
  RULED("ruled", "已裁定", "ruled", new By(Fact.DisputeRuled.class)),
  UNIT_ASKED("unitAsked", "请协助办理", "asked to help", new By(Fact.UnitAsked.class)),
  PART_REPORTED("partReported", "协办已反馈", "a helper reported", new By(Fact.PartReported.class)),
  EXTENSION_ASKED("extensionAsked", "申请延期", "extension asked", new By(Fact.ExtensionAsked.class)),
  EXTENSION_REVIEWED(
      "extensionReviewed", "延期已初审", "extension reviewed", new By(Fact.ExtensionReviewed.class)),
  EXTENSION_GRANTED(
      "extensionGranted", "延期已同意", "extension granted", new By(Fact.ExtensionGranted.class)),
  EXTENSION_REFUSED(
      "extensionRefused", "延期被驳回", "extension refused", new By(Fact.ExtensionRefused.class)),
  SUSPENSION_ASKED(
      "suspensionAsked", "申请挂账", "suspension asked", new By(Fact.SuspensionAsked.class)),
  SUSPENSION_GRANTED(
      "suspensionGranted", "挂账已同意", "suspension granted", new By(Fact.SuspensionGranted.class)),
  SUSPENSION_REFUSED(
      "suspensionRefused", "挂账被驳回", "suspension refused", new By(Fact.SuspensionRefused.class)),
  RESUMED("resumed", "恢复办理", "resumed", new By(Fact.HandlingResumed.class)),
  DRAFT_MADE("draftMade", "待审签", "to be signed", new By(Fact.DraftMade.class)),
  DRAFT_SIGNED("draftSigned", "待下一级签", "next to be signed", new By(Fact.DraftSigned.class)),
  DRAFT_SENT_BACK("draftSentBack", "审签退回", "draft sent back", new By(Fact.DraftSentBack.class)),
  FEEDBACK("feedback", "反馈待审", "feedback to be reviewed", new By(Fact.FeedbackGiven.class)),
  REWORK("rework", "返工", "rework", new By(Fact.TicketReworked.class)),
  URGED("urged", "催办", "urged", new By(Fact.TicketUrged.class)),
  SUPERVISED("supervised", "督办", "supervised", new By(Fact.TicketSupervised.class)),
  /** Told of the ticket that goes on, not of the one that was merged. */
  JOINED("joined", "有工单并入", "another was merged into it", new ByMerge()),
  MERGED("merged", "已并案", "merged", new By(Fact.TicketMerged.class)),
  MERGE_UNDONE("mergeUndone", "撤销并案", "merge undone", new By(Fact.MergeUndone.class)),
  OBJECTED("objected", "异议待处理", "objection raised", new By(Fact.ObjectionRaised.class)),
  REOPENED("reopened", "重启", "reopened", new By(Fact.TicketReopened.class)),
  APPEALED("appealed", "超时申诉", "appeal filed", new By(Fact.AppealFiled.class)),
  APPEAL_REVIEWED("appealReviewed", "申诉已初审", "appeal reviewed", new By(Fact.AppealReviewed.class)),
  APPEAL_DECIDED("appealDecided", "申诉已裁决", "appeal decided", new By(Fact.AppealDecided.class));

  /** What makes it one. */
  private sealed interface Cause {}

  private record ByClock() implements Cause {}

  private record By(Class<? extends Fact> fact) implements Cause {}

  private record ByMerge() implements Cause {}

  /**
   * A step that led into this state, whichever it was.
   *
   * @param within steps that stay in it and are told as well
   */
  private record Into(TicketState state, Set<Class<? extends Fact>> within) implements Cause {
    Into(TicketState state) {
      this(state, Set.of());
    }
  }

  private final String id;
  private final Names label;
  private final Cause cause;

  Occasion(String id, String zh, String en, Cause cause) {
    this.id = id;
    this.label = new Names(zh, en);
    this.cause = cause;
  }

  public String id() {
    return id;
  }

  public Names label() {
    return label;
  }

  public static Optional<Occasion> find(String id) {
    return Arrays.stream(values()).filter(o -> o.id.equals(id)).findFirst();
  }

  /** What a clock's step is told as. */
  public static Occasion of(ClockStep step) {
    return switch (step) {
      case WARN -> CLOCK_WARNED;
      case DUE -> CLOCK_OVERDUE;
      case ESCALATE -> CLOCK_ESCALATED;
    };
  }

  /**
   * What a step of the log is told as; often nothing, sometimes two things.
   *
   * @param before absent for the first step of a ticket
   */
  public static List<Occasion> of(
      Optional<Fact> fact, Optional<TicketState> before, TicketState after) {
    return Arrays.stream(values())
        .filter(
            o ->
                switch (o.cause) {
                  case ByClock(), ByMerge() -> false;
                  case By(var kind) -> fact.filter(kind::isInstance).isPresent();
                  case Into(var state, var within) ->
                      state == after
                          && (!before.equals(Optional.of(after))
                              || fact.filter(f -> within.contains(f.getClass())).isPresent());
                })
        .toList();
  }

  /** Whether a clock makes it, in the commit of its event; all else is told from the log. */
  public boolean byClock() {
    return cause instanceof ByClock;
  }

  /** The kinds of events that make it; a step into a state needs none. */
  public Set<String> events() {
    return switch (cause) {
      case By(var fact) -> Set.of(fact.getSimpleName());
      case ByMerge() -> Set.of(Fact.TicketMerged.class.getSimpleName());
      case ByClock() -> Set.of();
      case Into(var state, var within) ->
          within.stream().map(Class::getSimpleName).collect(Collectors.toUnmodifiableSet());
    };
  }
}
