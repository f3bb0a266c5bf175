package org.gridline.hotline.call;

import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;

/** What happens to a call, in the same words whatever exchange tells it. */
public sealed interface CallEvent {
  Head head();

  /** What every event says. */
  record Head(String event, String call, Instant at, String caller, String called) {
    private static final Pattern NAME = Pattern.compile("[!-~]{1,128}");
    private static final Pattern DIALLED = Pattern.compile("[0-9+*#]{0,20}");
    private static final int LEAST_EVENT = 8;
    private static final int MOST_CALLER = 64;

    /**
     * @param event the exchange's own name for this message: 8 to 128 visible ASCII characters,
     *     each used once
     * @param call the exchange's own name for the call: 1 to 128 visible ASCII characters
     * @param caller the number as the exchange has it; empty when it is withheld
     * @param called the number that was dialled, or empty
     * @throws Failure {@code invalid_request} naming the member
     */
    public Head {
      if (event.length() < LEAST_EVENT || !NAME.matcher(event).matches()) {
        throw wrong("event", "需要 8 至 128 个可见 ASCII 字符 · 8 to 128 visible ASCII characters");
      }
      if (!NAME.matcher(call).matches()) {
        throw wrong("call", "需要 1 至 128 个可见 ASCII 字符 · 1 to 128 visible ASCII characters");
      }
      if (caller.length() > MOST_CALLER) throw wrong("caller", "过长 · too long");
      if (!DIALLED.matcher(called).matches()) {
        throw wrong("called", "只能有数字和 + * # · digits and + * # only");
      }
    }

    /** A caller's number prints itself nowhere. */
    @Override
    public String toString() {
      return "Head[" + event + "]";
    }
  }

  /** The agent's phone rings. */
  record Ringing(Head head, String agent) implements CallEvent {}

  /** It stopped ringing without an answer, and the call goes on elsewhere. */
  record Unanswered(Head head, String agent) implements CallEvent {}

  record Answered(Head head, String agent) implements CallEvent {}

  record Held(Head head, String agent) implements CallEvent {}

  record Resumed(Head head, String agent) implements CallEvent {}

  /** The agent handed the call on; the colleague's phone rings by an event of its own. */
  record Transferred(Head head, String agent) implements CallEvent {}

  /**
   * The call is over.
   *
   * @param agent absent when it is over for everybody
   */
  record Ended(Head head, Optional<String> agent) implements CallEvent {}

  /** The names of the events outside. */
  enum Kind {
    RINGING,
    UNANSWERED,
    ANSWERED,
    HELD,
    RESUMED,
    TRANSFERRED,
    ENDED;

    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Kind> find(String id) {
      return Arrays.stream(values()).filter(k -> k.id().equals(id)).findFirst();
    }
  }

  /**
   * @throws Failure {@code invalid_request} when an agent is needed and not named
   */
  static CallEvent of(Kind kind, Head head, Optional<String> agent) {
    return switch (kind) {
      case RINGING -> new Ringing(head, needed(agent));
      case UNANSWERED -> new Unanswered(head, needed(agent));
      case ANSWERED -> new Answered(head, needed(agent));
      case HELD -> new Held(head, needed(agent));
      case RESUMED -> new Resumed(head, needed(agent));
      case TRANSFERRED -> new Transferred(head, needed(agent));
      case ENDED -> new Ended(head, agent);
    };
  }

  private static String needed(Optional<String> agent) {
    return agent.orElseThrow(() -> wrong("agent", "必填 · needed"));
  }

  private static Failure wrong(String member, String detail) {
    return Failure.atField(FailureCode.INVALID_REQUEST, member, detail);
  }
}
