package org.gridline.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gridline.console.Answers.assertProblem;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.gridline.dispatch.people.Presence.Standing;
import org.gridline.dispatch.store.TestDatabase;
import org.junit.jupiter.api.Test;

/** Who looks at a ticket: told to those who may see it, with a name where that does no harm. */
class PresenceTest {
  private final Town town = Town.shared();
  private final String page = UUID.randomUUID().toString();

  @Test
  void colleagues_see_each_other_come_edit_and_go_and_nobody_sees_themselves() {
    JsonNode ticket = ticket("help");
    assertThat(beat("dispatcher1", ticket, "viewing")).isEmpty();
    assertThat(beat("dispatcher1", ticket, "viewing")).as("a second page of the same").isEmpty();
    JsonNode seen = beat("commander1", ticket, "editing");
    assertThat(seen).hasSize(1);
    assertThat(seen.get(0).path("user").asText()).isEqualTo("dispatcher1");
    assertThat(seen.get(0).path("mode").asText()).isEqualTo("viewing");
    assertThat(seen.get(0).path("unitName").asText()).isNotBlank();

    assertThat(at("dispatcher1", ticket).get(0).path("mode").asText()).isEqualTo("editing");
    assertThat(send("commander1", "{\"page\":\"" + page + "\",\"left\":true}").statusCode())
        .isEqualTo(204);
    assertThat(at("dispatcher1", ticket)).isEmpty();
  }

  @Test
  void who_may_not_see_the_ticket_neither_learns_nor_tells() {
    JsonNode ticket = ticket("help");
    String elsewhere = "maqun1";
    String body = body(ticket.path("id").asText(), "editing");
    assertProblem(send(elsewhere, body), 404, "not_found", "");
    assertProblem(
        town.get(elsewhere, "/api/v1/tickets/" + ticket.path("id").asText() + "/presence"),
        404,
        "not_found",
        "");
    assertThat(at("commander1", ticket)).isEmpty();
    assertProblem(send("commander1", body("4503599627370496", "viewing")), 404, "not_found", "");
    assertThat(send(town.request("/api/v1/presence"), body).statusCode()).isEqualTo(401);
  }

  @Test
  void a_checker_is_told_that_somebody_is_there_but_no_other_units_name() {
    JsonNode ticket = ticket("help");
    String handler = town.handlerOf(ticket.path("owner").path("unit").asText());
    String checker = toTheCheck(ticket, handler);
    beat(handler, ticket, "editing");
    beat("inspector1", ticket, "viewing");
    JsonNode seen = at(checker, ticket);
    assertThat(seen).hasSize(2);
    assertThat(seen.get(0).path("mode").asText()).isEqualTo("editing");
    assertThat(seen.get(0).path("user").isNull()).isTrue();
    assertThat(seen.get(0).path("name").isNull()).isTrue();
    assertThat(seen.get(0).path("unit").isNull()).isTrue();
    // The inspector sits in the checkers' own section.
    assertThat(seen.get(1).path("user").asText()).isEqualTo("inspector1");
  }

  /** Leads a ticket to its check; tells whom the lot fell on. */
  private String toTheCheck(JsonNode ticket, String handler) {
    act(handler, ticket, "{\"action\":\"sign\"");
    act(handler, ticket, "{\"action\":\"feedback\",\"result\":\"solved\",\"words\":\"已修好\"");
    act("dispatcher1", ticket, "{\"action\":\"pass\"");
    return Town.json(town.get("chief1", path(ticket))).path("checker").path("user").asText();
  }

  private void act(String user, JsonNode ticket, String begun) {
    int version = Town.json(town.get("chief1", path(ticket))).path("version").asInt();
    assertThat(
            town.post(user, path(ticket) + "/actions", begun + ",\"version\":" + version + "}")
                .statusCode())
        .isEqualTo(200);
  }

  private static String path(JsonNode ticket) {
    return "/api/v1/tickets/" + ticket.path("id").asText();
  }

  @Test
  void a_handler_is_not_told_who_of_the_centre_looks_into_a_complaint() {
    JsonNode complaint = ticket("complaint");
    JsonNode help = ticket("help");
    for (JsonNode ticket : List.of(complaint, help)) beat("commander1", ticket, "viewing");
    String handler = town.handlerOf(complaint.path("owner").path("unit").asText());
    beat("commander1", complaint, "viewing");
    assertThat(at(handler, complaint).get(0).path("user").isNull()).isTrue();
    assertThat(at("dispatcher1", complaint).get(0).path("user").asText()).isEqualTo("commander1");
    beat("commander1", help, "viewing");
    assertThat(at(handler, help).get(0).path("user").asText()).isEqualTo("commander1");
  }

  @Test
  void the_count_by_unit_is_for_those_who_watch_the_map() {
    send("checker1", "{\"page\":\"" + page + "\"}");
    JsonNode online = Town.json(town.get("commander1", "/api/v1/online"));
    assertThat(online.path("people").asInt()).isPositive();
    assertThat(online.path("units").findValuesAsText("unit")).contains("QX-ZX-HC");
    assertProblem(town.get("operator1", "/api/v1/online"), 403, "not_permitted", "");
  }

  @Test
  void garbage_is_refused_by_member_and_a_flood_of_pages_counts_once() {
    for (String bad :
        List.of(
            "{}",
            "{\"page\":5}",
            "{\"page\":\"short\"}",
            "{\"page\":\"" + "a".repeat(41) + "\"}",
            "{\"page\":\"<script>alert(1)</script>\"}",
            "{\"page\":\"页面页面页面页面\"}"))
      assertProblem(send("checker2", bad), 400, "invalid_request", "page");
    for (String bad : List.of("1.5", "-1", "0", "1e300", "\"1\"", "[]"))
      assertProblem(
          send("checker2", "{\"page\":\"" + page + "\",\"ticket\":" + bad + "}"),
          400,
          "invalid_request",
          "ticket");
    assertProblem(send("checker2", body("1", "owning")), 400, "invalid_request", "mode");
    assertProblem(
        send("checker2", "{\"page\":\"" + page + "\",\"user\":\"commander1\"}"),
        400,
        "invalid_request",
        "user");
    JsonNode ticket = ticket("help");
    for (int i = 0; i < 100; i++) {
      String body =
          body(ticket.path("id").asText(), "editing").replace(page, UUID.randomUUID().toString());
      assertThat(send("dispatcher1", body).statusCode()).isEqualTo(200);
    }
    assertThat(at("commander1", ticket)).hasSize(1);
    assertThat(town.server().presence().listOnline())
        .allSatisfy(o -> assertThat(o.tabs()).isLessThanOrEqualTo(16));
  }

  @Test
  void losing_the_cluster_is_a_detail_of_health_and_nothing_fails_or_waits() {
    try (Town alone = Town.open(TestDatabase.fresh(), Town.folder())) {
      Await.until(() -> alone.server().presence().reach().standing() == Standing.SHARED);
      // What is told of health may be a second old.
      Await.until(() -> detail(alone).equals("shared 1"));
      assertThat(alone.send(alone.request("/metrics")).body())
          .contains("gridline_cluster_nodes 1.0")
          .contains("gridline_presence_tabs");
      alone.server().presence().leaveCluster();
      Await.until(() -> alone.server().presence().reach().standing() == Standing.ALONE);
      JsonNode ticket = Town.json(alone.report("operator1", Said.lamp().toString()));
      Instant before = Instant.now();
      for (int i = 0; i < 20; i++) {
        String body = body(ticket.path("id").asText(), "editing");
        assertThat(alone.post("commander1", "/api/v1/presence", body).statusCode()).isEqualTo(200);
      }
      assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(20));
      assertThat(alone.get("commander1", "/health/ready").statusCode()).isEqualTo(200);
      Await.until(() -> detail(alone).equals("alone 1"));
    }
  }

  private static String detail(Town town) {
    for (JsonNode detail : Town.json(town.send(town.request("/health/ready"))).path("details")) {
      if (detail.path("name").asText().equals("cluster")) return detail.path("value").asText();
    }
    return "missing";
  }

  private JsonNode ticket(String type) {
    return Town.json(town.report("operator1", Said.lamp().put("type", type).toString()));
  }

  private String body(String ticket, String mode) {
    return "{\"page\":\"" + page + "\",\"ticket\":" + ticket + ",\"mode\":\"" + mode + "\"}";
  }

  private JsonNode beat(String user, JsonNode ticket, String mode) {
    HttpResponse<String> answer = send(user, body(ticket.path("id").asText(), mode));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return Town.json(answer).path("people");
  }

  private HttpResponse<String> send(String user, String body) {
    return town.post(user, "/api/v1/presence", body);
  }

  private HttpResponse<String> send(HttpRequest.Builder request, String body) {
    return town.send(request.POST(BodyPublishers.ofString(body)));
  }

  private JsonNode at(String user, JsonNode ticket) {
    return Town.json(town.get(user, "/api/v1/tickets/" + ticket.path("id").asText() + "/presence"))
        .path("people");
  }
}
