package org.gridline.console.oidc;

import java.io.IOException;
import java.net.URI;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.gridline.console.Office;
import org.gridline.console.http.Answer;
import org.gridline.console.http.Call;
import org.gridline.console.http.Endpoint;
import org.gridline.console.http.Hashing;
import org.gridline.console.http.Sessions;
import org.gridline.console.view.Json;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;
import org.gridline.dispatch.people.OutsideSignIns;
import org.gridline.dispatch.people.OutsideSignIns.Attempt;
import org.gridline.dispatch.people.SignIn;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signing in by OpenID Connect: authorization code with PKCE. It opens accounts that are there and
 * makes none. What goes wrong leads back to the sign-in page with a word for it.
 */
public final class OidcRoutes implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OidcRoutes.class);
  private static final Duration ATTEMPT = Duration.ofMinutes(10);
  private static final Duration DISCOVERY = Duration.ofMinutes(10);
  private static final String COOKIE = "gridline_oidc";
  private static final String PATH = "/api/v1/oidc";

  private final Office office;
  private final OutsideSignIns attempts;
  private final Optional<OidcSettings> settings;
  // A provider that does not answer must not hold up those who sign in with a password.
  private final Hashing waiting = new Hashing();
  private volatile Optional<Discovered> discovered = Optional.empty();

  private record Discovered(Provider provider, Instant at) {}

  public OidcRoutes(Office office, OutsideSignIns attempts, Optional<OidcSettings> settings) {
    this.office = office;
    this.attempts = attempts;
    this.settings = settings;
  }

  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get(PATH, call -> show()).with(Endpoint.Access.OPEN),
        Endpoint.get(PATH + "/start", this::start).with(Endpoint.Access.OPEN),
        Endpoint.get(PATH + "/callback", this::callback).with(Endpoint.Access.OPEN));
  }

  private Answer show() {
    var node = Json.object();
    settings.ifPresentOrElse(s -> node.put("name", s.name()), () -> node.putNull("name"));
    return Answer.json(node);
  }

  private Answer start(Call call) {
    OidcSettings ours = settings.orElseThrow(OidcRoutes::none);
    String state = SignIn.randomText();
    String browser = SignIn.randomText();
    String nonce = SignIn.randomText();
    String verifier = SignIn.randomText();
    String to = call.query("to").filter(OidcRoutes::ourPage).orElse("/");
    URI address;
    try {
      address = waiting.soon(() -> provider(ours).address(state, nonce, verifier)).await();
    } catch (Exception e) {
      return back("unavailable", e);
    }
    attempts.keep(
        SignIn.sha256(state),
        new Attempt(SignIn.sha256(browser), nonce, verifier, to),
        office.clock().instant().plus(ATTEMPT));
    return to(address.toString()).with("Set-Cookie", cookie(ours, browser, ATTEMPT));
  }

  private Answer callback(Call call) {
    OidcSettings ours = settings.orElseThrow(OidcRoutes::none);
    String state = call.query("state").orElse("");
    Optional<Attempt> attempt = attempts.take(SignIn.sha256(state), office.clock().instant());
    String browser =
        Optional.ofNullable(call.request().getCookie(COOKIE)).map(c -> c.getValue()).orElse("");
    if (attempt.isEmpty()
        || !MessageDigest.isEqual(attempt.get().browserHash(), SignIn.sha256(browser)))
      return back("expired", "no such attempt of this browser");
    Optional<String> code = call.query("code");
    if (code.isEmpty()) return back("refused", "the provider sent no code");
    String issuer = call.query("iss").orElse("");
    String agent = call.header("User-Agent").orElse("");
    try {
      SignIn.Opened opened =
          waiting.soon(() -> redeem(ours, attempt.get(), issuer, code.get(), agent)).await();
      return Sessions.cookie(to(attempt.get().to()), call, opened, office.clock())
          .with("X-Gridline-Sign-In", "oidc");
    } catch (Failure e) {
      return e.code() == FailureCode.SECOND_FACTOR_REQUIRED
          ? back("factor", e.code().id())
          : back("account", e.code().id());
    } catch (Exception e) {
      return back(e instanceof Provider.Unbelievable ? "refused" : "unavailable", e);
    }
  }

  private SignIn.Opened redeem(
      OidcSettings ours, Attempt attempt, String issuer, String code, String agent)
      throws IOException, Provider.Unbelievable {
    Provider provider = provider(ours);
    if (!provider.names(issuer)) throw new Provider.Unbelievable("another issuer answered");
    Provider.Known known = provider.redeem(code, attempt.nonce(), attempt.verifier());
    return office
        .signIn()
        .openOutside(
            known.login(),
            known.proof(),
            agent,
            user -> attempts.bind(user.id(), known.subject(), office.clock().instant()));
  }

  private Provider provider(OidcSettings ours) throws IOException {
    Instant now = office.clock().instant();
    Optional<Discovered> there = discovered.filter(d -> now.isBefore(d.at().plus(DISCOVERY)));
    if (there.isPresent()) return there.get().provider();
    Provider fresh = Provider.discover(ours);
    discovered = Optional.of(new Discovered(fresh, now));
    return fresh;
  }

  /** A path of this site: "//elsewhere" and "/\elsewhere" would leave it. */
  private static boolean ourPage(String to) {
    return to.matches("/(?![/\\\\])[\\x21-\\x7e]*") && !to.contains("\\");
  }

  private static Answer.Full back(String word, Exception why) {
    LOG.warn("sign-in by the provider: {}, {}", word, String.valueOf(why.getMessage()));
    return to("/sign-in?oidc=" + word);
  }

  private static Answer.Full back(String word, String why) {
    LOG.warn("sign-in by the provider: {}, {}", word, why);
    return to("/sign-in?oidc=" + word);
  }

  private static Answer.Full to(String address) {
    return Answer.empty(303).with("Location", address);
  }

  /** Lax, since the provider's page leads back here. */
  private static String cookie(OidcSettings ours, String value, Duration life) {
    boolean https = "https".equals(ours.publicUrl().getScheme());
    return COOKIE
        + "="
        + value
        + "; Path="
        + PATH
        + "; Max-Age="
        + life.toSeconds()
        + "; HttpOnly; SameSite=Lax"
        + (https ? "; Secure" : "");
  }

  private static Failure none() {
    return new Failure(FailureCode.NOT_FOUND, "未设置外部登录 · no provider is set up");
  }

  @Override
  public void close() {
    waiting.close();
  }
}
