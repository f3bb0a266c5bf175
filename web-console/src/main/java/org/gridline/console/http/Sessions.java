package org.gridline.console.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.gridline.console.Office;
import org.gridline.console.http.Reached.Scheme;
import org.gridline.console.view.PersonWriter;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;
import org.gridline.dispatch.Names;
import org.gridline.dispatch.people.Accounts.NewUser;
import org.gridline.dispatch.people.AdminKind;
import org.gridline.dispatch.people.PasswordHash;
import org.gridline.dispatch.people.PasswordRules;
import org.gridline.dispatch.people.Role;
import org.gridline.dispatch.people.SignIn;

/** Signing in and out, and the first administrator's one-time link. */
public final class Sessions {
  private final Office office;
  private final SessionCache sessions;
  private final Door door;
  private final Hashing hashing;

  /** Whoever looks after the first people of a city. */
  public interface Door {
    /** An administrator exists now, so that one-time link is used up. */
    void setUp(String token);
  }

  public Sessions(Office office, SessionCache sessions, Door door, Hashing hashing) {
    this.hashing = hashing;
    this.office = office;
    this.sessions = sessions;
    this.door = door;
  }

  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.post("/api/v1/sessions", this::open).open(),
        Endpoint.get("/api/v1/sessions/current", this::show).with(Endpoint.Access.OWN_ACCOUNT),
        Endpoint.delete("/api/v1/sessions/current", this::close).with(Endpoint.Access.OWN_ACCOUNT),
        Endpoint.post("/api/v1/setup", this::setUp).open());
  }

  private Answer open(Call call) {
    needJson(call);
    Fields fields = Fields.of(call.bytes()).only("user", "password", "code");
    SignIn.Opened opened =
        opened(
                new SignIn.Attempt(
                    fields.text("user"),
                    fields.text("password"),
                    fields.findText("code").filter(code -> !code.isBlank()),
                    call.header("User-Agent").orElse("")))
            .await();
    return opened(call, opened);
  }

  /** Answers with a fresh session, its token and its cookie. */
  private Answer opened(Call call, SignIn.Opened opened) {
    ObjectNode body =
        PersonWriter.session(opened.session(), office.pack().city().timeZone())
            .put("token", opened.token());
    return cookie(Answer.json(201, body), call, opened, office.clock());
  }

  /** An answer that brings a page its session. */
  public static Answer.Full cookie(
      Answer.Full answer, Call call, SignIn.Opened opened, InstantSource clock) {
    Duration life = Duration.between(clock.instant(), opened.session().expiresAt());
    return answer.with("Set-Cookie", cookie(call, opened.token(), life));
  }

  /** Opens a session, when its turn has come to compute the hash. */
  Future<SignIn.Opened> opened(SignIn.Attempt attempt) {
    return hashing.soon(() -> office.signIn().open(attempt));
  }

  private Answer show(Call call) {
    return Answer.json(PersonWriter.session(call.session(), office.pack().city().timeZone()));
  }

  private Answer close(Call call) {
    Gate.token(call.request())
        .ifPresent(
            token -> {
              office.signIn().close(token);
              sessions.bury(token);
            });
    return Answer.empty(204).with("Set-Cookie", cookie(call, "", Duration.ZERO));
  }

  private Answer setUp(Call call) {
    needJson(call);
    Fields fields = Fields.of(call.bytes()).only("token", "user", "password");
    String token = fields.text("token");
    String user = fields.text("user").strip();
    String password = fields.text("password");
    checkLogin(fields, user);
    Instant now = office.clock().instant();
    byte[] hash = SignIn.sha256(token);
    AdminKind kind = office.accounts().findSetup(hash, now).orElseThrow(Sessions::badLink);
    PasswordRules.check(password, user, office.accounts().policy());
    NewUser administrator =
        new NewUser(
            user,
            new Names(user, user),
            Optional.empty(),
            List.of(),
            List.of(roleOf(kind)),
            hashing.soon(() -> PasswordHash.of(password)).await());
    if (!office.accounts().setUp(hash, administrator, now)) throw badLink();
    door.setUp(token);
    return Answer.empty(201);
  }

  /** The first role of that office; a real city has one. */
  private String roleOf(AdminKind kind) {
    return office.pack().roles().stream()
        .filter(r -> r.admin().equals(Optional.of(kind)))
        .map(Role::id)
        .findFirst()
        .orElseThrow(Sessions::badLink);
  }

  /**
   * @throws Failure at the field {@code user}
   */
  static void checkLogin(Fields fields, String user) {
    if (!user.matches("[A-Za-z0-9._-]{3,40}"))
      throw fields.refused("user", "3–40 个字母、数字或 . _ - · 3 to 40 letters, digits or . _ -");
  }

  private static Failure badLink() {
    return new Failure(
        FailureCode.NOT_PERMITTED,
        "链接已使用或过期,或用户名已占用;重启服务可得新链接 · used or expired, or the name is taken; restart for a new link");
  }

  /** A form of another site can't send this type without being asked for permission first. */
  static void needJson(Call call) {
    String type = call.header("Content-Type").orElse("").toLowerCase(Locale.ROOT);
    if (!type.startsWith("application/json")) {
      throw Failure.atField(
          FailureCode.INVALID_REQUEST, "Content-Type", "需要 application/json · is needed");
    }
  }

  private static String cookie(Call call, String value, Duration life) {
    return Gate.COOKIE
        + "="
        + value
        + "; Path=/; Max-Age="
        + Math.max(0, life.toSeconds())
        + "; HttpOnly; SameSite=Strict"
        + (call.reached().scheme() == Scheme.HTTPS ? "; Secure" : "");
  }
}
