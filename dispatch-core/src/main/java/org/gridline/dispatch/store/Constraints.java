package org.gridline.dispatch.store;

import io.vertx.pgclient.PgException;
import java.util.Optional;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;

/**
 * What it means to whoever asked that a constraint refused; the one place that knows their names.
 */
final class Constraints {
  /** A chunk was swept away while a file with the same bytes came in. */
  static final String CHUNK_GONE = "evidence_part_chunk_fkey";

  /** Somebody would check the same unit twice in a row though another is free. */
  static final String TURN_TAKEN = "check_turn_taken";

  private Constraints() {}

  static Optional<Failure> failure(PgException refused) {
    return switch (String.valueOf(refused.getConstraint())) {
      case "evidence_link_pkey", "evidence_link_evidence_fkey" ->
          Optional.of(
              Failure.atField(
                  FailureCode.ATTACHMENT_UNKNOWN,
                  "attachments",
                  "请重新上传 · upload it again, and name it once"));
      case CHUNK_GONE ->
          Optional.of(new Failure(FailureCode.UNAVAILABLE, "请几秒后重试 · try again in a few seconds"));
      default -> Optional.empty();
    };
  }
}
