package org.gridline.dispatch.call;

import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;

/**
 * The life of a call as a table over what is known of it. Pure.
 *
 * <p>Exchanges repeat and reorder: an answer may come before the ring that it answers, or after the
 * end. So a state is never stepped on from the state before; it is read from the times of all
 * marks, of which the store keeps the latest each.
 *
 * <pre>
 * known                                     state
 * ENDED                                     ENDED, whatever else comes or came
 * latest is RANG, talked and not handed on  TALKING: a phone that is lifted does not ring
 * latest is RANG                            RINGING
 * latest is MISSED                          MISSED; a later RANG rings again
 * latest is ANSWERED or RESUMED             TALKING
 * latest is HELD                            HELD
 * latest is TRANSFERRED                     TRANSFERRED; a later RANG rings again
 * </pre>
 */
public final class CallLife {
  private CallLife() {}

  /**
   * @param marks the latest time of each mark, at least one
   */
  public static CallState state(Map<CallMark, Instant> marks) {
    if (marks.containsKey(CallMark.ENDED)) return CallState.ENDED;
    CallMark latest =
        marks.entrySet().stream()
            .max(
                Map.Entry.<CallMark, Instant>comparingByValue()
                    .thenComparing(Map.Entry.comparingByKey()))
            .orElseThrow(() -> new IllegalArgumentException("a call begins with something"))
            .getKey();
    return switch (latest) {
      case RANG -> talks(marks) ? CallState.TALKING : CallState.RINGING;
      case MISSED -> CallState.MISSED;
      case ANSWERED, RESUMED -> CallState.TALKING;
      case HELD -> CallState.HELD;
      case TRANSFERRED -> CallState.TRANSFERRED;
      case ENDED -> CallState.ENDED;
    };
  }

  /** Lifted, and neither handed on nor missed since. */
  private static boolean talks(Map<CallMark, Instant> marks) {
    Optional<Instant> lifted = latest(marks, CallMark.ANSWERED, CallMark.RESUMED, CallMark.HELD);
    Optional<Instant> given = latest(marks, CallMark.TRANSFERRED, CallMark.MISSED);
    return lifted.isPresent() && given.filter(g -> g.isAfter(lifted.get())).isEmpty();
  }

  private static Optional<Instant> latest(Map<CallMark, Instant> marks, CallMark... which) {
    return java.util.Arrays.stream(which)
        .flatMap(m -> Optional.ofNullable(marks.get(m)).stream())
        .max(Comparator.naturalOrder());
  }
}
