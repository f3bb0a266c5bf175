package org.gridline.dispatch.ticket;

import java.util.Arrays;
import java.util.Optional;
import org.gridline.dispatch.Names;

/**
 * What is true of a ticket beside its state; no clock depends on a flag being there. The column
 * {@code ticket.flags} holds them by name.
 */
public enum Flag {
  EXTENDED("延期", "extended"),
  URGED("催办", "urged"),
  SUPERVISED("督办", "supervised"),
  /** The caller stays hidden from everybody outside the centre. */
  CONFIDENTIAL("保密", "confidential"),
  SELF_HANDLED("自行处置", "handled by whoever found it"),
  JOINT("主办协办", "joint work"),
  REWORKED("返工", "reworked"),
  REPEAT("重复", "repeat"),
  MALICIOUS("恶意骚扰", "malicious"),
  APPEALED("超时申诉", "appealed"),
  /** Left out of overdue figures; the facts stay. */
  APPEAL_GRANTED("申诉成立", "appeal granted"),
  CONTACTED("已先行联系", "caller was contacted first"),
  /** A ticket is suspended once only. */
  SUSPENDED_ONCE("曾挂账", "was suspended"),
  FALSE_CLOSING("首次结案不实", "first closing was false"),
  /** The command centre has ruled, so the ticket can't be returned any more. */
  RULED("已终审裁定", "ruled, final"),
  /** The dispatcher sent it back: it may only be accepted anew, rejected or verified. */
  SENT_BACK("退回受理", "sent back to acceptance"),
  MISDISPATCHED("曾误派", "was misdispatched"),
  /** Merged into another ticket, and its caller was asked about the result. */
  ASKED("并案来电人已回访", "caller of the merged ticket was asked"),
  OBJECTED("异议待处理", "objection to be decided"),
  OBJECTION_SETTLED("异议已处理", "objection decided");

  private final Names label;

  Flag(String zh, String en) {
    this.label = new Names(zh, en);
  }

  public Names label() {
    return label;
  }

  public static Optional<Flag> find(String name) {
    return Arrays.stream(values()).filter(f -> f.name().equals(name)).findFirst();
  }
}
