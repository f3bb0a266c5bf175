package org.gridline.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.gridline.dispatch.people.Totp;
import org.gridline.dispatch.store.TestDatabase;

/** The administrators of a town at work, as their tests speak of it. */
final class Staffroom {
  static final String PASSWORD = "the blue heron waits";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Town town;

  Staffroom(Town town) {
    this.town = town;
  }

  /** A new account with its password set, without roles. */
  JsonNode newcomer(String login) {
    HttpResponse<String> made =
        town.post("sysadmin1", "/api/v1/users", "{\"user\":\"" + login + "\",\"name\":\"新人\"}");
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    usesLink(Town.json(made).path("passwordLink").asText(), PASSWORD);
    return Town.json(made).path("user");
  }

  void usesLink(String link, String password) {
    HttpResponse<String> set = link(link, password);
    assertThat(set.statusCode()).as(set.body()).isEqualTo(204);
  }

  HttpResponse<String> link(String link, String password) {
    String token = link.substring(link.indexOf("#token=") + 7);
    ObjectNode body = JSON.createObjectNode().put("token", token).put("password", password);
    return town.send(
        town.request("/api/v1/password")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body.toString())));
  }

  JsonNode user(String login) {
    // Sample people are added one after another; whoever signs in is added then.
    if (login.matches("(sysadmin|secadmin|auditor|worker)1")) town.token(login);
    for (JsonNode user :
        Town.json(town.get("sysadmin1", "/api/v1/users?limit=200&q=" + login)).path("users"))
      if (user.path("user").asText().equals(login)) return user;
    throw new AssertionError("nobody is called " + login);
  }

  HttpResponse<String> act(String as, String login, String action, Object... members) {
    JsonNode user = user(login);
    return act(as, user.path("id").asLong(), user.path("version").asInt(), action, members);
  }

  /** {@code members}: names and values; lists of texts become arrays. */
  HttpResponse<String> act(String as, long id, int version, String action, Object... members) {
    ObjectNode body = JSON.createObjectNode().put("action", action).put("version", version);
    for (int i = 0; i < members.length; i += 2)
      body.set((String) members[i], JSON.valueToTree(members[i + 1]));
    return town.post(as, "/api/v1/users/" + id + "/actions", body.toString());
  }

  HttpResponse<String> assign(String as, String login, String unit, String... roles) {
    return act(as, login, "assign", "unit", unit, "roles", List.of(roles));
  }

  HttpResponse<String> decide(String as, long proposal, String action) {
    return town.post(
        as,
        "/api/v1/user-proposals/" + proposal + "/actions",
        "{\"action\":\"" + action + "\",\"why\":\"checked\"}");
  }

  static long proposal(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    return Town.json(answer).path("proposal").path("id").asLong();
  }

  HttpResponse<String> signIn(String user, String password) {
    return signIn(JSON.createObjectNode().put("user", user).put("password", password));
  }

  HttpResponse<String> signIn(String user, String password, String code) {
    return signIn(
        JSON.createObjectNode().put("user", user).put("password", password).put("code", code));
  }

  private HttpResponse<String> signIn(ObjectNode body) {
    return town.send(
        town.request("/api/v1/sessions")
            .header("Content-Type", "application/json")
            .header("User-Agent", "Test browser")
            .POST(BodyPublishers.ofString(body.toString())));
  }

  String token(String user, String password) {
    HttpResponse<String> in = signIn(user, password);
    assertThat(in.statusCode()).as(in.body()).isEqualTo(201);
    return Town.json(in).path("token").asText();
  }

  HttpResponse<String> with(String token, String path) {
    return town.send(town.request(path).header("Authorization", "Bearer " + token));
  }

  HttpResponse<String> post(String token, String path, String body) {
    return town.send(
        town.request(path)
            .header("Authorization", "Bearer " + token)
            .POST(BodyPublishers.ofString(body)));
  }

  HttpResponse<String> delete(String token, String path) {
    return town.send(town.request(path).header("Authorization", "Bearer " + token).DELETE());
  }

  /** Sets up a second factor; gives its secret and the recovery codes. */
  Enrolled enrols(String token, String password) {
    HttpResponse<String> begun =
        post(token, "/api/v1/account/second-factor", "{\"password\":\"" + password + "\"}");
    assertThat(begun.statusCode()).as(begun.body()).isEqualTo(201);
    byte[] secret = decoded(Town.json(begun).path("secret").asText());
    String code = Totp.code(secret, Instant.now());
    HttpResponse<String> confirmed =
        post(token, "/api/v1/account/second-factor/confirmation", "{\"code\":\"" + code + "\"}");
    assertThat(confirmed.statusCode()).as(confirmed.body()).isEqualTo(200);
    return new Enrolled(
        secret,
        code,
        Town.json(confirmed).path("recoveryCodes").valueStream().map(JsonNode::asText).toList());
  }

  @SuppressWarnings("ArrayRecordComponent")
  record Enrolled(byte[] secret, String used, List<String> recovery) {
    String code() {
      return Totp.code(secret, Instant.now());
    }
  }

  private static byte[] decoded(String base32) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int held = 0;
    int bits = 0;
    for (int i = 0; i < base32.length(); i++) {
      held = (held << 5) | "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(base32.charAt(i));
      bits += 5;
      if (bits >= 8) out.write(held >> (bits -= 8));
    }
    return out.toByteArray();
  }

  /** Behind the scenes, as the owner of the database. */
  int sql(String statement) throws SQLException {
    try (var connection = TestDatabase.connectTo(town.databaseUrl());
        var update = connection.createStatement()) {
      return update.executeUpdate(statement);
    }
  }

  String ask(String query) throws SQLException {
    try (var connection = TestDatabase.connectTo(town.databaseUrl());
        var statement = connection.createStatement();
        var rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getString(1);
    }
  }
}
