package org.gridline.console.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.gridline.console.Town;
import org.gridline.console.oidc.FakeProvider.Seal;
import org.gridline.dispatch.store.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Nothing is believed that a provider did not sign for us, now, for this browser, once. */
class OidcAttacksTest {
  private static final FakeProvider PROVIDER = new FakeProvider();
  private static final Town TOWN = town();

  private static Town town() {
    Town town = Town.open(TestDatabase.fresh(), Town.folder());
    Visitor.setUp(town, PROVIDER.issuer());
    for (String who : List.of("operator1", "operator2", "chief1", "revisitor1")) town.token(who);
    return town;
  }

  @AfterAll
  static void closes() {
    TOWN.close();
    PROVIDER.close();
  }

  @Test
  void an_honest_answer_opens_the_account_and_the_page_that_was_asked_for() {
    Visitor visitor = new Visitor(TOWN);
    Map<String, String> asked = begins(visitor, "?to=/tickets%3Fstate%3DOPEN");
    assertThat(asked)
        .containsEntry("response_type", "code")
        .containsEntry("code_challenge_method", "S256")
        .containsEntry("client_id", "gridline");
    assertThat(asked.get("scope")).contains("openid");
    PROVIDER.tells(Seal.KEY, "operator1", nonce(asked), UnaryOperator.identity());
    HttpResponse<String> back = returns(visitor, state(asked), "");
    assertThat(Visitor.location(back)).isEqualTo("/tickets?state=OPEN");
    assertThat(back.headers().allValues("Set-Cookie").toString())
        .contains("gridline_session=")
        .contains("HttpOnly")
        .contains("SameSite=Strict");
    HttpResponse<String> me = visitor.get("/api/v1/sessions/current");
    assertThat(Town.json(me).path("user").path("user").asText()).isEqualTo("operator1");
  }

  @Test
  void a_token_that_lies_opens_nothing() {
    Map<String, UnaryOperator<JWTClaimsSet.Builder>> lies =
        Map.of(
            "nonce", c -> c.claim("nonce", "another"),
            "no nonce", c -> c.claim("nonce", null),
            "audience", c -> c.audience("somebody-else"),
            "several audiences", c -> c.audience(List.of("gridline", "x")).claim("azp", "x"),
            "issuer", c -> c.issuer("http://127.0.0.1:1"),
            "expired", c -> c.expirationTime(Date.from(Instant.now().minusSeconds(120))),
            "no expiry", c -> c.expirationTime(null),
            "from the future", c -> c.issueTime(Date.from(Instant.now().plusSeconds(600))),
            "no login", c -> c.claim("preferred_username", null),
            "no subject", c -> c.subject(null));
    lies.forEach(
        (name, lie) -> assertThat(comes(Seal.KEY, "operator1", lie)).as(name).endsWith("refused"));
    for (Seal seal : List.of(Seal.NONE, Seal.OTHER_KEY, Seal.CLIENT_SECRET))
      assertThat(comes(seal, "operator1", UnaryOperator.identity()))
          .as(seal.name())
          .endsWith("refused");
  }

  @Test
  void an_answer_holds_once_and_for_the_browser_that_asked() {
    Visitor visitor = new Visitor(TOWN);
    Map<String, String> asked = begins(visitor, "");
    PROVIDER.tells(Seal.KEY, "operator2", nonce(asked), UnaryOperator.identity());
    assertThat(Visitor.location(returns(new Visitor(TOWN), state(asked), "")))
        .as("another browser, made to open the answer")
        .isEqualTo("/sign-in?oidc=expired");
    assertThat(Visitor.location(returns(visitor, state(asked), "")))
        .as("used up by the attack")
        .isEqualTo("/sign-in?oidc=expired");
    Map<String, String> again = begins(visitor, "");
    PROVIDER.tells(Seal.KEY, "operator2", nonce(again), UnaryOperator.identity());
    assertThat(Visitor.location(returns(visitor, state(again), ""))).isEqualTo("/");
    assertThat(Visitor.location(returns(visitor, state(again), "")))
        .isEqualTo("/sign-in?oidc=expired");
    assertThat(Visitor.location(returns(visitor, "x".repeat(43), "")))
        .isEqualTo("/sign-in?oidc=expired");
    assertThat(Visitor.location(visitor.get("/api/v1/oidc/callback")))
        .isEqualTo("/sign-in?oidc=expired");
  }

  @Test
  void an_answer_of_another_issuer_or_with_a_refused_code_is_not_asked_about() {
    Visitor visitor = new Visitor(TOWN);
    for (String issuer : List.of("&iss=http%3A%2F%2F127.0.0.1%3A1", "&none=1")) {
      Map<String, String> asked = begins(visitor, "");
      PROVIDER.tells(Seal.KEY, "operator2", nonce(asked), UnaryOperator.identity());
      assertThat(Visitor.location(returns(visitor, state(asked), issuer)))
          .isEqualTo("/sign-in?oidc=refused");
    }
    PROVIDER.refuses(true);
    try {
      assertThat(comes(Seal.KEY, "operator2", UnaryOperator.identity())).endsWith("refused");
    } finally {
      PROVIDER.refuses(false);
    }
    Map<String, String> asked = begins(visitor, "");
    assertThat(
            Visitor.location(
                visitor.get("/api/v1/oidc/callback?error=access_denied&state=" + state(asked))))
        .isEqualTo("/sign-in?oidc=refused");
  }

  @Test
  void it_makes_no_account_and_gives_no_right() {
    assertThat(comes(Seal.KEY, "nobody-here", UnaryOperator.identity())).endsWith("account");
    assertThat(comes(Seal.KEY, "", UnaryOperator.identity())).endsWith("refused");
    assertThat(comes(Seal.KEY, "operator1' OR '1'='1", UnaryOperator.identity()))
        .endsWith("account");
  }

  @Test
  void a_name_that_was_given_to_somebody_else_there_opens_nothing_here() {
    assertThat(comes(Seal.KEY, "revisitor1", UnaryOperator.identity())).isEqualTo("/");
    assertThat(comes(Seal.KEY, "revisitor1", c -> c.subject("somebody-new"))).endsWith("account");
    assertThat(comes(Seal.KEY, "chief1", c -> c.subject("subject-of-revisitor1")))
        .as("one subject, two accounts")
        .endsWith("account");
    assertThat(comes(Seal.KEY, "revisitor1", UnaryOperator.identity())).isEqualTo("/");
  }

  @Test
  void an_administrator_comes_in_by_the_provider_only_when_that_asked_for_a_second_factor() {
    TOWN.token("sysadmin1");
    int version =
        Town.json(TOWN.get("secadmin1", "/api/v1/sign-in-policy")).path("version").asInt();
    HttpResponse<String> policy =
        TOWN.post(
            "secadmin1",
            "/api/v1/sign-in-policy",
            "{\"version\":%d,\"leastLength\":10,\"history\":5,\"rotationDays\":0,\"mostFailures\":5,"
                    .formatted(version)
                + "\"lockMinutes\":15,\"sessionHours\":12,\"secondFactor\":\"administrators\"}");
    assertThat(policy.statusCode()).as(policy.body()).isEqualTo(200);
    assertThat(comes(Seal.KEY, "sysadmin1", UnaryOperator.identity())).endsWith("factor");
    // Methods that the settings do not name prove nothing, whatever they are called.
    for (List<String> methods :
        List.of(List.of("pwd"), List.of("mfa"), List.of("OTP", "acr:urn:two")))
      assertThat(comes(Seal.KEY, "sysadmin1", c -> c.claim("amr", methods))).endsWith("factor");
    assertThat(comes(Seal.KEY, "sysadmin1", c -> c.claim("acr", "otp"))).endsWith("factor");
    assertThat(comes(Seal.OTHER_KEY, "sysadmin1", c -> c.claim("amr", List.of("otp"))))
        .endsWith("refused");
    assertThat(comes(Seal.KEY, "sysadmin1", c -> c.claim("amr", List.of("pwd", "otp"))))
        .isEqualTo("/");
    assertThat(comes(Seal.KEY, "sysadmin1", c -> c.claim("acr", "urn:two"))).isEqualTo("/");
    assertThat(comes(Seal.KEY, "operator1", UnaryOperator.identity())).isEqualTo("/");
  }

  @Test
  void nobody_is_led_to_another_site() {
    for (String to :
        List.of(
            "//evil.example", "https://evil.example", "/%5Cevil.example", "evil", "/%0d%0aX:1")) {
      Visitor visitor = new Visitor(TOWN);
      Map<String, String> asked = begins(visitor, "?to=" + to.replace("//", "%2F%2F"));
      PROVIDER.tells(Seal.KEY, "operator1", nonce(asked), UnaryOperator.identity());
      assertThat(Visitor.location(returns(visitor, state(asked), ""))).as(to).isEqualTo("/");
    }
  }

  private static String comes(Seal seal, String login, UnaryOperator<JWTClaimsSet.Builder> lie) {
    Visitor visitor = new Visitor(TOWN);
    Map<String, String> asked = begins(visitor, "");
    PROVIDER.tells(seal, login, nonce(asked), lie);
    HttpResponse<String> back = returns(visitor, state(asked), "");
    String where = Visitor.location(back);
    if (!where.equals("/"))
      assertThat(back.headers().allValues("Set-Cookie").toString())
          .doesNotContain("gridline_session");
    return where;
  }

  private static Map<String, String> begins(Visitor visitor, String query) {
    HttpResponse<String> away = visitor.get("/api/v1/oidc/start" + query);
    assertThat(away.statusCode()).isEqualTo(303);
    assertThat(Visitor.location(away)).startsWith(PROVIDER.issuer() + "/auth?");
    return Visitor.asked(Visitor.location(away));
  }

  private static HttpResponse<String> returns(Visitor visitor, String state, String issuer) {
    String from =
        issuer.isEmpty()
            ? "&iss="
                + java.net.URLEncoder.encode(
                    PROVIDER.issuer(), java.nio.charset.StandardCharsets.UTF_8)
            : issuer;
    return visitor.get("/api/v1/oidc/callback?code=c&state=" + state + from);
  }

  private static String nonce(Map<String, String> asked) {
    return Objects.requireNonNull(asked.get("nonce"));
  }

  private static String state(Map<String, String> asked) {
    return Objects.requireNonNull(asked.get("state"));
  }
}
