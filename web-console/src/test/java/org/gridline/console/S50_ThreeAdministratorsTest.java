package org.gridline.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.gridline.console.Answers.assertProblem;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.gridline.dispatch.store.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** 三员分立: one makes accounts, one grants, one reads what both did; what matters takes two. */
class S50_ThreeAdministratorsTest {
  private static final Town TOWN = Town.open(TestDatabase.fresh(), Town.folder());
  private final Staffroom staff = new Staffroom(TOWN);

  @AfterAll
  static void closes() {
    TOWN.close();
  }

  @Test
  void a_newcomer_gets_an_account_from_one_and_a_role_from_another_and_the_third_reads_of_it() {
    JsonNode newcomer = staff.newcomer("newcomer1");
    String token = staff.token("newcomer1", Staffroom.PASSWORD);
    assertThat(Town.json(staff.with(token, "/api/v1/tickets")).path("tickets")).isEmpty();
    assertThat(Town.json(staff.with(token, "/api/v1/sessions/current")).toString())
        .contains("\"permissions\":[]");

    HttpResponse<String> granted =
        staff.assign("secadmin1", "newcomer1", "QX-ZX-RX", "operator", "revisitor");
    assertThat(granted.statusCode()).as(granted.body()).isEqualTo(200);
    Await.until(() -> staff.with(token, "/api/v1/tickets").statusCode() == 401);
    String again = staff.token("newcomer1", Staffroom.PASSWORD);
    assertThat(staff.with(again, "/api/v1/sessions/current").body())
        .contains("takeReport", "revisit", "QX-ZX-RX");

    JsonNode log = log("person=" + newcomer.path("id").asText());
    assertThat(log.findValuesAsText("kind"))
        .containsExactly("signIn", "assign", "signIn", "passwordSetByLink", "create");
    JsonNode assigned = log.get(1);
    assertThat(assigned.path("actor").path("user").asText()).isEqualTo("secadmin1");
    assertThat(assigned.path("subject").path("user").asText()).isEqualTo("newcomer1");
    assertThat(assigned.path("before").path("roles").asText()).isEmpty();
    assertThat(assigned.path("after").path("roles").asText()).isEqualTo("operator revisitor");
    assertThat(assigned.path("after").path("unit").asText()).isEqualTo("QX-ZX-RX");
    assertThat(assigned.path("after").has("name")).as("what did not change").isFalse();
  }

  @Test
  void each_does_what_is_theirs_and_nobody_else_does() {
    staff.newcomer("newcomer2");
    Map<String, String> offices =
        Map.of(
            "rename", "sysadmin1",
            "disable", "sysadmin1",
            "enable", "sysadmin1",
            "resetPassword", "sysadmin1",
            "delete", "sysadmin1",
            "assign", "secadmin1",
            "unlock", "secadmin1",
            "resetSecondFactor", "secadmin1");
    for (var office : offices.entrySet()) {
      for (String who :
          List.of("sysadmin1", "secadmin1", "auditor1", "operator1", "chief1", "commander1")) {
        if (who.equals(office.getValue())) continue;
        Object[] more =
            office.getKey().equals("rename") ? new Object[] {"name", "x"} : new Object[0];
        assertProblem(staff.act(who, "newcomer2", office.getKey(), more), 403, "not_permitted", "");
      }
    }
    for (String who : List.of("operator1", "chief1", "commander1", "gongan1", "worker1")) {
      for (String path :
          List.of(
              "/api/v1/users",
              "/api/v1/users/1",
              "/api/v1/roles",
              "/api/v1/user-proposals",
              "/api/v1/sign-in-policy",
              "/api/v1/people-log")) assertProblem(TOWN.get(who, path), 403, "not_permitted", "");
      assertProblem(
          TOWN.post(who, "/api/v1/users", "{\"user\":\"abc\",\"name\":\"x\"}"),
          403,
          "not_permitted",
          "");
    }
    for (String who : List.of("sysadmin1", "secadmin1"))
      assertProblem(TOWN.get(who, "/api/v1/people-log"), 403, "not_permitted", "");
  }

  @Test
  void administrators_see_no_ticket() {
    JsonNode ticket = Town.json(TOWN.report("operator1", Said.lamp().toString()));
    for (String who : List.of("sysadmin1", "secadmin1", "auditor1")) {
      assertThat(Town.json(TOWN.get(who, "/api/v1/tickets")).path("tickets")).isEmpty();
      String path = "/api/v1/tickets/" + ticket.path("id").asText();
      assertProblem(TOWN.get(who, path), 404, "not_found", "");
      assertProblem(TOWN.get(who, path + "/events"), 404, "not_found", "");
    }
  }

  @Test
  void roles_that_exclude_each_other_are_refused_by_the_house_and_by_the_database()
      throws SQLException {
    staff.newcomer("newcomer3");
    for (List<String> pair :
        List.of(
            List.of("systemAdmin", "securityAdmin"),
            List.of("auditAdmin", "systemAdmin"),
            List.of("securityAdmin", "operator"),
            List.of("handler", "auditAdmin")))
      assertProblem(
          staff.act("secadmin1", "newcomer3", "assign", "roles", pair),
          422,
          "roles_exclude_each_other",
          "roles");
    for (String pair :
        List.of("systemAdmin,securityAdmin", "operator,auditAdmin", "systemAdmin,unheardOf"))
      assertThatThrownBy(
              () ->
                  staff.sql(
                      "UPDATE app_user SET roles = '{" + pair + "}' WHERE login = 'newcomer3'"))
          .hasMessageContaining("exclude each other");
    assertThatThrownBy(
            () ->
                staff.sql(
                    "INSERT INTO app_user (id, login, name_zh, name_en, areas, roles, password_hash)"
                        + " VALUES (5, 'x', 'x', 'x', '{}', '{systemAdmin,operator}', '')"))
        .hasMessageContaining("exclude each other");
  }

  @Test
  void an_administrator_is_made_by_two() throws SQLException {
    staff.newcomer("newcomer4");
    long proposal = Staffroom.proposal(staff.assign("secadmin1", "newcomer4", "", "auditAdmin"));
    assertThat(staff.user("newcomer4").path("roles")).isEmpty();
    assertProblem(
        staff.decide("secadmin1", proposal, "confirm"), 403, "second_person_required", "");
    assertProblem(staff.decide("auditor1", proposal, "confirm"), 403, "not_permitted", "");
    assertProblem(staff.decide("commander1", proposal, "confirm"), 403, "not_permitted", "");
    assertThatThrownBy(
            () ->
                staff.sql(
                    "UPDATE people_request SET outcome = 'CONFIRMED', decided_at = now(),"
                        + " decided_by = proposed_by WHERE id = "
                        + proposal))
        .hasMessageContaining("people_request_two_persons");
    HttpResponse<String> done = staff.decide("sysadmin1", proposal, "confirm");
    assertThat(done.statusCode()).as(done.body()).isEqualTo(200);
    assertThat(staff.user("newcomer4").path("roles").get(0).asText()).isEqualTo("auditAdmin");
    assertProblem(staff.decide("sysadmin1", proposal, "confirm"), 409, "request_decided", "");

    String token = staff.token("newcomer4", Staffroom.PASSWORD);
    JsonNode log = Town.json(staff.with(token, "/api/v1/people-log?limit=5")).path("log");
    assertThat(log.findValuesAsText("kind")).contains("assign", "proposed");
    assertThat(log.findValuesAsText("why")).contains("checked");
  }

  @Test
  void a_proposal_that_was_overtaken_or_refused_is_not_carried_out() {
    staff.newcomer("newcomer5");
    long stale = Staffroom.proposal(staff.assign("secadmin1", "newcomer5", "", "systemAdmin"));
    assertThat(staff.act("sysadmin1", "newcomer5", "rename", "name", "改名").statusCode())
        .isEqualTo(200);
    assertProblem(staff.decide("sysadmin1", stale, "confirm"), 409, "user_changed", "");
    long refused = Staffroom.proposal(staff.assign("secadmin1", "newcomer5", "", "systemAdmin"));
    assertThat(staff.decide("sysadmin1", refused, "refuse").statusCode()).isEqualTo(204);
    assertProblem(staff.decide("sysadmin1", refused, "confirm"), 409, "request_decided", "");
    assertProblem(staff.decide("sysadmin1", 4711, "confirm"), 404, "not_found", "");
    assertThat(staff.user("newcomer5").path("roles")).isEmpty();
  }

  @Test
  void nobody_changes_their_own_account_and_the_last_of_a_kind_stays() {
    assertProblem(
        staff.act("sysadmin1", "sysadmin1", "disable"), 403, "second_person_required", "");
    assertProblem(
        staff.assign("secadmin1", "secadmin1", "", "securityAdmin"),
        403,
        "second_person_required",
        "");
    assertProblem(staff.act("sysadmin1", "secadmin1", "disable"), 409, "last_administrator", "");
    assertProblem(
        staff.assign("secadmin1", "sysadmin1", "", "operator"), 409, "last_administrator", "");
    assertThatThrownBy(
            () -> staff.sql("UPDATE app_user SET disabled_at = now() WHERE login = 'secadmin1'"))
        .hasMessageContaining("last administrator");
  }

  @Test
  void an_administrators_password_is_reset_by_two_and_anybody_elses_by_one() {
    long proposal = Staffroom.proposal(staff.act("sysadmin1", "auditor1", "resetPassword"));
    assertThat(staff.decide("secadmin1", proposal, "refuse").statusCode()).isEqualTo(204);

    staff.newcomer("newcomer6");
    String token = staff.token("newcomer6", Staffroom.PASSWORD);
    HttpResponse<String> reset = staff.act("sysadmin1", "newcomer6", "resetPassword");
    assertThat(reset.statusCode()).isEqualTo(200);
    assertProblem(staff.signIn("newcomer6", Staffroom.PASSWORD), 401, "bad_credentials", "");
    Await.until(() -> staff.with(token, "/api/v1/sessions/current").statusCode() == 401);
    String link = Town.json(reset).path("passwordLink").asText();
    assertProblem(staff.link(link, Staffroom.PASSWORD), 422, "password_weak", "password");
    assertProblem(staff.link(link, "newcomer6-2026"), 422, "password_weak", "password");
    staff.usesLink(link, "a grey heron flies");
    assertProblem(staff.link(link, "a third heron swims"), 403, "not_permitted", "");
    staff.token("newcomer6", "a grey heron flies");
    assertThat(reset.body()).as("no hash and no secret in an answer").doesNotContain("argon2");
  }

  @Test
  void a_disabled_account_keeps_its_history_and_a_deleted_one_its_name() {
    staff.newcomer("newcomer7");
    staff.assign("secadmin1", "newcomer7", "QX-ZX-RX", "operator");
    String token = staff.token("newcomer7", Staffroom.PASSWORD);
    JsonNode ticket =
        Town.json(
            TOWN.send(
                TOWN.request("/api/v1/reports")
                    .header("Authorization", "Bearer " + token)
                    .header("Idempotency-Key", java.util.UUID.randomUUID().toString())
                    .POST(
                        java.net.http.HttpRequest.BodyPublishers.ofString(
                            Said.lamp().toString()))));
    assertProblem(staff.act("sysadmin1", "newcomer7", "delete"), 400, "invalid_request", "action");
    assertThat(staff.act("sysadmin1", "newcomer7", "disable").statusCode()).isEqualTo(200);
    assertProblem(staff.signIn("newcomer7", Staffroom.PASSWORD), 401, "bad_credentials", "");
    Await.until(() -> staff.with(token, "/api/v1/sessions/current").statusCode() == 401);
    String events = "/api/v1/tickets/" + ticket.path("id").asText() + "/events";
    assertThat(TOWN.get("chief1", events).body()).contains("newcomer7");

    long proposal = Staffroom.proposal(staff.act("sysadmin1", "newcomer7", "delete"));
    assertThat(staff.decide("secadmin1", proposal, "confirm").statusCode()).isEqualTo(200);
    assertThat(staff.user("newcomer7").path("state").asText()).isEqualTo("deleted");
    assertProblem(staff.act("sysadmin1", "newcomer7", "enable"), 409, "user_changed", "");
    assertProblem(
        TOWN.post("sysadmin1", "/api/v1/users", "{\"user\":\"newcomer7\",\"name\":\"x\"}"),
        409,
        "user_exists",
        "user");
    assertThat(TOWN.get("chief1", events).body()).contains("newcomer7");
    assertThatThrownBy(() -> staff.sql("DELETE FROM app_user WHERE login = 'newcomer7'"))
        .hasMessageContaining("history does not change");
  }

  @Test
  void the_log_can_be_neither_changed_nor_emptied() {
    for (String statement :
        List.of(
            "UPDATE people_log SET why = 'nothing'",
            "DELETE FROM people_log",
            "TRUNCATE people_log"))
      assertThatThrownBy(() -> staff.sql(statement))
          .hasMessageContaining("history does not change");
  }

  @Test
  void the_policy_is_the_security_administrators_and_holds_at_once() {
    String policy = "/api/v1/sign-in-policy";
    JsonNode before = Town.json(TOWN.get("secadmin1", policy));
    String body =
        "{\"version\":%d,\"leastLength\":%d,\"history\":5,\"rotationDays\":0,\"mostFailures\":5,"
            + "\"lockMinutes\":15,\"sessionHours\":12,\"secondFactor\":\"%s\"}";
    int version = before.path("version").asInt();
    String longer = body.formatted(version, 24, "optional");
    for (String who : List.of("sysadmin1", "auditor1", "commander1"))
      assertProblem(TOWN.post(who, policy, longer), 403, "not_permitted", "");
    assertProblem(
        TOWN.post("secadmin1", policy, body.formatted(version, 7, "optional")),
        422,
        "value_refused",
        "");
    assertProblem(
        TOWN.post("secadmin1", policy, body.formatted(version, 12, "never")),
        422,
        "value_refused",
        "");
    assertThat(TOWN.post("secadmin1", policy, longer).statusCode()).isEqualTo(200);
    assertProblem(TOWN.post("secadmin1", policy, longer), 409, "user_changed", "");
    HttpResponse<String> made =
        TOWN.post("sysadmin1", "/api/v1/users", "{\"user\":\"newcomer8\",\"name\":\"新\"}");
    String link = Town.json(made).path("passwordLink").asText();
    assertProblem(staff.link(link, Staffroom.PASSWORD), 422, "password_weak", "password");
    assertThat(
            TOWN.post("secadmin1", policy, body.formatted(version + 1, 10, "optional"))
                .statusCode())
        .isEqualTo(200);
    staff.usesLink(link, Staffroom.PASSWORD);
    assertThat(log("kind=policy").get(1).path("after").path("leastLength").asText())
        .isEqualTo("24");
  }

  @Test
  void accounts_are_found_by_word_role_unit_and_state_page_by_page() {
    JsonNode first = Town.json(TOWN.get("sysadmin1", "/api/v1/users?limit=3"));
    assertThat(first.path("users")).hasSize(3);
    JsonNode second =
        Town.json(
            TOWN.get("secadmin1", "/api/v1/users?limit=3&cursor=" + first.path("next").asText()));
    assertThat(second.path("users").get(0).path("user").asText())
        .isGreaterThan(first.path("users").get(2).path("user").asText());
    for (String who : List.of("checker1", "checker2", "shuiwu1", "hedao1")) TOWN.token(who);
    assertThat(
            Town.json(TOWN.get("auditor1", "/api/v1/users?role=checker"))
                .path("users")
                .findValuesAsText("user"))
        .containsExactly("checker1", "checker2");
    assertThat(
            Town.json(TOWN.get("sysadmin1", "/api/v1/users?unit=QX-SW"))
                .path("users")
                .findValuesAsText("unit"))
        .contains("QX-SW", "QX-SW-HD");
    assertThat(Town.json(TOWN.get("sysadmin1", "/api/v1/users?q=%25")).path("users")).isEmpty();
    assertProblem(
        TOWN.get("sysadmin1", "/api/v1/users?state=gone"), 400, "invalid_request", "state");
    assertProblem(TOWN.get("sysadmin1", "/api/v1/users?limit=0"), 400, "invalid_request", "limit");
  }

  @Test
  void garbage_is_refused_by_member() {
    for (String login : List.of("a", "a b", "张三", "x".repeat(41), "<script>", "a'--"))
      assertProblem(
          TOWN.post("sysadmin1", "/api/v1/users", "{\"user\":\"" + login + "\",\"name\":\"x\"}"),
          422,
          "value_refused",
          "user");
    assertProblem(
        TOWN.post("sysadmin1", "/api/v1/users", "{\"user\":\"abcd\",\"name\":\" \"}"),
        422,
        "value_refused",
        "name");
    assertProblem(
        TOWN.post(
            "sysadmin1", "/api/v1/users", "{\"user\":\"abcd\",\"name\":\"x\",\"unit\":\"NO\"}"),
        422,
        "unit_unknown",
        "unit");
    assertProblem(
        staff.act("secadmin1", "worker1", "assign", "roles", List.of("king")),
        400,
        "invalid_request",
        "roles");
    assertProblem(
        staff.act("secadmin1", "worker1", "assign", "areas", List.of("999")),
        400,
        "invalid_request",
        "areas");
    assertProblem(
        staff.act("secadmin1", "worker1", "assign", "roles", "worker"),
        400,
        "invalid_request",
        "roles");
    assertProblem(staff.act("sysadmin1", "worker1", "explode"), 400, "invalid_request", "action");
    JsonNode worker = staff.user("worker1");
    assertProblem(
        staff.act(
            "sysadmin1", worker.path("id").asLong(), worker.path("version").asInt() + 1, "disable"),
        409,
        "user_changed",
        "");
  }

  private static JsonNode log(String query) {
    return Town.json(TOWN.get("auditor1", "/api/v1/people-log?" + query)).path("log");
  }
}
