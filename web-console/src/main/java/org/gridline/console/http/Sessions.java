package org.gridline.console.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.gridline.console.Office;
import org.gridline.console.view.PersonWriter;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;
import org.gridline.dispatch.Names;
import org.gridline.dispatch.people.Accounts.NewUser;
import org.gridline.dispatch.people.PasswordHash;
import org.gridline.dispatch.people.Permission;
import org.gridline.dispatch.people.Role;
import org.gridline.dispatch.people.SignIn;

/** Signing in and out, and the first administrator's one-time link. */
public final class Sessions implements AutoCloseable {
  /** A password hash costs 19 MiB and some 40 ms; more at once would starve the calls. */
  private static final int HASHING = 2;

  private static final int WAITING = 64;
  private static final int LEAST_PASSWORD = 10;

  private final Office office;
  private final SessionCache sessions;
  private final Door door;
  // Threads of their own: hashing on virtual threads would hold the carriers of everybody else.
  private final ExecutorService hashing =
      new ThreadPoolExecutor(
          HASHING,
          HASHING,
          0,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(WAITING),
          Thread.ofPlatform().name("sign-in-", 1).daemon().factory());

  /** Whoever looks after the first people of a city. */
  public interface Door {
    /** Somebody signs in; if they are still to be added, that happens now. May wait. */
    void arrives(String login);

    /** The first administrator exists, so the one-time link is used up. */
    void setUp();
  }

  public Sessions(Office office, SessionCache sessions, Door door) {
    this.office = office;
    this.sessions = sessions;
    this.door = door;
  }

  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.post("/api/v1/sessions", this::open).open(),
        Endpoint.get("/api/v1/sessions/current", this::show),
        new Endpoint(
            HttpMethod.DELETE,
            "/api/v1/sessions/current",
            Endpoint.Access.SIGNED_IN,
            Endpoint.Arrival.WHOLE,
            this::close),
        Endpoint.post("/api/v1/setup", this::setUp).open());
  }

  private Answer open(Call call) {
    needJson(call);
    Fields fields = Fields.of(call.bytes()).only("user", "password");
    String user = fields.text("user");
    String password = fields.text("password");
    SignIn.Opened opened = opened(user, password).await();
    ObjectNode body =
        PersonWriter.session(opened.session(), office.pack().city().timeZone())
            .put("token", opened.token());
    Duration life = Duration.between(office.clock().instant(), opened.session().expiresAt());
    return Answer.json(201, body).with("Set-Cookie", cookie(call.request(), opened.token(), life));
  }

  /** Opens a session, when its turn has come to compute the hash. */
  Future<SignIn.Opened> opened(String user, String password) {
    return hashing(
        () -> {
          door.arrives(user);
          return office.signIn().open(user, password);
        });
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
    return Answer.empty(204).with("Set-Cookie", cookie(call.request(), "", Duration.ZERO));
  }

  private Answer setUp(Call call) {
    needJson(call);
    Fields fields = Fields.of(call.bytes()).only("token", "user", "password");
    String token = fields.text("token");
    String user = fields.text("user").strip();
    String password = fields.text("password");
    if (!user.matches("[A-Za-z0-9._-]{3,40}")) {
      return Problems.unprocessable(
          fields.wrong("user", "3–40 个字母、数字或 . _ - · 3 to 40 letters, digits or . _ -"));
    }
    if (password.length() < LEAST_PASSWORD || password.length() > 200) {
      return Problems.unprocessable(
          fields.wrong("password", "至少 10 个字符 · at least " + LEAST_PASSWORD + " characters"));
    }
    List<String> roles =
        office.pack().roles().stream()
            .filter(r -> r.permissions().contains(Permission.Right.MANAGE_USERS))
            .map(Role::id)
            .toList();
    boolean created =
        hashing(
                () ->
                    office
                        .accounts()
                        .setUp(
                            SignIn.sha256(token),
                            new NewUser(
                                user,
                                new Names(user, user),
                                Optional.empty(),
                                List.of(),
                                roles,
                                PasswordHash.of(password)),
                            office.clock().instant()))
            .await();
    if (!created) {
      throw new Failure(
          FailureCode.NOT_PERMITTED,
          "链接已使用或过期,请重启服务获取新链接 · used or expired; restart for a new link");
    }
    door.setUp();
    return Answer.empty(201);
  }

  /** A form of another site can't send this type without being asked for permission first. */
  private static void needJson(Call call) {
    String type = call.header("Content-Type").orElse("").toLowerCase(Locale.ROOT);
    if (!type.startsWith("application/json")) {
      throw Failure.atField(
          FailureCode.INVALID_REQUEST, "Content-Type", "需要 application/json · is needed");
    }
  }

  private <T> Future<T> hashing(Callable<T> work) {
    Promise<T> done = Promise.promise();
    try {
      hashing.execute(
          () -> {
            try {
              done.complete(work.call());
            } catch (Exception e) {
              done.fail(e);
            }
          });
    } catch (RejectedExecutionException full) {
      done.fail(new Failure(FailureCode.OVERLOADED, "登录人数较多,请稍后重试 · many sign in just now"));
    }
    return done.future();
  }

  private static String cookie(HttpServerRequest request, String value, Duration life) {
    boolean https =
        request.isSSL() || "https".equalsIgnoreCase(request.getHeader("X-Forwarded-Proto"));
    return Gate.COOKIE
        + "="
        + value
        + "; Path=/; Max-Age="
        + Math.max(0, life.toSeconds())
        + "; HttpOnly; SameSite=Strict"
        + (https ? "; Secure" : "");
  }

  @Override
  public void close() {
    hashing.shutdownNow();
  }
}
