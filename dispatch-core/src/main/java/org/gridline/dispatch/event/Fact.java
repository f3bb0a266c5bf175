package org.gridline.dispatch.event;

import java.util.List;
import org.gridline.dispatch.route.Ground;

/** What happened, in the past tense. Facts hold codes and ids only, never personal data. */
public sealed interface Fact {
  /** Stable name in the log, for example {@code TicketDispatched}. */
  default String kind() {
    return getClass().getSimpleName();
  }

  /**
   * {@code suggestions} are categories as {@code kind:code=score}; {@code candidates} are unit
   * codes. {@code component} is the code of the component that it speaks of, empty for none, and
   * {@code componentPassed} says why that one did not decide.
   */
  record TicketRegistered(
      String channel,
      String type,
      String urgency,
      String placeFlag,
      String boundaryVersion,
      List<String> areas,
      List<String> suggestions,
      List<String> candidates,
      String doubt,
      String component,
      String componentPassed)
      implements Fact {}

  record TicketAccepted(String categoryKind, String categoryCode) implements Fact {}

  record TicketFiled() implements Fact {}

  record TicketDispatched(String unit, Ground ground) implements Fact {}

  record TicketSigned() implements Fact {}

  record TicketReturned(String ground, String proposedUnit) implements Fact {}

  record ReturnApproved() implements Fact {}

  record ReturnDenied() implements Fact {}

  record FeedbackGiven(String result) implements Fact {}

  record FeedbackPassed() implements Fact {}

  record ResultChecked() implements Fact {}

  /** {@code answer} is reached or unreached; the rest is empty when unreached. */
  record CallerRevisited(String answer, String contacted, String outcome, String satisfaction)
      implements Fact {}

  record TicketClosed(String condition) implements Fact {}

  record TicketReworked() implements Fact {}
}
