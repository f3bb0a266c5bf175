package org.gridline.dispatch.deadline;

import java.util.Arrays;
import java.util.Optional;
import org.gridline.dispatch.Names;

/** What is being timed. */
public enum Clock {
  ACCEPT("accept", new Names("受理", "accept")),
  VERIFY("verify", new Names("核实", "verification")),
  FILE("file", new Names("立案", "file")),
  DISPATCH("dispatch", new Names("派遣", "dispatch")),
  SIGN("sign", new Names("签收", "sign")),
  RETURN_REVIEW("returnReview", new Names("退单审核", "review of a return")),
  ARBITRATION("arbitration", new Names("裁定", "arbitration")),
  CONTACT("contact", new Names("先行联系", "first contact")),
  HANDLE("handle", new Names("处置", "handling")),
  REWORK("rework", new Names("返工", "rework")),
  /** Of an extension, a suspension or a rejection that somebody asked for. */
  REQUEST_REVIEW("requestReview", new Names("申请审批", "decision on a request")),
  FEEDBACK_REVIEW("feedbackReview", new Names("反馈审核", "review of feedback")),
  CHECK("check", new Names("核查", "check")),
  REVISIT("revisit", new Names("回访", "revisit")),
  CLOSE("close", new Names("结案", "closing")),
  OBJECTION("objection", new Names("异议处理", "decision on an objection")),
  APPEAL("appeal", new Names("申诉审理", "decision on an appeal")),
  TOTAL("total", new Names("全程", "total")),
  /**
   * The platform above's own deadline, which comes with its ticket and which nothing here moves.
   */
  PARENT("parent", new Names("上级时限", "the parent platform's deadline")),
  /** Not a limit that somebody keeps: the day on which a suspended ticket goes on by itself. */
  RESUME("resume", new Names("恢复办理", "resumption")),
  /** Not a limit that somebody keeps: the end of the appeal window, when a ticket is archived. */
  ARCHIVE("archive", new Names("归档", "archiving"));

  private final String id;
  private final Names label;

  Clock(String id, Names label) {
    this.id = id;
    this.label = label;
  }

  public String id() {
    return id;
  }

  public Names label() {
    return label;
  }

  /** Somebody must do something in time; the others only say when a rule acts, and show no lamp. */
  public boolean limit() {
    return this != RESUME && this != ARCHIVE;
  }

  public static Optional<Clock> find(String id) {
    return Arrays.stream(values()).filter(c -> c.id.equals(id)).findFirst();
  }
}
