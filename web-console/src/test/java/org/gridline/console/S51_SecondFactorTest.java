package org.gridline.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gridline.console.Answers.assertProblem;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.gridline.console.Staffroom.Enrolled;
import org.gridline.dispatch.people.Totp;
import org.gridline.dispatch.store.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Passwords, codes and sessions: what opens a door, and what no longer does. */
class S51_SecondFactorTest {
  private static final Town TOWN = Town.open(TestDatabase.fresh(), Town.folder());
  private final Staffroom staff = new Staffroom(TOWN);

  @AfterAll
  static void closes() {
    TOWN.close();
  }

  @Test
  void a_code_is_asked_after_the_password_and_each_is_good_once() throws SQLException {
    staff.newcomer("factor1");
    String token = staff.token("factor1", Staffroom.PASSWORD);
    Enrolled enrolled = staff.enrols(token, Staffroom.PASSWORD);

    assertProblem(staff.signIn("factor1", "wrong"), 401, "bad_credentials", "");
    assertProblem(staff.signIn("factor1", Staffroom.PASSWORD), 401, "second_factor_required", "");
    assertProblem(
        staff.signIn("factor1", Staffroom.PASSWORD, enrolled.used()),
        401,
        "second_factor_wrong",
        "");
    staff.sql("UPDATE app_user SET totp_step = 0 WHERE login = 'factor1'");
    String code = enrolled.code();
    assertThat(staff.signIn("factor1", Staffroom.PASSWORD, code).statusCode()).isEqualTo(201);
    assertProblem(
        staff.signIn("factor1", Staffroom.PASSWORD, code), 401, "second_factor_wrong", "");
    String before = Totp.code(enrolled.secret(), Instant.now().minusSeconds(30));
    assertProblem(
        staff.signIn("factor1", Staffroom.PASSWORD, before), 401, "second_factor_wrong", "");

    String recovery = enrolled.recovery().getFirst();
    assertThat(
            staff
                .signIn("factor1", Staffroom.PASSWORD, recovery.toUpperCase(Locale.ROOT))
                .statusCode())
        .isEqualTo(201);
    assertProblem(
        staff.signIn("factor1", Staffroom.PASSWORD, recovery), 401, "second_factor_wrong", "");
    assertThat(account(token).path("secondFactor").path("recoveryCodes").asInt()).isEqualTo(9);
    assertThat(
            staff.ask(
                "SELECT totp_sealed::text || totp_key::text || (SELECT string_agg(code_hash::text, '')"
                    + " FROM recovery_code) FROM app_user WHERE login = 'factor1'"))
        .doesNotContain(java.util.HexFormat.of().formatHex(enrolled.secret()));
  }

  @Test
  void codes_are_not_guessed_for_long() {
    staff.newcomer("factor2");
    staff.enrols(staff.token("factor2", Staffroom.PASSWORD), Staffroom.PASSWORD);
    for (int i = 0; i < 5; i++)
      assertProblem(
          staff.signIn("factor2", Staffroom.PASSWORD, "00000" + i), 401, "second_factor_wrong", "");
    assertProblem(
        staff.signIn("factor2", Staffroom.PASSWORD, "000009"), 429, "too_many_attempts", "");
    assertThat(staff.act("secadmin1", "factor2", "unlock").statusCode()).isEqualTo(200);
    assertProblem(staff.signIn("factor2", Staffroom.PASSWORD), 401, "second_factor_required", "");
  }

  @Test
  void programs_with_a_password_in_each_request_are_no_way_around_the_code() {
    staff.newcomer("factor3");
    staff.assign("secadmin1", "factor3", "QX-ZX", "commander");
    staff.enrols(staff.token("factor3", Staffroom.PASSWORD), Staffroom.PASSWORD);
    String basic =
        java.util.Base64.getEncoder()
            .encodeToString(
                ("factor3:" + Staffroom.PASSWORD)
                    .getBytes(java.nio.charset.StandardCharsets.UTF_8));
    HttpResponse<String> answer =
        TOWN.send(
            TOWN.request("/ogc/collections/tickets/items")
                .header("Authorization", "Basic " + basic));
    assertThat(answer.statusCode()).isEqualTo(401);
  }

  @Test
  void a_lost_telephone_is_reported_and_the_factor_begins_anew() {
    staff.newcomer("factor4");
    String token = staff.token("factor4", Staffroom.PASSWORD);
    Enrolled first = staff.enrols(token, Staffroom.PASSWORD);
    assertProblem(
        staff.post(
            token,
            "/api/v1/account/second-factor",
            "{\"password\":\"" + Staffroom.PASSWORD + "\"}"),
        401,
        "second_factor_required",
        "");
    assertThat(staff.act("secadmin1", "factor4", "resetSecondFactor").statusCode()).isEqualTo(200);
    assertThat(staff.signIn("factor4", Staffroom.PASSWORD).statusCode()).isEqualTo(201);
    assertThat(first.recovery()).hasSize(10);
  }

  @Test
  void whoever_needs_a_factor_and_has_none_can_do_nothing_else() throws SQLException {
    policy("administrators", 0);
    try {
      String token = staff.token("auditor1", Town.PASSWORD);
      assertThat(Town.json(staff.with(token, "/api/v1/sessions/current")).path("chores").toString())
          .isEqualTo("[\"enrolSecondFactor\"]");
      for (String path : List.of("/api/v1/people-log", "/api/v1/users", "/api/v1/units"))
        assertProblem(staff.with(token, path), 403, "second_factor_enrolment_required", "");
      Enrolled enrolled = staff.enrols(token, Town.PASSWORD);
      assertThat(staff.with(token, "/api/v1/people-log").statusCode()).isEqualTo(200);
      assertProblem(
          staff.post(
              token,
              "/api/v1/account/second-factor/removal",
              "{\"password\":\""
                  + Town.PASSWORD
                  + "\",\"code\":\""
                  + enrolled.recovery().getFirst()
                  + "\"}"),
          403,
          "not_permitted",
          "");
      assertThat(staff.signIn("operator1", Town.PASSWORD).body()).contains("\"chores\":[]");
    } finally {
      staff.sql("DELETE FROM sign_in_policy");
      staff.sql("UPDATE app_user SET totp_sealed = NULL, totp_new = NULL WHERE login = 'auditor1'");
    }
  }

  @Test
  void an_old_password_is_changed_before_anything_else_and_not_for_a_former_one()
      throws SQLException {
    staff.newcomer("factor5");
    policy("optional", 90);
    try {
      staff.sql(
          "UPDATE app_user SET password_at = now() - interval '91 days' WHERE login = 'factor5'");
      String token = staff.token("factor5", Staffroom.PASSWORD);
      String other = staff.token("factor5", Staffroom.PASSWORD);
      assertProblem(staff.with(token, "/api/v1/tickets"), 403, "password_change_required", "");
      assertProblem(change(token, "wrong", "a grey heron flies"), 401, "bad_credentials", "");
      assertProblem(
          change(token, Staffroom.PASSWORD, Staffroom.PASSWORD), 422, "password_weak", "password");
      assertThat(change(token, Staffroom.PASSWORD, "a grey heron flies").statusCode())
          .isEqualTo(204);
      assertThat(staff.with(token, "/api/v1/tickets").statusCode()).isEqualTo(200);
      Await.until(() -> staff.with(other, "/api/v1/sessions/current").statusCode() == 401);
      assertProblem(
          change(token, "a grey heron flies", Staffroom.PASSWORD),
          422,
          "password_weak",
          "password");
    } finally {
      staff.sql("DELETE FROM sign_in_policy");
    }
  }

  @Test
  void a_hash_of_an_older_program_opens_and_is_made_anew() throws SQLException {
    staff.newcomer("factor6");
    staff.sql("UPDATE app_user SET password_hash = '" + WEAK + "' WHERE login = 'factor6'");
    staff.token("factor6", "pencil");
    assertThat(staff.ask("SELECT password_hash FROM app_user WHERE login = 'factor6'"))
        .startsWith("argon2id$19456$2$");
    staff.token("factor6", "pencil");
  }

  @Test
  void a_name_that_nobody_has_is_locked_as_one_that_somebody_has() {
    staff.newcomer("factor7");
    for (String who : List.of("factor7", "nobody-at-all")) {
      for (int i = 0; i < 5; i++)
        assertProblem(staff.signIn(who, "wrong"), 401, "bad_credentials", "");
      HttpResponse<String> locked = staff.signIn(who, Staffroom.PASSWORD);
      assertProblem(locked, 429, "too_many_attempts", "");
      assertThat(locked.headers().firstValueAsLong("Retry-After").orElse(0)).isBetween(840L, 900L);
    }
    assertThat(staff.user("factor7").path("locked").asBoolean()).isTrue();
    assertThat(staff.act("secadmin1", "factor7", "unlock").statusCode()).isEqualTo(200);
    assertThat(staff.user("factor7").path("locked").asBoolean()).isFalse();
    staff.token("factor7", Staffroom.PASSWORD);
  }

  @Test
  void a_wrong_password_takes_as_long_for_nobody_as_for_somebody() {
    staff.newcomer("factor8");
    long known = 0;
    long unknown = 0;
    for (int i = 0; i < 4; i++) {
      known += nanos("factor8");
      unknown += nanos("nobody-" + i);
    }
    // A missing hash would be a tenth of it; noise is far less than half.
    assertThat((double) unknown / known).isBetween(0.4, 2.5);
  }

  @Test
  void somebody_sees_their_sessions_and_ends_one_or_all_others() {
    staff.newcomer("factor9");
    String mine = staff.token("factor9", Staffroom.PASSWORD);
    String second = staff.token("factor9", Staffroom.PASSWORD);
    String third = staff.token("factor9", Staffroom.PASSWORD);
    JsonNode open = Town.json(staff.with(mine, "/api/v1/account/sessions")).path("sessions");
    assertThat(open).hasSize(3);
    assertThat(open.findValuesAsText("agent")).containsOnly("Test browser");
    assertThat(open.toString()).doesNotContain(mine);
    long newest = open.get(0).path("id").asLong();
    assertThat(staff.delete(mine, "/api/v1/account/sessions/" + newest).statusCode())
        .isEqualTo(204);
    Await.until(() -> staff.with(third, "/api/v1/sessions/current").statusCode() == 401);
    assertThat(Town.json(staff.delete(mine, "/api/v1/account/sessions")).path("ended").asInt())
        .isEqualTo(1);
    Await.until(() -> staff.with(second, "/api/v1/sessions/current").statusCode() == 401);
    assertThat(staff.with(mine, "/api/v1/sessions/current").statusCode()).isEqualTo(200);

    JsonNode theirs =
        Town.json(TOWN.get("operator1", "/api/v1/account/sessions")).path("sessions").get(0);
    assertProblem(
        staff.delete(mine, "/api/v1/account/sessions/" + theirs.path("id").asText()),
        404,
        "not_found",
        "");
    assertThat(TOWN.get("operator1", "/api/v1/account").statusCode()).isEqualTo(200);
  }

  @Test
  void a_link_tells_whose_it_is_and_nothing_to_who_has_none() {
    HttpResponse<String> made =
        TOWN.post("sysadmin1", "/api/v1/users", "{\"user\":\"factor10\",\"name\":\"新人\"}");
    String link = Town.json(made).path("passwordLink").asText();
    assertThat(link).startsWith("/password#token=");
    String token = link.substring(link.indexOf('=') + 1);
    assertThat(links("{\"token\":\"" + token + "\"}").body()).contains("factor10");
    assertProblem(links("{\"token\":\"" + "x".repeat(43) + "\"}"), 403, "not_permitted", "");
    assertProblem(staff.signIn("factor10", ""), 401, "bad_credentials", "");
    staff.usesLink(link, Staffroom.PASSWORD);
    assertProblem(links("{\"token\":\"" + token + "\"}"), 403, "not_permitted", "");
  }

  private HttpResponse<String> links(String body) {
    return TOWN.send(
        TOWN.request("/api/v1/password-links")
            .header("Content-Type", "application/json")
            .POST(java.net.http.HttpRequest.BodyPublishers.ofString(body)));
  }

  private long nanos(String user) {
    Instant from = Instant.now();
    staff.signIn(user, "wrong");
    return Duration.between(from, Instant.now()).toNanos();
  }

  private JsonNode account(String token) {
    return Town.json(staff.with(token, "/api/v1/account"));
  }

  private HttpResponse<String> change(String token, String current, String fresh) {
    return staff.post(
        token,
        "/api/v1/account/password",
        "{\"current\":\"" + current + "\",\"password\":\"" + fresh + "\"}");
  }

  private void policy(String secondFactor, int rotationDays) {
    int version =
        Town.json(TOWN.get("secadmin1", "/api/v1/sign-in-policy")).path("version").asInt();
    HttpResponse<String> set =
        TOWN.post(
            "secadmin1",
            "/api/v1/sign-in-policy",
            "{\"version\":%d,\"leastLength\":10,\"history\":5,\"rotationDays\":%d,\"mostFailures\":5,"
                    .formatted(version, rotationDays)
                + "\"lockMinutes\":15,\"sessionHours\":12,\"secondFactor\":\""
                + secondFactor
                + "\"}");
    assertThat(set.statusCode()).as(set.body()).isEqualTo(200);
  }

  /** {@code pencil} as a program with 8 MiB and one pass would have kept it. */
  private static final String WEAK =
      "argon2id$8192$1$c2l4dGVlbiBieXRlcyEhIQ==" + "$yttNiO578kxrhLkj1/5ylCXCHvN3y+2ZJCYWENfnIDI=";
}
