package org.gridline.dispatch.evidence;

import java.util.HashSet;
import java.util.List;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;

/**
 * What somebody wants to go with a report or an action.
 *
 * @param ids of pieces that they sent before
 * @param exception why the evidence that the rule asks for is not there; empty when it is
 */
public record Enclosure(List<Long> ids, String exception) {
  public static final int MOST = 20;
  private static final int MOST_EXCEPTION = 500;

  public Enclosure {
    ids = List.copyOf(ids);
    exception = exception.strip();
    if (ids.size() > MOST) throw wrong("attachments", "最多 " + MOST + " 件 · at most " + MOST);
    if (new HashSet<>(ids).size() < ids.size())
      throw wrong("attachments", "同一附件写了两次 · one of them comes twice");
    if (exception.length() > MOST_EXCEPTION)
      throw wrong("attachmentException", "最多 500 字 · at most " + MOST_EXCEPTION + " characters");
  }

  public static Enclosure nothing() {
    return new Enclosure(List.of(), "");
  }

  private static Failure wrong(String field, String detail) {
    return Failure.atField(FailureCode.INVALID_REQUEST, field, detail);
  }
}
