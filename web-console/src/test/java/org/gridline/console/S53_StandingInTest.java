package org.gridline.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gridline.console.Answers.assertProblem;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.gridline.dispatch.store.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Somebody stands in for a colleague who is away, and duty rosters say who is there. */
class S53_StandingInTest {
  private static final Town TOWN = Town.open(TestDatabase.fresh(), Town.folder());
  private final Staffroom staff = new Staffroom(TOWN);

  @AfterAll
  static void closes() {
    TOWN.close();
  }

  @Test
  void who_stands_in_has_the_others_roles_and_scope_until_it_ends() throws SQLException {
    TOWN.token("yaohua1");
    String stands = TOWN.freshToken("yaohuashequ1");
    // The community's people belong below the street centre of the sample.
    JsonNode given = given("yaohua1", "yaohuashequ1", Duration.ofDays(3));
    assertThat(rights(stands)).doesNotContain("takeReport");
    acts(stands, given.path("id").asLong());
    JsonNode me = Town.json(staff.with(stands, "/api/v1/sessions/current")).path("user");
    assertThat(me.path("user").asText()).isEqualTo("yaohuashequ1");
    assertThat(me.path("actingFor").path("user").asText()).isEqualTo("yaohua1");
    assertThat(me.path("areas").toString()).contains("320113001");
    assertThat(rights(stands)).contains("takeReport", "sign");
    assertProblem(
        staff.post(stands, "/api/v1/delegations", body("xingweicun1", Duration.ofDays(1))),
        403,
        "not_permitted",
        "");
    JsonNode log = Town.json(TOWN.get("auditor1", "/api/v1/people-log?limit=20")).path("log");
    assertThat(log.findValuesAsText("kind")).contains("delegate", "actingBegan");

    assertThat(
            TOWN.send(
                    TOWN.as("yaohua1", "/api/v1/delegations/" + given.path("id").asText()).DELETE())
                .statusCode())
        .isEqualTo(204);
    Await.until(() -> !rights(stands).contains("takeReport"));
    assertProblem(
        staff.post(
            stands,
            "/api/v1/sessions/current/acting",
            "{\"delegation\":" + given.path("id").asText() + "}"),
        404,
        "not_found",
        "");
  }

  @Test
  void it_ends_by_itself_and_with_the_account_of_who_is_away() throws SQLException {
    TOWN.token("operator2");
    String stands = TOWN.freshToken("revisitor1");
    acts(stands, given("operator2", "revisitor1", Duration.ofDays(1)).path("id").asLong());
    assertThat(rights(stands)).contains("takeReport");
    staff.sql("UPDATE delegation SET until_at = now(), from_at = now() - interval '1 hour'");
    Await.until(() -> !rights(stands).contains("takeReport"));
    assertThat(rights(stands)).contains("revisit");
  }

  @Test
  void it_is_not_given_to_strangers_nor_by_administrators_nor_for_ever() {
    for (String who : List.of("sysadmin1", "auditor1", "gongan1", "operator1", "revisitor1"))
      TOWN.token(who);
    assertProblem(give("operator1", "gongan1", Duration.ofDays(1)), 422, "value_refused", "to");
    assertProblem(give("operator1", "sysadmin1", Duration.ofDays(1)), 422, "value_refused", "to");
    assertProblem(give("operator1", "operator1", Duration.ofDays(1)), 422, "value_refused", "to");
    assertProblem(give("operator1", "nobody", Duration.ofDays(1)), 422, "value_refused", "to");
    assertProblem(give("sysadmin1", "operator1", Duration.ofDays(1)), 422, "value_refused", "for");
    assertProblem(
        give("operator1", "revisitor1", Duration.ofDays(93)), 422, "value_refused", "until");
    assertProblem(
        give("operator1", "revisitor1", Duration.ofDays(-1)), 422, "value_refused", "until");
    assertProblem(
        TOWN.post(
            "gongan1",
            "/api/v1/delegations",
            "{\"for\":\"operator1\"," + body("revisitor1", Duration.ofDays(1)).substring(1)),
        403,
        "not_permitted",
        "");
    HttpResponse<String> bySecurity =
        TOWN.post(
            "secadmin1",
            "/api/v1/delegations",
            "{\"for\":\"operator1\"," + body("revisitor1", Duration.ofDays(1)).substring(1));
    assertThat(bySecurity.statusCode()).as(bySecurity.body()).isEqualTo(201);
    long id = Town.json(bySecurity).path("id").asLong();
    assertProblem(
        TOWN.post("gongan1", "/api/v1/sessions/current/acting", "{\"delegation\":" + id + "}"),
        404,
        "not_found",
        "");
    assertProblem(
        TOWN.send(TOWN.as("gongan1", "/api/v1/delegations/" + id).DELETE()), 404, "not_found", "");
  }

  @Test
  void a_roster_says_who_is_on_duty_where_and_each_arranges_their_own() {
    for (String who : List.of("yaohua1", "worker1", "chief1", "gongan1", "maqun1")) TOWN.token(who);
    OffsetDateTime now = OffsetDateTime.now(ZoneOffset.UTC);
    String shift =
        "{\"shifts\":[{\"user\":\"worker1\",\"role\":\"worker\",\"area\":\"320113001001\",\"from\":\"%s\",\"until\":\"%s\"}]}"
            .formatted(now.minusHours(1), now.plusHours(7));
    assertProblem(TOWN.post("gongan1", "/api/v1/duty-shifts", shift), 403, "not_permitted", "");
    assertProblem(TOWN.post("maqun1", "/api/v1/duty-shifts", shift), 403, "not_permitted", "");
    HttpResponse<String> made = TOWN.post("yaohua1", "/api/v1/duty-shifts", shift);
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    assertThat(onDuty("chief1", "?role=worker&area=320113001001")).containsExactly("worker1");
    assertThat(onDuty("chief1", "?role=worker&area=320113002001")).isEmpty();
    assertThat(onDuty("chief1", "?role=handler")).isEmpty();
    assertThat(onDuty("yaohua1", "")).containsExactly("worker1");
    assertThat(onDuty("maqun1", "")).isEmpty();
    assertProblem(TOWN.get("sysadmin1", "/api/v1/duty-shifts"), 403, "not_permitted", "");
    assertThat(onDuty("chief1", "?from=" + now.plusHours(8) + "&until=" + now.plusHours(9)))
        .isEmpty();
    String wrongRole = shift.replace("\"role\":\"worker\"", "\"role\":\"operator\"");
    assertProblem(
        TOWN.post("chief1", "/api/v1/duty-shifts", wrongRole), 422, "value_refused", "shifts[0]");
    String tooLong = shift.replace(now.plusHours(7).toString(), now.plusDays(8).toString());
    assertProblem(
        TOWN.post("chief1", "/api/v1/duty-shifts", tooLong), 422, "value_refused", "shifts[0]");
    String id = Town.json(made).path("shifts").get(0).path("id").asText();
    assertProblem(
        TOWN.send(TOWN.as("maqun1", "/api/v1/duty-shifts/" + id).DELETE()), 404, "not_found", "");
    assertThat(TOWN.send(TOWN.as("chief1", "/api/v1/duty-shifts/" + id).DELETE()).statusCode())
        .isEqualTo(204);
    assertThat(onDuty("chief1", "")).isEmpty();
  }

  @Test
  void a_shift_is_changed_in_one_step_and_of_many_who_change_it_one_does() throws Exception {
    for (String who : List.of("maqun1", "worker1")) TOWN.token(who);
    OffsetDateTime from = OffsetDateTime.now(ZoneOffset.UTC).plusDays(20);
    String span = "?from=" + from.minusHours(1) + "&until=" + from.plusHours(30);
    HttpResponse<String> made = TOWN.post("yaohua1", "/api/v1/duty-shifts", change("", from));
    String old = Town.json(made).path("shifts").get(0).path("id").asText();

    // What is wrong with one half leaves the other undone.
    String wrong = change(old, from).replace("\"role\":\"worker\"", "\"role\":\"operator\"");
    assertProblem(
        TOWN.post("yaohua1", "/api/v1/duty-shifts", wrong), 422, "value_refused", "shifts[0]");
    assertProblem(
        TOWN.post("yaohua1", "/api/v1/duty-shifts", change(old + ",1", from)),
        404,
        "not_found",
        "");
    assertProblem(
        TOWN.post("maqun1", "/api/v1/duty-shifts", "{\"remove\":[" + old + "]}"),
        404,
        "not_found",
        "");
    assertThat(onDuty("yaohua1", span)).hasSize(1);

    List<Callable<Integer>> all = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      String later = change(old, from.plusHours(i));
      all.add(() -> TOWN.post("yaohua1", "/api/v1/duty-shifts", later).statusCode());
    }
    List<Integer> answers = new ArrayList<>();
    try (ExecutorService hands = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Integer> one : hands.invokeAll(all)) answers.add(one.get());
    }
    assertThat(answers).containsOnlyOnce(201).contains(404);
    assertThat(onDuty("yaohua1", span)).hasSize(1);
  }

  private static String change(String gone, OffsetDateTime from) {
    return "{\"remove\":[%s],\"shifts\":[{\"user\":\"worker1\",\"role\":\"worker\",\"from\":\"%s\",\"until\":\"%s\"}]}"
        .formatted(gone, from, from.plusHours(8));
  }

  private List<String> onDuty(String as, String query) {
    HttpResponse<String> answer =
        TOWN.get(as, "/api/v1/duty-shifts" + query.replace("+", "%2B").replace(":", "%3A"));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return Town.json(answer)
        .path("shifts")
        .valueStream()
        .map(s -> s.path("user").path("user").asText())
        .toList();
  }

  private JsonNode given(String who, String to, Duration length) {
    HttpResponse<String> given = give(who, to, length);
    assertThat(given.statusCode()).as(given.body()).isEqualTo(201);
    return Town.json(given);
  }

  private HttpResponse<String> give(String who, String to, Duration length) {
    return TOWN.post(who, "/api/v1/delegations", body(to, length));
  }

  private static String body(String to, Duration length) {
    return "{\"to\":\"%s\",\"until\":\"%s\",\"why\":\"休假\"}"
        .formatted(to, OffsetDateTime.now(ZoneOffset.UTC).plus(length));
  }

  private void acts(String token, long delegation) {
    HttpResponse<String> acts =
        staff.post(token, "/api/v1/sessions/current/acting", "{\"delegation\":" + delegation + "}");
    assertThat(acts.statusCode()).as(acts.body()).isEqualTo(200);
  }

  private List<String> rights(String token) {
    return Town.json(staff.with(token, "/api/v1/sessions/current"))
        .path("user")
        .path("permissions")
        .valueStream()
        .map(JsonNode::asText)
        .toList();
  }
}
