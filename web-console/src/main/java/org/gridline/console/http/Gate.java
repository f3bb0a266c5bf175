package org.gridline.console.http;

import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;
import org.gridline.dispatch.people.Accounts.Session;
import org.gridline.dispatch.people.Chore;

/**
 * Finds out who asks. A browser sends its cookie by itself, even for a page of somebody else; so a
 * call by cookie that changes something must also carry what only our pages can read.
 */
public final class Gate {
  static final String COOKIE = "gridline_session";
  private static final String BEARER = "bearer ";

  private final SessionCache sessions;
  private final BasicDoor door;

  public Gate(SessionCache sessions, BasicDoor door) {
    this.sessions = sessions;
    this.door = door;
  }

  /** What a request shows as its ticket of entry. */
  private sealed interface Shown {
    record Bearer(String token) implements Shown {}

    record Page(String token) implements Shown {}
  }

  /**
   * The living session of a request.
   *
   * @throws Failure {@code unauthenticated}, {@code session_expired} or {@code csrf_missing}
   */
  Session session(HttpServerRequest request) {
    Shown shown =
        find(request)
            .orElseThrow(() -> new Failure(FailureCode.UNAUTHENTICATED, "请登录后再试 · sign in first"));
    return switch (shown) {
      case Shown.Bearer(var token) -> sessions.get(token);
      case Shown.Page(var token) -> {
        Session session = sessions.get(token);
        if (!reads(request.method())) checkCsrf(request, session);
        yield session;
      }
    };
  }

  /**
   * The session of somebody who has nothing to do first.
   *
   * @throws Failure {@code password_change_required}, {@code second_factor_enrolment_required}
   */
  static Session free(Session session) {
    if (session.chores().contains(Chore.CHANGE_PASSWORD))
      throw new Failure(FailureCode.PASSWORD_CHANGE_REQUIRED, "密码已到期 · the password has run out");
    if (session.chores().contains(Chore.ENROL_SECOND_FACTOR))
      throw new Failure(
          FailureCode.SECOND_FACTOR_ENROLMENT_REQUIRED,
          "您的岗位必须使用动态验证 · your role needs a second factor");
    return session;
  }

  /**
   * The same for programs that send user and password with each request; for routes that change
   * nothing.
   *
   * @throws Failure also {@code bad_credentials} and {@code too_many_attempts}
   */
  Session mapSession(HttpServerRequest request) {
    Optional<String> basic = BasicDoor.find(request);
    return basic.isPresent() ? door.session(basic.get()) : session(request);
  }

  /** The token that a request came with. */
  static Optional<String> token(HttpServerRequest request) {
    return find(request)
        .map(
            shown ->
                switch (shown) {
                  case Shown.Bearer(var token) -> token;
                  case Shown.Page(var token) -> token;
                });
  }

  private static Optional<Shown> find(HttpServerRequest request) {
    String header = request.getHeader("Authorization");
    if (header != null && header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      return Optional.of(new Shown.Bearer(header.substring(BEARER.length()).strip()));
    }
    Cookie cookie = request.getCookie(COOKIE);
    return cookie == null ? Optional.empty() : Optional.of(new Shown.Page(cookie.getValue()));
  }

  static boolean reads(HttpMethod method) {
    return method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
  }

  private static void checkCsrf(HttpServerRequest request, Session session) {
    String sent = Optional.ofNullable(request.getHeader("X-CSRF-Token")).orElse("");
    boolean same =
        MessageDigest.isEqual(
            sent.getBytes(StandardCharsets.UTF_8), session.csrf().getBytes(StandardCharsets.UTF_8));
    if (!same) {
      throw new Failure(FailureCode.CSRF_MISSING, "请刷新页面后重试 · reload the page and try again");
    }
  }
}
