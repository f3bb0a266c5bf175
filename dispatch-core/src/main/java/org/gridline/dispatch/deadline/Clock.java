package org.gridline.dispatch.deadline;

import java.util.Arrays;
import java.util.Optional;
import org.gridline.dispatch.Names;

/** What is being timed. */
public enum Clock {
  ACCEPT("accept", new Names("受理", "accept")),
  FILE("file", new Names("立案", "file")),
  DISPATCH("dispatch", new Names("派遣", "dispatch")),
  SIGN("sign", new Names("签收", "sign")),
  RETURN_REVIEW("returnReview", new Names("退单审核", "review of a return")),
  HANDLE("handle", new Names("处置", "handling")),
  FEEDBACK_REVIEW("feedbackReview", new Names("反馈审核", "review of feedback")),
  CHECK("check", new Names("核查", "check")),
  REVISIT("revisit", new Names("回访", "revisit")),
  CLOSE("close", new Names("结案", "closing")),
  TOTAL("total", new Names("全程", "total"));

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

  public static Optional<Clock> find(String id) {
    return Arrays.stream(values()).filter(c -> c.id.equals(id)).findFirst();
  }
}
