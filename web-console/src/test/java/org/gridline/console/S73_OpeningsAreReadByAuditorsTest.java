package org.gridline.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gridline.console.Answers.assertProblem;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.gridline.dispatch.store.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Who opened which case, whose records were joined, and whom one may put on the roster. */
class S73_OpeningsAreReadByAuditorsTest {
  private static final Town TOWN = Town.open(TestDatabase.fresh(), Town.folder());

  @AfterAll
  static void closes() {
    TOWN.close();
  }

  @Test
  void an_auditor_pages_through_openings_and_looks_and_nobody_else_does() {
    for (String who : List.of("auditor1", "chief1", "operator2", "sysadmin1")) TOWN.token(who);
    List<JsonNode> tickets = new ArrayList<>();
    for (int i = 0; i < 3; i++) tickets.add(take(Said.lamp()));
    for (JsonNode ticket : tickets)
      assertThat(TOWN.get("chief1", path(ticket)).statusCode()).isEqualTo(200);
    HttpResponse<String> look =
        TOWN.post(
            "operator2",
            path(tickets.getFirst()) + "/caller",
            "{\"purpose\":\"call_back\",\"reason\":\"王样例要求回电\"}");
    assertThat(look.statusCode()).as(look.body()).isEqualTo(200);

    List<String> seen = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page =
          audited(
              "/api/v1/case-openings?user=chief1&limit=1"
                  + (cursor.isEmpty() ? "" : "&cursor=" + cursor));
      assertThat(page.path("openings")).hasSizeLessThanOrEqualTo(1);
      for (JsonNode opening : page.path("openings")) {
        assertThat(opening.path("user").path("user").asText()).isEqualTo("chief1");
        assertThat(opening.path("unit").asText()).isEqualTo("QX-ZX");
        seen.add(opening.path("ticket").path("number").asText());
      }
      cursor = page.path("next").asText("");
    } while (!cursor.isEmpty());
    assertThat(seen)
        .containsExactlyElementsOf(
            tickets.reversed().stream().map(t -> t.path("number").asText()).toList());

    String number = tickets.getFirst().path("number").asText();
    JsonNode looks = audited("/api/v1/caller-looks?ticket=" + number).path("looks");
    assertThat(looks).hasSize(1);
    assertThat(looks.get(0).path("purpose").asText()).isEqualTo("call_back");
    assertThat(looks.toString()).doesNotContain("王样例", "13800000001");
    assertThat(audited("/api/v1/case-openings?user=nobody").path("openings")).isEmpty();
    for (String wrong : List.of("x", "1.2.3", "9999999999999999999.0.1.1", "-5.0.1.1", "1.x.1.1"))
      assertProblem(
          TOWN.get("auditor1", "/api/v1/case-openings?cursor=" + wrong),
          400,
          "invalid_request",
          "cursor");
    assertProblem(
        TOWN.get("auditor1", "/api/v1/caller-looks?limit=501"), 400, "invalid_request", "limit");
    for (String who : List.of("chief1", "operator2", "sysadmin1"))
      for (String list : List.of("case-openings", "caller-looks"))
        assertProblem(TOWN.get(who, "/api/v1/" + list), 403, "not_permitted", "");
  }

  @Test
  void merges_of_a_caller_are_listed_with_what_became_of_them() {
    JsonNode one = take(Said.lamp());
    ObjectNode said = Said.lamp();
    said.withObject("/caller").put("phone", "13800000009");
    JsonNode other = take(said);
    assertThat(merges(one)).isEmpty();
    HttpResponse<String> merged =
        TOWN.post(
            "operator1",
            "/api/v1/caller-merges",
            "{\"keep\":%s,\"merge\":%s}"
                .formatted(one.path("id").asText(), other.path("id").asText()));
    assertThat(merged.statusCode()).as(merged.body()).isEqualTo(201);
    for (JsonNode ticket : List.of(one, other)) {
      JsonNode merge = merges(ticket).get(0);
      assertThat(merge.path("by").path("user").asText()).isEqualTo("operator1");
      assertThat(merge.path("keep").findValuesAsText("number"))
          .contains(one.path("number").asText());
      assertThat(merge.path("merge").findValuesAsText("number"))
          .containsExactly(other.path("number").asText());
      assertThat(merge.path("undoneAt").isNull()).isTrue();
    }
    String id = Town.json(merged).path("id").asText();
    assertThat(TOWN.post("operator1", "/api/v1/caller-merges/" + id + "/undo", "{}").statusCode())
        .isEqualTo(204);
    assertThat(merges(one).get(0).path("undoneBy").path("user").asText()).isEqualTo("operator1");
    assertThat(Town.json(TOWN.get("operator1", "/api/v1/caller-merges")).path("merges"))
        .isNotEmpty();
    TOWN.token("chief1");
    assertProblem(TOWN.get("chief1", "/api/v1/caller-merges"), 403, "not_permitted", "");
    assertProblem(
        TOWN.get("operator1", "/api/v1/caller-merges?ticket=x"), 400, "invalid_request", "ticket");
    assertProblem(TOWN.get("operator1", "/api/v1/caller-merges?ticket=1"), 404, "not_found", "");
  }

  @Test
  void whoever_arranges_duty_is_told_whom_they_may_put_on_the_roster_and_nobody_else() {
    for (String who : List.of("yaohua1", "worker1", "chief1", "gongan1", "maqun1")) TOWN.token(who);
    assertThat(logins("yaohua1", "")).contains("yaohua1", "worker1").doesNotContain("maqun1");
    assertThat(logins("chief1", "")).contains("yaohua1", "maqun1", "chief1");
    assertThat(logins("chief1", "?unit=ST-320113002")).containsExactly("maqun1");
    JsonNode worker =
        Town.json(TOWN.get("chief1", "/api/v1/duty-people"))
            .path("people")
            .valueStream()
            .filter(p -> p.path("user").asText().equals("worker1"))
            .findFirst()
            .orElseThrow();
    assertThat(worker.path("roles").get(0).path("name").path("zh").asText()).isEqualTo("网格员");
    assertThat(worker.has("phone")).isFalse();
    assertProblem(TOWN.get("gongan1", "/api/v1/duty-people"), 403, "not_permitted", "");
    assertProblem(
        TOWN.get("yaohua1", "/api/v1/duty-people?unit=ST-320113002"), 403, "not_permitted", "");
  }

  private static List<String> logins(String as, String query) {
    HttpResponse<String> answer = TOWN.get(as, "/api/v1/duty-people" + query);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return Town.json(answer).path("people").findValuesAsText("user");
  }

  private static JsonNode audited(String path) {
    HttpResponse<String> answer = TOWN.get("auditor1", path);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return Town.json(answer);
  }

  private static JsonNode merges(JsonNode ticket) {
    HttpResponse<String> answer =
        TOWN.get("operator1", "/api/v1/caller-merges?ticket=" + ticket.path("id").asText());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return Town.json(answer).path("merges");
  }

  private static JsonNode take(ObjectNode report) {
    HttpResponse<String> answer = TOWN.report("operator1", report.toString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return Town.json(answer);
  }

  private static String path(JsonNode ticket) {
    return "/api/v1/tickets/" + ticket.path("id").asText();
  }
}
