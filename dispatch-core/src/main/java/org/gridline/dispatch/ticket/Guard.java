package org.gridline.dispatch.ticket;

import org.gridline.dispatch.Names;

/**
 * Conditions that choose between rows or forbid a step, each with what to tell somebody whom it
 * stops.
 */
public enum Guard {
  NONE("可以进行", "always"),
  ANSWERABLE("只有咨询、建议、表扬可当场答复", "only enquiries, suggestions and praise are answered at once"),
  NO_REQUEST("已有申请待审批", "another request waits for its decision"),
  REJECTION_PROPOSED("没有待确认的不予受理建议", "nobody proposed to reject it"),
  SELF_HANDLING("此类别不能自行处置", "this class is not handled on the spot"),
  NOT_SENT_BACK("退回受理的工单只能重新受理、不予受理或核实", "sent back: accept anew, reject or verify it only"),
  SPLIT_OFF("不是拆分出的工单", "it was not split off another ticket"),
  MERGED_FROM_HERE("并案前不在此状态", "it did not stand there before the merge"),
  RETURNS_BELOW_MOST("退单次数已用完，请驳回或提请裁定", "returns are used up: deny it or bring it to arbitration"),
  RETURNS_REACHED("退单次数未用完，请审核退单", "returns are left: approve or deny this one"),
  RETURNED_UNSIGNED("退单前未签收", "it was returned before it was signed for"),
  RETURNED_SIGNED("退单前已签收", "it was returned after it was signed for"),
  HAS_PARTS("没有协办单位", "no other unit was asked"),
  MERGED_CALLER("没有来电人，或已回访", "there is no caller, or they were asked already"),
  HAS_CALLER("没有可联系的来电人", "there is no caller to speak with"),
  EXTENSION_SUPPORTED("没有待初审的延期申请", "no extension waits for the unit's review"),
  EXTENSION_OPPOSED("没有待初审的延期申请", "no extension waits for the unit's review"),
  EXTENSION_READY("没有待终审的延期申请", "no extension waits for the decision"),
  SUSPENSION_LEFT("每件只能挂账一次，且无其他申请待审", "a ticket is suspended once, and no request may wait"),
  SUSPENSION_ASKED("没有待审的挂账申请", "no suspension waits for the decision"),
  CALLER_DECIDES("现场核查", "checked on site"),
  SITE_DECIDES("电话核实", "checked by phone"),
  SOLVED("诉求未解决", "not solved"),
  UNSOLVED("诉求已解决", "solved"),
  UNREACHED_AGAIN("已到回访次数", "tried often enough"),
  UNREACHED_ENOUGH("未到回访次数", "not tried often enough"),
  FEEDBACK_FREE(
      "协办单位未全部反馈，或有拟稿待审签", "not every unit has reported, or a draft waits for signatures"),
  FEEDBACK_DRAFTED("本单位反馈不需审签", "feedback needs no signatures here"),
  RETURN_FREE(
      "退单次数、时限已用完、已终审裁定，或有拟稿待审签",
      "no return is left, the window is over, it was ruled, or a draft waits for signatures"),
  RETURN_DRAFTED("本单位退单不需审签", "a return needs no signatures here"),
  EXTENSION_FREE(
      "延期须在到期前申请，次数未用完，且无其他申请或拟稿",
      "extensions are asked for before the clock is due, while some are left and nothing waits"),
  EXTENSION_DRAFTED("本单位延期申请不需审签", "an extension needs no signatures here"),
  SIGNATURES_LEFT("没有待审签的拟稿", "no draft waits for signatures"),
  LAST_OF_FEEDBACK("协办单位未全部反馈", "not every unit that was asked has reported"),
  LAST_OF_RETURN("退单时限已过，请退回修改", "the window for returns is over: send the draft back"),
  LAST_OF_EXTENSION("已过延期申请期限，请退回修改", "too late to ask for more time: send the draft back"),
  DRAFT_WAITS("没有待审签的拟稿", "no draft waits for signatures"),
  PARENT_LINKED("不是上级平台工单", "it belongs to no parent platform"),
  MAY_GO_BACK_UP("不是上级平台工单，或已过退回上级的时限", "no parent platform, or its window for returns is over"),
  CHECKERS_DRAWN("本市不抽取核查员", "checkers are not drawn here"),
  CHECK_REPEATED("不抽查", "this check is not repeated"),
  CHECKED_WITH_CALLER("没有可联系的来电人", "there is no caller to speak with"),
  CHECKED_WITHOUT_CALLER("有来电人", "there is a caller"),
  MAY_OBJECT("已过异议期或已有异议", "the window for objections is over, or there is one already"),
  OBJECTED("没有待处理的异议", "no objection waits"),
  MAY_REOPEN("已过重启期限", "the time for reopening is over"),
  MAY_APPEAL("每件只能申诉一次，且须在申诉期内", "one appeal a ticket, within its window"),
  APPEAL_SUPPORTED("没有待初审的申诉", "no appeal waits for its first review"),
  APPEAL_OPPOSED("没有待初审的申诉", "no appeal waits for its first review"),
  APPEAL_READY("没有待终审的申诉", "no appeal waits for the decision"),
  NOTHING_PENDING("异议或申诉未处理完", "an objection or an appeal is not decided yet"),
  NOT_CONFIDENTIAL("已保密", "confidential already");

  private final Names unmet;

  Guard(String zh, String en) {
    this.unmet = new Names(zh, en);
  }

  /** Why the step is not possible while this does not hold. */
  public Names unmet() {
    return unmet;
  }
}
