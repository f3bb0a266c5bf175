package org.gridline.dispatch.call;

import java.time.Instant;
import java.util.OptionalLong;

/**
 * One thing that an exchange told about a call.
 *
 * @param event the exchange's own name for this message; takes effect once
 * @param digest of the whole message, so that another one under the same name is noticed
 * @param exchangeCall the exchange's own name for the call
 * @param agent user id; absent only for {@link CallMark#ENDED}, which then ends the whole call
 * @param at when it happened
 * @param receivedAt when we heard of it
 */
public record CallStep(
    String event,
    byte[] digest,
    String exchangeCall,
    CallMark mark,
    OptionalLong agent,
    Instant at,
    CallerId caller,
    String called,
    Instant receivedAt) {
  public CallStep {
    digest = digest.clone();
    if (agent.isEmpty() && mark != CallMark.ENDED) {
      throw new IllegalArgumentException("only the end of a call concerns everybody");
    }
  }

  @Override
  public byte[] digest() {
    return digest.clone();
  }

  @Override
  public String toString() {
    return "CallStep[" + mark + "]";
  }
}
