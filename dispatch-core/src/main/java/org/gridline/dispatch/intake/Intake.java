package org.gridline.dispatch.intake;

import java.util.Optional;

/**
 * Registers new tickets so that none is lost and none is there twice. Called on virtual threads.
 */
public interface Intake {
  /**
   * Writes ticket, events, clocks, personal data and key in one statement.
   *
   * @return empty when it was written now; otherwise what was answered under this key before
   * @throws org.gridline.dispatch.Failure {@code idempotency_key_reused} when the key was used for
   *     another body, {@code outcome_unknown} when the commit's fate is not known
   */
  Optional<byte[]> register(NewTicket ticket);

  /**
   * Asks in one go what was answered under a key before, and who it is that calls.
   *
   * @throws org.gridline.dispatch.Failure {@code idempotency_key_reused}
   */
  Begun begin(IdempotencyKey key, Optional<Caller> caller);

  /** A report that has begun. */
  interface Begun {
    /** What its key was answered with before; then nothing is left to register. */
    Optional<byte[]> answer();

    /** As {@link Intake#register}, for the same key and caller. */
    Optional<byte[]> register(NewTicket ticket);
  }

  /**
   * What was answered under a key before.
   *
   * @throws org.gridline.dispatch.Failure {@code idempotency_key_reused}
   */
  Optional<byte[]> findAnswer(IdempotencyKey key);
}
