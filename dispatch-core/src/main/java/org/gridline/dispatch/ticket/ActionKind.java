package org.gridline.dispatch.ticket;

import java.util.Arrays;
import java.util.Optional;
import org.gridline.dispatch.Names;

/** What people can do with a ticket; a closed vocabulary with its API spelling. */
public enum ActionKind {
  ACCEPT("accept", new Names("受理", "accept")),
  FILE("file", new Names("立案", "file")),
  DISPATCH("dispatch", new Names("派遣", "dispatch")),
  SIGN("sign", new Names("签收", "sign for it")),
  RETURN("return", new Names("退单", "return")),
  APPROVE_RETURN("approveReturn", new Names("同意退单", "approve the return")),
  DENY_RETURN("denyReturn", new Names("驳回退单", "deny the return")),
  FEEDBACK("feedback", new Names("反馈", "give feedback")),
  PASS("pass", new Names("审核通过", "pass the feedback")),
  CHECK("check", new Names("核查通过", "confirm the check")),
  REVISIT("revisit", new Names("回访", "record the revisit")),
  CLOSE("close", new Names("结案", "close")),
  REWORK("rework", new Names("返工", "send back for rework"));

  private final String id;
  private final Names label;

  ActionKind(String id, Names label) {
    this.id = id;
    this.label = label;
  }

  public String id() {
    return id;
  }

  public Names label() {
    return label;
  }

  public static Optional<ActionKind> find(String id) {
    return Arrays.stream(values()).filter(a -> a.id.equals(id)).findFirst();
  }
}
