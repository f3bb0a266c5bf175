package org.gridline.dispatch.ticket;

import java.util.Arrays;
import java.util.Optional;
import org.gridline.dispatch.Names;

/** Why a closed ticket begins again. */
public enum ReopenGround {
  CALLER_DISAGREES("callerDisagrees", "来电人不认可结果", "the caller disagrees"),
  /** The closing counts as false. */
  FALSE_REPLY("falseReply", "虚假回复", "the reply was false"),
  RECURRED("recurred", "问题反弹", "it came back");

  private final String id;
  private final Names label;

  ReopenGround(String id, String zh, String en) {
    this.id = id;
    this.label = new Names(zh, en);
  }

  public String id() {
    return id;
  }

  public Names label() {
    return label;
  }

  public static Optional<ReopenGround> find(String id) {
    return Arrays.stream(values()).filter(g -> g.id.equals(id)).findFirst();
  }
}
