package org.gridline.dispatch.call;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;

/**
 * One agent's part in a call.
 *
 * @param agent user id
 * @param marks the latest time of each thing that happened to it
 */
public record CallPart(long agent, Map<CallMark, Instant> marks) {
  /** A call whose end was lost is over after this; so nobody sees its caller's number for good. */
  public static final Duration LONGEST_CALL = Duration.ofHours(6);

  /** A ring that nobody ends or answers is over after this; its end was lost. */
  private static final Duration LONGEST_RING = Duration.ofMinutes(3);

  /** Writing down what was said takes a while after the caller has hung up. */
  private static final Duration AFTERWARDS = Duration.ofMinutes(30);

  public CallPart {
    marks = Map.copyOf(marks);
  }

  public CallState state() {
    return CallLife.state(marks);
  }

  public Optional<Instant> at(CallMark mark) {
    return Optional.ofNullable(marks.get(mark));
  }

  /** When the present state began. */
  public Instant since() {
    return at(CallMark.ENDED)
        .or(() -> marks.values().stream().max(Comparator.naturalOrder()))
        .orElseThrow();
  }

  /** Whether it is worth showing at the agent's desk. */
  public boolean current(Instant now) {
    return switch (state()) {
      case RINGING -> now.isBefore(since().plus(LONGEST_RING));
      case TALKING, HELD -> now.isBefore(since().plus(LONGEST_CALL));
      case MISSED, TRANSFERRED, ENDED -> false;
    };
  }

  /**
   * Whether the agent still needs the caller's number: during the call, and after one that they
   * answered while they write it down.
   */
  public boolean dealing(Instant now) {
    return current(now)
        || (at(CallMark.ANSWERED).isPresent() && now.isBefore(since().plus(AFTERWARDS)));
  }
}
