package org.gridline.console.view;

import java.util.LinkedHashMap;
import java.util.Map;
import org.gridline.dispatch.Names;

/** What the kinds of events are called. A test holds this list against the facts of the core. */
public final class EventNames {
  private static final Map<String, Names> NAMES = new LinkedHashMap<>();

  static {
    put("TicketRegistered", "登记", "registered");
    put("TicketAnswered", "当场答复", "answered at once");
    put("RejectionProposed", "建议不予受理", "rejection proposed");
    put("RejectionDeclined", "不同意不予受理", "rejection declined");
    put("TicketRejected", "不予受理", "not accepted");
    put("VerificationAsked", "发核实", "verification asked for");
    put("VerificationDone", "核实反馈", "verified");
    put("TicketSelfHandled", "自行处置", "handled on the spot");
    put("TicketAccepted", "受理", "accepted");
    put("TicketMerged", "并案", "merged");
    put("MergeUndone", "撤销并案", "merge undone");
    put("TicketFiled", "立案", "filed");
    put("TicketDispatched", "派遣", "dispatched");
    put("TicketSentBack", "退回受理", "sent back to acceptance");
    put("TicketCancelled", "作废", "cancelled");
    put("TicketSigned", "签收", "signed for");
    put("TicketReturned", "退单", "returned");
    put("ReturnApproved", "同意退单", "return approved");
    put("ReturnDenied", "驳回退单", "return denied");
    put("DisputeEscalated", "提请裁定", "brought to arbitration");
    put("DisputeRuled", "裁定", "ruled");
    put("UnitAsked", "增加协办", "another unit asked to help");
    put("UnitReleased", "撤回协办", "unit released");
    put("PartSigned", "协办签收", "part signed for");
    put("PartReported", "协办反馈", "part reported");
    put("MergedCallerAsked", "回访并案来电人", "caller of a merged ticket asked");
    put("TicketSplit", "拆分", "a part split off");
    put("TicketSplitOff", "由拆分而来", "split off another ticket");
    put("MatterChanged", "变更类型、紧急程度、类别", "type, urgency or class changed");
    put("CallerContacted", "先行联系", "caller contacted first");
    put("ExtensionAsked", "申请延期", "extension asked for");
    put("ExtensionReviewed", "延期初审", "extension reviewed in the unit");
    put("ExtensionGranted", "同意延期", "extension granted");
    put("ExtensionRefused", "驳回延期", "extension refused");
    put("SuspensionAsked", "申请挂账", "suspension asked for");
    put("SuspensionGranted", "挂账", "suspended");
    put("SuspensionRefused", "驳回挂账", "suspension refused");
    put("HandlingResumed", "恢复办理", "resumed");
    put("DraftMade", "拟稿待审签", "drafted, waits for signatures");
    put("DraftSigned", "审签", "draft signed");
    put("DraftSentBack", "退回修改", "draft sent back");
    put("FeedbackGiven", "反馈", "feedback given");
    put("FeedbackPassed", "反馈审核通过", "feedback passed");
    put("ResultChecked", "核查通过", "result checked");
    put("CheckerRedrawn", "重新抽取核查员", "another checker drawn");
    put("CallerRevisited", "回访", "caller revisited");
    put("TicketReworked", "返工", "sent back for rework");
    put("TicketClosed", "结案", "closed");
    put("ObjectionRaised", "登记异议", "objection recorded");
    put("ObjectionDismissed", "异议不成立", "objection dismissed");
    put("TicketReopened", "重启", "reopened");
    put("AppealFiled", "超时申诉", "appeal filed");
    put("AppealReviewed", "申诉初审", "appeal reviewed");
    put("AppealDecided", "申诉终审", "appeal decided");
    put("ParentLinked", "登记上级工单", "linked to the parent platform");
    put("ParentRevisited", "上级回访", "revisited by the parent platform");
    put("ParentReturned", "退回上级", "returned to the parent platform");
    put("ParentWithdrew", "上级撤回", "withdrawn by the parent platform");
    put("TicketArchived", "归档", "archived");
    put("TicketUrged", "催办", "urged");
    put("TicketSupervised", "督办", "supervised");
    put("TicketMarked", "标记", "marked");
    put("ConfidentialityKept", "设为保密", "kept confidential");
    put("ClockWarned", "临期预警", "due soon");
    put("ClockOverdue", "超时", "overdue");
    put("ClockEscalated", "超时升级", "escalated");
    put("PersonErased", "当事人信息已删除", "person forgotten");
  }

  private EventNames() {}

  /** By kind, in the order of the loop. */
  public static Map<String, Names> all() {
    return Map.copyOf(NAMES);
  }

  static Map<String, Names> ordered() {
    return NAMES;
  }

  private static void put(String kind, String zh, String en) {
    NAMES.put(kind, new Names(zh, en));
  }
}
