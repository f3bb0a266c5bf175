package org.gridline.dispatch.ticket;

import static org.gridline.dispatch.ticket.ActionKind.Sort.ASIDE;
import static org.gridline.dispatch.ticket.ActionKind.Sort.BY_RULE;
import static org.gridline.dispatch.ticket.ActionKind.Sort.TASK;

import java.util.Arrays;
import java.util.Optional;
import org.gridline.dispatch.Names;
import org.gridline.dispatch.event.Fact;

/**
 * What people (and, where said, rules) can do with a ticket; a closed vocabulary with its API
 * spelling and the one kind of fact that it makes.
 */
public enum ActionKind {
  ANSWER("answer", "当场答复", "answer at once", ASIDE, Fact.TicketAnswered.class),
  PROPOSE_REJECT(
      "proposeReject", "建议不予受理", "propose to reject", ASIDE, Fact.RejectionProposed.class),
  CONFIRM_REJECT("confirmReject", "确认不予受理", "reject", TASK, Fact.TicketRejected.class),
  DECLINE_REJECT("declineReject", "不同意不予受理", "don't reject", TASK, Fact.RejectionDeclined.class),
  REQUEST_VERIFY(
      "requestVerify", "发核实", "ask for verification", ASIDE, Fact.VerificationAsked.class),
  VERIFY_DONE("verifyDone", "核实反馈", "report what was found", TASK, Fact.VerificationDone.class),
  SELF_HANDLE("selfHandle", "自行处置", "handled on the spot", ASIDE, Fact.TicketSelfHandled.class),
  ACCEPT("accept", "受理", "accept", TASK, Fact.TicketAccepted.class),
  MERGE("merge", "并案", "merge", ASIDE, Fact.TicketMerged.class),
  UNDO_MERGE("undoMerge", "撤销并案", "undo the merge", ASIDE, Fact.MergeUndone.class),
  SPLIT("split", "拆分", "split off a part", ASIDE, Fact.TicketSplit.class),
  UNDO_SPLIT("undoSplit", "撤销拆分", "undo the split", ASIDE, Fact.TicketMerged.class),
  FILE("file", "立案", "file", TASK, Fact.TicketFiled.class),
  DISPATCH("dispatch", "派遣", "dispatch", TASK, Fact.TicketDispatched.class),
  SEND_BACK("sendBack", "退回受理", "send back to acceptance", ASIDE, Fact.TicketSentBack.class),
  CANCEL("cancel", "作废", "cancel", ASIDE, Fact.TicketCancelled.class),
  SIGN("sign", "签收", "sign for it", TASK, Fact.TicketSigned.class),
  RETURN("return", "退单", "return", ASIDE, Fact.TicketReturned.class),
  APPROVE_RETURN("approveReturn", "同意退单", "approve the return", TASK, Fact.ReturnApproved.class),
  DENY_RETURN("denyReturn", "驳回退单", "deny the return", TASK, Fact.ReturnDenied.class),
  ESCALATE("escalate", "提请裁定", "bring to arbitration", TASK, Fact.DisputeEscalated.class),
  RULE("rule", "裁定", "rule", TASK, Fact.DisputeRuled.class),
  JOIN_UNIT("joinUnit", "增加协办单位", "add a co-unit", ASIDE, Fact.UnitAsked.class),
  ASSIGN("assign", "指派下级单位", "give to a unit below", ASIDE, Fact.UnitAsked.class),
  WHISTLE("whistle", "吹哨", "whistle for a department", ASIDE, Fact.UnitAsked.class),
  RELEASE_UNIT("releaseUnit", "撤回协办", "release a unit", ASIDE, Fact.UnitReleased.class),
  CO_SIGN("coSign", "协办签收", "sign for a part", TASK, Fact.PartSigned.class),
  CO_REPORT("coReport", "协办反馈", "report a part", TASK, Fact.PartReported.class),
  CONTACT("contact", "先行联系", "contact the caller first", ASIDE, Fact.CallerContacted.class),
  REQUEST_EXTENSION(
      "requestExtension", "申请延期", "ask for an extension", ASIDE, Fact.ExtensionAsked.class),
  REVIEW_EXTENSION(
      "reviewExtension",
      "延期初审",
      "review the extension in the unit",
      TASK,
      Fact.ExtensionReviewed.class),
  GRANT_EXTENSION(
      "grantExtension", "同意延期", "grant the extension", TASK, Fact.ExtensionGranted.class),
  REFUSE_EXTENSION(
      "refuseExtension", "驳回延期", "refuse the extension", TASK, Fact.ExtensionRefused.class),
  REQUEST_SUSPENSION(
      "requestSuspension", "申请挂账", "ask for a suspension", ASIDE, Fact.SuspensionAsked.class),
  GRANT_SUSPENSION(
      "grantSuspension", "同意挂账", "grant the suspension", TASK, Fact.SuspensionGranted.class),
  REFUSE_SUSPENSION(
      "refuseSuspension", "驳回挂账", "refuse the suspension", TASK, Fact.SuspensionRefused.class),
  RESUME("resume", "恢复办理", "resume", TASK, Fact.HandlingResumed.class),
  FEEDBACK("feedback", "反馈", "give feedback", TASK, Fact.FeedbackGiven.class),
  SIGN_OFF("signOff", "审签", "sign the draft", TASK, Fact.DraftSigned.class),
  REFUSE_DRAFT("refuseDraft", "退回修改", "send the draft back", TASK, Fact.DraftSentBack.class),
  PASS("pass", "审核通过", "pass the feedback", TASK, Fact.FeedbackPassed.class),
  CHECK("check", "核查通过", "confirm the check", TASK, Fact.ResultChecked.class),
  REDRAW_CHECKER(
      "redrawChecker", "重新抽取核查员", "draw another checker", ASIDE, Fact.CheckerRedrawn.class),
  REVISIT("revisit", "回访", "record the revisit", TASK, Fact.CallerRevisited.class),
  REVISIT_MERGED(
      "revisitMerged",
      "回访并案来电人",
      "ask the caller of a merged ticket",
      ASIDE,
      Fact.MergedCallerAsked.class),
  REWORK("rework", "返工", "send back for rework", TASK, Fact.TicketReworked.class),
  CLOSE("close", "结案", "close", TASK, Fact.TicketClosed.class),
  OBJECT("object", "登记异议", "record an objection", ASIDE, Fact.ObjectionRaised.class),
  DISMISS_OBJECTION(
      "dismissObjection", "异议不成立", "dismiss the objection", TASK, Fact.ObjectionDismissed.class),
  REOPEN("reopen", "重启", "reopen", ASIDE, Fact.TicketReopened.class),
  APPEAL("appeal", "超时申诉", "appeal against overdue", ASIDE, Fact.AppealFiled.class),
  REVIEW_APPEAL("reviewAppeal", "申诉初审", "review the appeal", TASK, Fact.AppealReviewed.class),
  DECIDE_APPEAL("decideAppeal", "申诉终审", "decide the appeal", TASK, Fact.AppealDecided.class),
  LINK_PARENT(
      "linkParent", "登记上级工单", "link the parent platform's ticket", ASIDE, Fact.ParentLinked.class),
  PARENT_REVISIT(
      "parentRevisit",
      "登记上级回访结果",
      "record the parent platform's revisit",
      ASIDE,
      Fact.ParentRevisited.class),
  RETURN_TO_PARENT(
      "returnToParent", "退回上级", "return to the parent platform", ASIDE, Fact.ParentReturned.class),
  PARENT_WITHDREW(
      "parentWithdrew",
      "上级撤回",
      "withdrawn by the parent platform",
      ASIDE,
      Fact.ParentWithdrew.class),
  ARCHIVE("archive", "归档", "archive", BY_RULE, Fact.TicketArchived.class),
  URGE("urge", "催办", "urge", ASIDE, Fact.TicketUrged.class),
  SUPERVISE("supervise", "督办", "supervise", ASIDE, Fact.TicketSupervised.class),
  MARK_REPEAT("markRepeat", "标记重复", "mark as a repeat", ASIDE, Fact.TicketMarked.class),
  MARK_MALICIOUS("markMalicious", "标记恶意", "mark as malicious", ASIDE, Fact.TicketMarked.class),
  RECLASSIFY(
      "reclassify",
      "变更类型、紧急程度、类别",
      "change type, urgency or class",
      ASIDE,
      Fact.MatterChanged.class),
  KEEP_CONFIDENTIAL(
      "keepConfidential",
      "设为保密",
      "keep the caller confidential",
      ASIDE,
      Fact.ConfidentialityKept.class);

  /** What an action is to whoever may take it. */
  public enum Sort {
    /** It is waited for: a ticket that offers one stands in somebody's list of things to do. */
    TASK,
    /** It may be done, and nobody waits for it. */
    ASIDE,
    /** Only a rule does it. */
    BY_RULE
  }

  private final String id;
  private final Names label;
  private final Sort sort;
  private final Class<? extends Fact> fact;

  ActionKind(String id, String zh, String en, Sort sort, Class<? extends Fact> fact) {
    this.id = id;
    this.label = new Names(zh, en);
    this.sort = sort;
    this.fact = fact;
  }

  public String id() {
    return id;
  }

  public Names label() {
    return label;
  }

  public Sort sort() {
    return sort;
  }

  /** The kind of event that this action becomes, as the log spells it. */
  public String event() {
    return fact.getSimpleName();
  }

  public static Optional<ActionKind> find(String id) {
    return Arrays.stream(values()).filter(a -> a.id.equals(id)).findFirst();
  }
}
