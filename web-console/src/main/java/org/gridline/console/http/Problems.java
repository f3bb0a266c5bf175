package org.gridline.console.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.ext.web.handler.HttpException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gridline.console.view.Json;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Failures as RFC 9457 problems. The one place that knows HTTP statuses. */
public final class Problems {
  private static final Logger LOG = LoggerFactory.getLogger(Problems.class);
  private static final String TYPE = "application/problem+json; charset=utf-8";

  private Problems() {}

  public static int status(FailureCode code) {
    return switch (code) {
      case INVALID_REQUEST, INVALID_ENCODING, IDEMPOTENCY_KEY_MISSING -> 400;
      case UNAUTHENTICATED,
          SESSION_EXPIRED,
          BAD_CREDENTIALS,
          SECOND_FACTOR_REQUIRED,
          SECOND_FACTOR_WRONG,
          SIGNATURE_INVALID,
          SIGNATURE_STALE ->
          401;
      case CSRF_MISSING,
          NOT_PERMITTED,
          INDEPENDENCE_REQUIRED,
          PASSWORD_CHANGE_REQUIRED,
          SECOND_FACTOR_ENROLMENT_REQUIRED,
          SECOND_PERSON_REQUIRED ->
          403;
      case NOT_FOUND, CALL_UNKNOWN -> 404;
      case METHOD_NOT_ALLOWED -> 405;
      case NOT_ACCEPTABLE -> 406;
      case VERSION_CONFLICT,
          EVENT_ID_REUSED,
          BOUNDARIES_CHANGED,
          COMPONENT_EXISTS,
          COMPONENT_CHANGED,
          USER_EXISTS,
          USER_CHANGED,
          LAST_ADMINISTRATOR,
          REQUEST_DECIDED,
          TRACKING_OFF ->
          409;
      case PAYLOAD_TOO_LARGE -> 413;
      case ILLEGAL_ACTION,
          IDEMPOTENCY_KEY_REUSED,
          PLACE_MISSING,
          POSITION_INVALID,
          CRS_UNKNOWN,
          CATEGORY_UNKNOWN,
          UNIT_UNKNOWN,
          COMPONENT_UNKNOWN,
          CLASS_UNKNOWN,
          PHONE_INVALID,
          ATTACHMENT_REFUSED,
          ATTACHMENT_UNKNOWN,
          EVIDENCE_WANTED,
          VALUE_REFUSED,
          PASSWORD_WEAK,
          ROLES_EXCLUDE_EACH_OTHER,
          ERASURE_REFUSED,
          MERGE_REFUSED,
          AGENT_UNKNOWN ->
          422;
      case TOO_MANY_ATTEMPTS, OVERLOADED, ATTACHMENTS_USED_UP -> 429;
      case INTERNAL -> 500;
      case UNAVAILABLE, OUTCOME_UNKNOWN -> 503;
    };
  }

  public static Answer.Full of(Failure failure) {
    Answer.Full answer = write(status(failure.code()), node(failure, status(failure.code())));
    // Whole seconds, and never so few that it is still too early.
    return failure
        .again()
        .map(
            rest ->
                answer.with(
                    "Retry-After", Long.toString(Math.max(1, rest.plusMillis(999).toSeconds()))))
        .orElse(answer);
  }

  /** Well written, but not to be done; for members that exist and can't be taken. */
  static Answer.Full unprocessable(Failure failure) {
    return write(422, node(failure, 422));
  }

  /** An illegal action with the ids of what would be legal. */
  static Answer.Full illegal(Failure failure, List<String> legal) {
    ObjectNode node = node(failure, status(failure.code()));
    node.set("legal", Json.texts(legal));
    return write(status(failure.code()), node);
  }

  /** Somebody was faster; with the ticket as the asker may see it. */
  static Answer.Full conflict(ObjectNode ticket) {
    Failure failure =
        new Failure(
            FailureCode.VERSION_CONFLICT,
            "请按最新内容重新操作 · look at the current ticket and decide again");
    ObjectNode node = node(failure, status(failure.code()));
    node.set("ticket", ticket);
    return write(status(failure.code()), node);
  }

  /** Somebody was faster; with what stands now under that member's name. */
  static Answer.Full changed(String member, ObjectNode now) {
    Failure failure =
        new Failure(FailureCode.COMPONENT_CHANGED, "请按最新内容重新操作 · look at it again and decide");
    ObjectNode node = node(failure, status(failure.code()));
    node.set(member, now);
    return write(status(failure.code()), node);
  }

  /**
   * Whatever a route threw.
   *
   * @param route the route's pattern, never the address that was asked for
   * @param request the request's id
   */
  static Answer.Full of(Throwable thrown, String route, String request) {
    return switch (thrown) {
      case Failure failure -> {
        if (status(failure.code()) >= 500) {
          LOG.atWarn()
              .addKeyValue("request", request)
              .addKeyValue("route", route)
              .addKeyValue("code", failure.code().id())
              .log("not answered");
        }
        yield of(failure);
      }
      case HttpException bad when bad.getStatusCode() < 500 ->
          of(new Failure(FailureCode.INVALID_REQUEST, "地址或编码不合规 · malformed request"));
      default -> internal(thrown, route, request);
    };
  }

  private static Answer.Full internal(Throwable thrown, String route, String request) {
    LOG.atError()
        .addKeyValue("request", request)
        .addKeyValue("route", route)
        .addKeyValue("trace", Traces.withoutMessages(thrown))
        .log("unexpected");
    return of(
        new Failure(
            FailureCode.INTERNAL,
            "请告知管理员编号 " + request + " · tell the administrator this reference"));
  }

  /** A problem that says which request it answers, with its code; empty for any other answer. */
  static Optional<Signed> sign(Answer.Full answer, String request) {
    if (!answer.type().equals(TYPE)) return Optional.empty();
    ObjectNode node = Json.read(answer.body());
    node.put("requestId", request);
    return Optional.of(
        new Signed(
            new Answer.Full(answer.status(), TYPE, Json.bytes(node), answer.headers()),
            node.path("code").asText()));
  }

  /** The code that a problem answers with. */
  static String code(Answer.Full problem) {
    return Json.read(problem.body()).path("code").asText();
  }

  record Signed(Answer.Full answer, String code) {}

  private static ObjectNode node(Failure failure, int status) {
    FailureCode code = failure.code();
    ObjectNode node = Json.object();
    node.put("type", "urn:gridline:problem:" + code.id());
    node.put("title", code.title());
    node.put("status", status);
    node.put("code", code.id());
    node.put("detail", String.valueOf(failure.getMessage()));
    failure.field().ifPresent(f -> node.put("field", f));
    return node;
  }

  private static Answer.Full write(int status, ObjectNode node) {
    Answer.Full answer = new Answer.Full(status, TYPE, Json.bytes(node), Map.of());
    return switch (status) {
      case 401 -> answer.with("WWW-Authenticate", "Bearer");
      case 429 ->
          answer.with(
              "Retry-After",
              node.path("code").asText().equals(FailureCode.OVERLOADED.id()) ? "1" : "900");
      case 503 -> answer.with("Retry-After", "2");
      default -> answer;
    };
  }
}
