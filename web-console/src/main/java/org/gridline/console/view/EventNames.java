package org.gridline.console.view;

import java.util.LinkedHashMap;
import java.util.Map;
import org.gridline.dispatch.Names;

/** What the kinds of events are called. A test holds this list against the facts of the core. */
public final class EventNames {
  private static final Map<String, Names> NAMES = new LinkedHashMap<>();

  static {
    put("TicketRegistered", "登记", "registered");
    put("TicketAccepted", "受理", "accepted");
    put("TicketFiled", "立案", "filed");
    put("TicketDispatched", "派遣", "dispatched");
    put("TicketSigned", "签收", "signed for");
    put("TicketReturned", "退单", "returned");
    put("ReturnApproved", "同意退单", "return approved");
    put("ReturnDenied", "驳回退单", "return denied");
    put("FeedbackGiven", "反馈", "feedback given");
    put("FeedbackPassed", "反馈审核通过", "feedback passed");
    put("ResultChecked", "核查通过", "result checked");
    put("CallerRevisited", "回访", "caller revisited");
    put("TicketClosed", "结案", "closed");
    put("TicketReworked", "返工", "sent back for rework");
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
