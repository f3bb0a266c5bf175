package org.gridline.dispatch.people;

import java.time.Instant;
import java.util.Optional;

/** Signing in by a provider outside: what is under way, and whose account is whose there. */
public interface OutsideSignIns {
  /** Keeps an attempt until it comes back or runs out. */
  void keep(byte[] stateHash, Attempt attempt, Instant expiresAt);

  /** Takes an attempt out, so that it comes back once only; empty when it is unknown or too old. */
  Optional<Attempt> take(byte[] stateHash, Instant now);

  /**
   * Binds an account to its subject at the provider the first time, and says afterwards whether it
   * is still the same: a name that was given to somebody else there opens nothing here.
   */
  boolean bind(long user, String subject, Instant now);

  /**
   * @param browserHash of what only the browser that began has
   * @param nonce that the provider's answer must repeat
   * @param verifier of PKCE
   * @param to the page that was asked for
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Attempt(byte[] browserHash, String nonce, String verifier, String to) {}
}
