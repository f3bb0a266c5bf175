package org.gridline.console.ogc;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import org.gridline.console.Await;
import org.gridline.console.Said;
import org.gridline.console.Town;
import org.gridline.dispatch.store.TestDatabase;
import org.junit.jupiter.api.Test;

/** Programs of map makers sign in with user and password, and see what their user may see. */
class SignInTest {
  private final Town town = Town.shared();

  private HttpResponse<String> basic(String user, String password, String path) {
    String pair = user + ":" + password;
    String header =
        "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    return town.send(town.request(path).header("Authorization", header));
  }

  private int sessionsOf(String user) {
    try (var connection = TestDatabase.connectTo(town.databaseUrl());
        var count =
            connection.prepareStatement(
                "SELECT count(*) FROM app_session s JOIN app_user u ON u.id = s.user_id"
                    + " WHERE u.login = ?")) {
      count.setString(1, user);
      try (var rows = count.executeQuery()) {
        rows.next();
        return rows.getInt(1);
      }
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void user_and_password_open_one_session_for_many_requests() {
    assertThat(basic("jiaotong1", Town.PASSWORD, "/ogc/collections").statusCode()).isEqualTo(200);
    int opened = sessionsOf("jiaotong1");
    List<Integer> statuses =
        IntStream.range(0, 40)
            .parallel()
            .mapToObj(
                i ->
                    basic("jiaotong1", Town.PASSWORD, "/ogc/collections/street/items?limit=1")
                        .statusCode())
            .toList();
    assertThat(statuses).containsOnly(200);
    assertThat(sessionsOf("jiaotong1")).isEqualTo(opened);
    assertThat(basic("jiaotong1", Town.PASSWORD, "/api/v1/tiles/street.json").statusCode())
        .isEqualTo(200);
  }

  @Test
  void a_session_that_was_ended_is_opened_anew_by_the_password() throws SQLException {
    assertThat(basic("chengguan1", Town.PASSWORD, "/ogc").statusCode()).isEqualTo(200);
    int opened = sessionsOf("chengguan1");
    try (var connection = TestDatabase.connectTo(town.databaseUrl());
        var revoke =
            connection.prepareStatement(
                "UPDATE app_session SET revoked_at = now() WHERE user_id ="
                    + " (SELECT id FROM app_user WHERE login = 'chengguan1')")) {
      revoke.executeUpdate();
    }
    Await.until(
        () ->
            basic("chengguan1", Town.PASSWORD, "/ogc").statusCode() == 200
                && sessionsOf("chengguan1") == opened + 1);
  }

  @Test
  void the_same_wrong_password_a_dozen_times_counts_once_and_other_wrong_ones_lock_the_account() {
    for (int i = 0; i < 12; i++)
      assertThat(basic("shuiwu1", "wrong", "/ogc").statusCode()).isEqualTo(401);
    assertThat(basic("shuiwu1", Town.PASSWORD, "/ogc").statusCode())
        .as("a program that repeats itself locks nobody out")
        .isEqualTo(200);
    for (int i = 0; i < 5; i++) basic("shuiwu1", "guess-" + i, "/ogc");
    HttpResponse<String> locked = basic("shuiwu1", "guess-9", "/ogc");
    assertThat(locked.statusCode()).isEqualTo(429);
    assertThat(locked.headers().firstValueAsLong("Retry-After").orElse(0)).isBetween(840L, 900L);
  }

  @Test
  void who_comes_without_is_asked_and_garbage_opens_nothing() {
    HttpResponse<String> asked = town.send(town.request("/ogc/collections"));
    assertThat(asked.statusCode()).isEqualTo(401);
    assertThat(asked.headers().firstValue("WWW-Authenticate").orElse(""))
        .isEqualTo("Basic realm=\"Gridline\", charset=\"UTF-8\"");
    for (String garbage :
        List.of("Basic", "Basic %%%", "Basic " + "A".repeat(9_000), "Basic Og==", "Basic bm9ib2R5"))
      assertThat(town.send(town.request("/ogc").header("Authorization", garbage)).statusCode())
          .isEqualTo(401);
    assertThat(basic("nobody", "x", "/ogc").statusCode()).isEqualTo(401);
    for (String odd : List.of("operator1\u0000", "opera\ntor1", "\u0007"))
      assertThat(basic(odd, "x", "/ogc").statusCode()).as("control characters").isEqualTo(401);
  }

  @Test
  void user_and_password_change_nothing_and_open_no_other_route() {
    assertThat(basic("operator1", Town.PASSWORD, "/api/v1/tickets").statusCode()).isEqualTo(401);
    String pair = "operator1:" + Town.PASSWORD;
    String header =
        "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    HttpResponse<String> report =
        town.send(
            town.request("/api/v1/reports")
                .header("Authorization", header)
                .header("Idempotency-Key", "basic-changes-nothing")
                .POST(BodyPublishers.ofString(Said.lamp().toString())));
    assertThat(report.statusCode()).isEqualTo(401);
  }

  @Test
  void each_sees_only_the_tickets_of_their_scope() {
    String yaohua = Town.json(town.report("operator1", Said.lamp().toString())).path("id").asText();
    Client centre = Client.of("chief1");
    String owner =
        centre
            .json("/collections/tickets/items/" + yaohua)
            .path("properties")
            .path("unit")
            .asText();
    Client handler = Client.of(town.handlerOf(owner));
    assertThat(Client.ids(handler.items("tickets", "?limit=2000"))).contains(yaohua);
    assertThat(handler.get("/collections/tickets/items/" + yaohua).statusCode()).isEqualTo(200);
    Client stranger = Client.of("gongan1");
    assertThat(Client.ids(stranger.items("tickets", "?limit=2000"))).doesNotContain(yaohua);
    assertThat(stranger.get("/collections/tickets/items/" + yaohua).statusCode()).isEqualTo(404);
    Client administrator = Client.of("sysadmin1");
    assertThat(administrator.items("tickets", "?limit=2000").path("features"))
        .as("administrators configure, they don't read content")
        .isEmpty();
  }
}
