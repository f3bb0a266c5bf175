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
      case "app_user_roles_apart" ->
          Optional.of(
              Failure.atField(
                  FailureCode.ROLES_EXCLUDE_EACH_OTHER,
                  "roles",
                  "三类管理员互斥,且不兼任业务角色 · one administrator's role and no other kind of role"));
      case "app_user_last_administrator" ->
          Optional.of(
              new Failure(FailureCode.LAST_ADMINISTRATOR, "请先任命另一位 · appoint another one first"));
      case "people_request_two_persons" ->
          Optional.of(
              new Failure(
                  FailureCode.SECOND_PERSON_REQUIRED,
                  "提出人与当事人不能确认 · neither who proposed it nor whom it is about"));
      default -> Optional.empty();
    };
  }
}
