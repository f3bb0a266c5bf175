package org.gridline.console.matrix;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gridline.console.Await;
import org.gridline.console.Town;

/**
 * Everybody who may come to the door: each role, each again of a foreign street, community and
 * unit, and those who should not come in.
 */
final class Askers {
  /** One of each role, and what is foreign to the things of the matrix beside what is not. */
  private static final List<String> LOGINS =
      List.of(
          "operator1",
          "chief1",
          "dispatcher1",
          "commander1",
          "checker1",
          "checker2",
          "revisitor1",
          "inspector1",
          "sysadmin1",
          "secadmin1",
          "auditor1",
          "dataofficer1",
          // Units: the lamps', its bureau, the refuse people's, two that have nothing to do with
          // it.
          "ludeng1",
          "chengguanju1",
          "chengguanshenhe1",
          "chengguanqianfa1",
          "huanwei1",
          "gongan1",
          "xinfang1",
          // Streets, communities and workers: two of the things' own, and foreign ones.
          "yaohua1",
          "maqun1",
          "longtan1",
          "yaohuashequ1",
          "xianheshequ1",
          "worker1",
          "worker2",
          "worker3");

  private final Town town;
  private final Pack pack;
  private final List<Asker> all = new ArrayList<>();

  Askers(Town town, Pack pack) {
    this.town = town;
    this.pack = pack;
  }

  List<Asker> open() throws SQLException {
    for (String login : LOGINS) all.add(in(login));
    assertThat(LOGINS.stream().map(l -> pack.person(l).role()).distinct())
        .as("every role of the pack is there")
        .containsExactlyInAnyOrderElementsOf(pack.roles.keySet());
    all.add(standingIn("worker1", "yaohua1"));
    all.add(
        new Asker("nobody", "", Asker.Door.ANONYMOUS, Map.of(), Set.of(), "none", "", Set.of()));
    all.add(in("operator1").at("made-up token", Asker.Door.DEAD, bearer("x".repeat(43))));
    all.add(expired("operator2"));
    all.add(disabled("revisitor2"));
    all.add(signedOut("checker2"));
    all.add(chore("gonglu1"));
    String token = town.freshToken("operator1");
    all.add(
        in("operator1")
            .at(
                "operator by a foreign page",
                Asker.Door.FOREIGN_PAGE,
                Map.of("Cookie", "gridline_session=" + token)));
    String pair = Base64.getEncoder().encodeToString(("huanwei1:" + Town.PASSWORD).getBytes(UTF_8));
    all.add(
        in("huanwei1")
            .at("refuse people's map", Asker.Door.BASIC, Map.of("Authorization", "Basic " + pair)));
    return List.copyOf(all);
  }

  /** Somebody with a session that may end, apart from all others. */
  Asker sacrifice() {
    return person("reli1", "reli1", bearer(town.freshToken("reli1")));
  }

  private Asker in(String login) {
    return person(login, login, bearer(town.token(login)));
  }

  private Asker person(String label, String login, Map<String, String> headers) {
    Pack.Person person = pack.person(login);
    Pack.Role role = pack.role(person.role());
    return new Asker(
        role.id() + " " + label,
        login,
        Asker.Door.IN,
        headers,
        role.permissions(),
        role.reach(),
        person.unit(),
        person.areas());
  }

  private static Map<String, String> bearer(String token) {
    return Map.of("Authorization", "Bearer " + token);
  }

  private Asker standingIn(String who, String away) {
    String until = OffsetDateTime.now(ZoneOffset.UTC).plusDays(2).toString();
    HttpResponse<String> given =
        town.post(
            away,
            "/api/v1/delegations",
            "{\"to\":\"%s\",\"until\":\"%s\",\"why\":\"休假\"}".formatted(who, until));
    assertThat(given.statusCode()).as(given.body()).isEqualTo(201);
    String token = town.freshToken(who);
    HttpResponse<String> acts =
        town.send(
            town.request("/api/v1/sessions/current/acting")
                .header("Authorization", "Bearer " + token)
                .POST(
                    BodyPublishers.ofString(
                        "{\"delegation\":" + Town.json(given).path("id").asText() + "}")));
    assertThat(acts.statusCode()).as(acts.body()).isEqualTo(200);
    Asker other = person(who + " for " + away, away, bearer(token));
    return new Asker(
        other.label(),
        who,
        Asker.Door.IN,
        other.headers(),
        other.permissions(),
        other.reach(),
        other.unit(),
        other.areas());
  }

  private Asker expired(String login) throws SQLException {
    String token = town.freshToken(login);
    new Sql(town)
        .run(
            "UPDATE app_session SET expires_at = now() - interval '1 minute' WHERE user_id = "
                + id(login));
    return dead("session run out", login, token);
  }

  private Asker disabled(String login) {
    String token = town.freshToken(login);
    HttpResponse<String> done =
        town.post(
            "sysadmin1",
            "/api/v1/users/" + id(login) + "/actions",
            "{\"action\":\"disable\",\"version\":1,\"why\":\"离职\"}");
    assertThat(done.statusCode()).as(done.body()).isEqualTo(200);
    return dead("disabled", login, token);
  }

  private Asker signedOut(String login) {
    String token = town.freshToken(login);
    town.send(
        town.request("/api/v1/sessions/current")
            .headers("Authorization", "Bearer " + token)
            .DELETE());
    return dead("signed out", login, token);
  }

  private Asker dead(String label, String login, String token) {
    Await.until(
        () ->
            town.send(
                        town.request("/api/v1/sessions/current")
                            .header("Authorization", "Bearer " + token))
                    .statusCode()
                == 401);
    return person(label, login, bearer(token)).at(label, Asker.Door.DEAD, bearer(token));
  }

  private Asker chore(String login) throws SQLException {
    String token = town.freshToken(login);
    HttpResponse<String> policy = town.get("secadmin1", "/api/v1/sign-in-policy");
    String rotated = policy.body().replaceFirst("\"rotationDays\":\\d+", "\"rotationDays\":3650");
    HttpResponse<String> decided = town.post("secadmin1", "/api/v1/sign-in-policy", rotated);
    assertThat(decided.statusCode()).as(decided.body()).isEqualTo(200);
    new Sql(town)
        .run(
            "UPDATE app_user SET password_at = now() - interval '11 years' WHERE login = '"
                + login
                + "'");
    Await.until(
        () ->
            town.send(town.request("/api/v1/units").header("Authorization", "Bearer " + token))
                    .statusCode()
                == 403);
    return person(login, login, bearer(token))
        .at("password run out", Asker.Door.CHORE, bearer(token));
  }

  long id(String login) {
    return Long.parseLong(
        new Sql(town).list("SELECT id FROM app_user WHERE login = '" + login + "'").getFirst());
  }
}
