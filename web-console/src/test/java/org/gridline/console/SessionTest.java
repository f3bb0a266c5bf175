package org.gridline.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.gridline.dispatch.store.TestDatabase;
import org.junit.jupiter.api.Test;

/** Signing in, by token and by cookie, and being shown out. */
class SessionTest {
  private final Town town = Town.shared();

  @Test
  void a_token_opens_and_a_sign_out_closes_at_once() {
    String token = town.freshToken("operator1");

    HttpResponse<String> me = current(token);
    assertThat(me.statusCode()).isEqualTo(200);
    assertThat(Town.json(me).path("user").path("user").asText()).isEqualTo("operator1");
    assertThat(me.body()).doesNotContain(token).contains("seeCaller");

    assertThat(
            town.send(
                    town.request("/api/v1/sessions/current")
                        .header("Authorization", "Bearer " + token)
                        .DELETE())
                .statusCode())
        .isEqualTo(204);
    HttpResponse<String> after = current(token);
    assertThat(after.statusCode()).isEqualTo(401);
    assertThat(code(after)).isEqualTo("session_expired");
    assertThat(after.headers().firstValue("WWW-Authenticate")).contains("Bearer");
  }

  @Test
  void a_session_revoked_behind_our_back_is_dead_soon() throws SQLException {
    String token = town.freshToken("gongan1");
    assertThat(current(token).statusCode()).isEqualTo(200);
    try (var connection = TestDatabase.connectTo(town.databaseUrl());
        var revoke =
            connection.prepareStatement(
                "UPDATE app_session SET revoked_at = now() WHERE token_hash = (SELECT token_hash"
                    + " FROM app_session JOIN app_user u ON u.id = user_id"
                    + " WHERE u.login = 'gongan1' ORDER BY opened_at DESC LIMIT 1)")) {
      revoke.executeUpdate();
    }
    Instant revoked = Instant.now();
    Await.until(() -> current(token).statusCode() == 401);
    // Ten times the goal: the machine may be busy.
    assertThat(Duration.between(revoked, Instant.now())).isLessThan(Duration.ofSeconds(50));
  }

  @Test
  void a_page_needs_its_csrf_value_to_change_something_and_none_to_read() {
    HttpResponse<String> opened = signIn("chief1", Town.PASSWORD);
    String cookie = opened.headers().firstValue("Set-Cookie").orElseThrow();
    assertThat(cookie)
        .contains("gridline_session=")
        .contains("HttpOnly")
        .contains("SameSite=Strict")
        .contains("Path=/")
        .doesNotContain("Secure");
    String sent = cookie.substring(0, cookie.indexOf(';'));
    String csrf = Town.json(opened).path("csrf").asText();

    assertThat(
            town.send(town.request("/api/v1/sessions/current").header("Cookie", sent)).statusCode())
        .isEqualTo(200);
    HttpResponse<String> without = suggest(sent, "wrong");
    assertThat(without.statusCode()).isEqualTo(403);
    assertThat(code(without)).isEqualTo("csrf_missing");
    assertThat(suggest(sent, csrf).statusCode()).isEqualTo(200);
  }

  @Test
  void the_cookie_is_secure_when_the_request_came_by_https() {
    HttpResponse<String> opened =
        town.send(
            town.request("/api/v1/sessions")
                .header("Content-Type", "application/json")
                .header("X-Forwarded-Proto", "https")
                .POST(BodyPublishers.ofString(credentials("chief1", Town.PASSWORD))));
    assertThat(opened.headers().firstValue("Set-Cookie").orElseThrow()).contains("; Secure");
  }

  @Test
  void a_form_of_another_site_can_not_sign_in() {
    HttpResponse<String> answer =
        town.send(
            town.request("/api/v1/sessions")
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString(credentials("chief1", Town.PASSWORD))));
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(Town.json(answer).path("field").asText()).isEqualTo("Content-Type");
  }

  @Test
  void five_wrong_passwords_close_the_account_for_a_while() {
    for (int i = 0; i < 5; i++) {
      HttpResponse<String> wrong = signIn("zhatu1", "wrong");
      assertThat(wrong.statusCode()).isEqualTo(401);
      assertThat(code(wrong)).isEqualTo("bad_credentials");
    }
    HttpResponse<String> locked = signIn("zhatu1", Town.PASSWORD);
    assertThat(locked.statusCode()).isEqualTo(429);
    assertThat(code(locked)).isEqualTo("too_many_attempts");
    assertThat(locked.headers().firstValueAsLong("Retry-After").orElse(0)).isBetween(840L, 900L);
    assertThat(code(signIn("nobody", "wrong"))).isEqualTo("bad_credentials");
  }

  @Test
  void without_a_session_nothing_is_told() {
    for (String path :
        List.of(
            "/api/v1/tickets",
            "/api/v1/events",
            "/api/v1/units",
            "/api/v1/vocabulary",
            "/api/v1/addresses?q=x",
            "/api/v1/boundaries/street")) {
      HttpResponse<String> answer = town.send(town.request(path));
      assertThat(answer.statusCode()).as(path).isEqualTo(401);
      assertThat(code(answer)).isEqualTo("unauthenticated");
    }
  }

  @Test
  void the_first_sign_ins_are_written_for_their_owner_only() throws Exception {
    var file = town.data().resolve("first-sign-in.txt");
    assertThat(Files.readString(file)).contains("operator1", Town.PASSWORD, "合成数据");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    JsonNode city = Town.json(town.send(town.request("/api/v1/city")));
    assertThat(city.path("signIns")).hasSizeGreaterThan(10);
  }

  private HttpResponse<String> current(String token) {
    return town.send(
        town.request("/api/v1/sessions/current").header("Authorization", "Bearer " + token));
  }

  private HttpResponse<String> signIn(String user, String password) {
    return town.send(
        town.request("/api/v1/sessions")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(credentials(user, password))));
  }

  private HttpResponse<String> suggest(String cookie, String csrf) {
    return town.send(
        town.request("/api/v1/suggestions")
            .header("Cookie", cookie)
            .header("X-CSRF-Token", csrf)
            .POST(BodyPublishers.ofString("{\"words\":\"路灯不亮\"}")));
  }

  private static String credentials(String user, String password) {
    return "{\"user\":\"" + user + "\",\"password\":\"" + password + "\"}";
  }

  private static String code(HttpResponse<String> answer) {
    return Town.json(answer).path("code").asText();
  }
}
