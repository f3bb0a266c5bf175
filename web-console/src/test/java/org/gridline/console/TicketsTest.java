package org.gridline.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.gridline.dispatch.store.TestDatabase;
import org.junit.jupiter.api.Test;

/** Who sees what of a ticket, and who may do what with it. */
class TicketsTest {
  private final Town town = Town.shared();

  @Test
  void a_certain_owner_gets_the_ticket_in_the_first_commit_and_the_history_says_why() {
    JsonNode ticket = take(Said.lamp());
    assertThat(ticket.path("state").asText()).isEqualTo("PENDING_SIGN");
    assertThat(ticket.path("owner").path("ground").path("how").asText()).isEqualTo("rule");
    assertThat(ticket.path("owner").path("ground").path("basis").asText()).isNotBlank();
    assertThat(ticket.path("place").path("street").asText()).isEqualTo("320113001");
    assertThat(ticket.path("deadlines")).isNotEmpty();
    assertThat(ticket.path("caller").path("phone").asText()).isEqualTo("138****0001");
    assertThat(ticket.path("caller").path("name").asText()).isEqualTo("王**");
    assertThat(ticket.path("registeredAt").asText()).endsWith("+08:00");

    JsonNode events = Town.json(town.get("operator1", path(ticket) + "/events")).path("events");
    assertThat(events).hasSize(ticket.path("version").asInt());
    assertThat(events.get(0).path("actor").path("user").asText()).isEqualTo("operator1");
    assertThat(events.get(3).path("rule").asText()).isEqualTo("auto-router");
    assertThat(events.get(3).path("actor").isNull()).isTrue();
    assertThat(events.get(3).path("hash").asText()).hasSize(64);
  }

  @Test
  void another_streets_ticket_does_not_exist() {
    JsonNode ticket = take(Said.lamp());
    for (String below : List.of("", "/events", "/actions")) {
      HttpResponse<String> answer = town.get("maqun1", path(ticket) + below);
      assertThat(answer.statusCode()).isEqualTo(404);
      assertThat(answer.body()).doesNotContain(ticket.path("number").asText());
    }
    assertThat(act("maqun1", ticket, "sign").statusCode()).isEqualTo(404);
    assertThat(town.get("yaohua1", path(ticket)).statusCode()).isEqualTo(200);
    assertThat(town.get("sysadmin1", path(ticket)).statusCode()).isEqualTo(404);
    HttpResponse<String> list =
        town.get("maqun1", "/api/v1/tickets?q=" + ticket.path("number").asText());
    assertThat(Town.json(list).path("tickets")).isEmpty();
  }

  @Test
  void a_part_that_somebody_may_not_see_is_not_told_to_them() {
    JsonNode whole = take(Said.lamp());
    String handler = town.handlerOf(whole.path("owner").path("unit").asText());
    HttpResponse<String> split =
        town.post(
            "dispatcher1",
            path(whole) + "/actions",
            "{\"action\":\"split\",\"words\":\"还有一处井盖缺失\",\"version\":"
                + whole.path("version")
                + "}");
    assertThat(split.statusCode()).as(split.body()).isEqualTo(200);
    JsonNode centre = Town.json(town.get("dispatcher1", path(whole)));
    String part = centre.path("life").path("split").path(0).asText();
    assertThat(part).isNotEmpty();

    // The lamps' unit works by unit: a part without an owner is not its own.
    assertThat(town.get(handler, "/api/v1/tickets/" + part).statusCode()).isEqualTo(404);
    for (String told : List.of(path(whole), path(whole) + "/events"))
      assertThat(town.get(handler, told).body()).doesNotContain(part);
    JsonNode its = Town.json(town.get("dispatcher1", "/api/v1/tickets/" + part));
    assertThat(its.path("life").path("origin").asText()).isEqualTo(whole.path("id").asText());
  }

  @Test
  void a_complaint_hides_its_caller_from_everybody_who_does_not_speak_with_them() {
    ObjectNode report =
        Said.lamp()
            .put("type", "complaint")
            .put("address", "和燕路251号12幢502室")
            .put("words", "路灯不亮,路灯坏了,我住12幢502室,电话13800000001,钱某某");
    report.withObject("/caller").put("name", "钱某某");
    JsonNode ticket = take(report);
    String handler = town.handlerOf(ticket.path("owner").path("unit").asText());

    assertThat(ticket.path("words").asText()).contains("502室");
    HttpResponse<String> hidden = town.get(handler, path(ticket));
    assertThat(hidden.body()).contains("路灯坏了").doesNotContain("13800000001", "502室", "251号", "钱某某");
    assertThat(Town.json(hidden).path("caller").isNull()).isTrue();
    assertThat(town.get(handler, path(ticket) + "/events").body())
        .doesNotContain("13800000001", "502室", "钱某某");
    assertThat(town.get("operator2", path(ticket)).body()).contains("502室");
  }

  @Test
  void nobody_outside_the_centre_learns_that_a_confidential_caller_exists() {
    ObjectNode report = Said.lamp();
    report
        .putObject("caller")
        .put("phone", "13800000002")
        .put("name", "李样例")
        .put("confidential", true);
    JsonNode ticket = take(report);
    assertThat(ticket.path("caller").path("confidential").asBoolean()).isTrue();
    String handler = town.handlerOf(ticket.path("owner").path("unit").asText());
    HttpResponse<String> hidden = town.get(handler, path(ticket));
    assertThat(Town.json(hidden).path("caller").isNull()).isTrue();
    assertThat(hidden.body()).doesNotContain("****", "李样例");
  }

  @Test
  void confidence_holds_for_somebody_who_left_a_name_but_no_number() {
    ObjectNode report = Said.lamp().put("channel", "counter").put("words", "路灯不亮,路灯坏了,钱某某说");
    report.putObject("caller").put("name", "钱某某").put("confidential", true);
    JsonNode ticket = take(report);
    assertThat(ticket.path("caller").path("confidential").asBoolean()).isTrue();
    String handler = town.handlerOf(ticket.path("owner").path("unit").asText());
    for (String below : List.of("", "/events")) {
      assertThat(town.get(handler, path(ticket) + below).body()).doesNotContain("钱某某", "钱**");
    }
    JsonNode own = Town.json(town.get("operator1", path(ticket)));
    assertThat(own.path("caller")).isEqualTo(ticket.path("caller"));
  }

  @Test
  void a_name_without_a_number_is_kept_out_of_a_complaints_words() {
    ObjectNode report =
        Said.lamp()
            .put("channel", "counter")
            .put("type", "complaint")
            .put("words", "路灯不亮,路灯坏了,店主知道是钱某某说的");
    report.putObject("caller").put("name", "钱某某");
    JsonNode ticket = take(report);
    String handler = town.handlerOf(ticket.path("owner").path("unit").asText());
    for (String below : List.of("", "/events")) {
      assertThat(town.get(handler, path(ticket) + below).body())
          .contains("路灯坏了")
          .doesNotContain("钱某某");
    }
    JsonNode own = Town.json(town.get("operator1", path(ticket)));
    assertThat(own.path("caller")).isEqualTo(ticket.path("caller"));
  }

  @Test
  void looking_at_a_caller_needs_the_right_and_a_reason_and_is_written_down() throws Exception {
    JsonNode ticket = take(Said.lamp());
    String path = path(ticket) + "/caller";
    assertThat(
            town.post("chief1", path, "{\"purpose\":\"call_back\",\"reason\":\"回访\"}").statusCode())
        .isEqualTo(403);
    assertThat(
            town.post("operator1", path, "{\"purpose\":\"call_back\",\"reason\":\"  \"}")
                .statusCode())
        .isEqualTo(400);
    assertThat(town.post("operator1", path, "{\"reason\":\"回访\"}").statusCode()).isEqualTo(400);
    assertThat(looks(ticket)).isZero();
    JsonNode caller =
        Town.json(town.post("operator1", path, "{\"purpose\":\"call_back\",\"reason\":\"回访\"}"));
    assertThat(caller.path("phone").asText()).isEqualTo("+8613800000001");
    assertThat(caller.path("name").asText()).isEqualTo("王样例");
    assertThat(looks(ticket)).isEqualTo(1);
    assertThat(reasons()).isNotEmpty().noneMatch(reason -> reason.contains("回访"));
  }

  @Test
  void an_illegal_action_names_the_legal_ones_whatever_its_fields() {
    JsonNode ticket = take(Said.lamp());
    for (String fields : List.of("", ",\"condition\":\"solved\"")) {
      HttpResponse<String> answer =
          town.post(
              "chief1",
              path(ticket) + "/actions",
              "{\"action\":\"close\",\"version\":" + ticket.path("version") + fields + "}");
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
      JsonNode problem = Town.json(answer);
      assertThat(problem.path("code").asText()).isEqualTo("illegal_action");
      assertThat(problem.path("legal"))
          .extracting(JsonNode::asText)
          .startsWith("sign")
          .contains("return", "urge")
          .doesNotContain("close", "feedback", "archive");
    }
    assertThat(act("chief1", ticket, "sign").statusCode()).isEqualTo(403);
    assertThat(act("chief1", ticket, "fly").statusCode()).isEqualTo(400);
  }

  @Test
  void who_acts_on_an_old_version_gets_the_current_ticket() {
    JsonNode ticket = take(Said.lamp());
    String handler = town.handlerOf(ticket.path("owner").path("unit").asText());
    JsonNode signed = Town.json(act(handler, ticket, "sign"));
    assertThat(signed.path("state").asText()).isEqualTo("HANDLING");
    HttpResponse<String> late = act(handler, ticket, "sign");
    assertThat(late.statusCode()).isEqualTo(409);
    assertThat(Town.json(late).path("code").asText()).isEqualTo("version_conflict");
    assertThat(Town.json(late).path("ticket").path("version")).isEqualTo(signed.path("version"));
    assertThat(Town.json(late).path("ticket").path("state").asText()).isEqualTo("HANDLING");
  }

  @Test
  void the_offered_actions_are_the_ones_that_work() {
    JsonNode ticket = take(Said.lamp());
    String handler = town.handlerOf(ticket.path("owner").path("unit").asText());
    JsonNode offered = Town.json(town.get(handler, path(ticket) + "/actions"));
    assertThat(offered.path("version")).isEqualTo(ticket.path("version"));
    assertThat(offered.path("actions"))
        .extracting(a -> a.path("action").asText())
        .containsExactly("sign", "return");
    JsonNode ground = offered.path("actions").get(1).path("fields").get(0);
    assertThat(ground.path("type").asText()).isEqualTo("choice");
    assertThat(ground.path("options")).isNotEmpty();
    assertThat(Town.json(town.get("operator1", path(ticket) + "/actions")).path("actions"))
        .isNotEmpty()
        .noneMatch(a -> a.path("task").asBoolean());
  }

  @Test
  void an_unclear_report_waits_with_candidates_and_a_person_decides() {
    JsonNode ticket = take(Said.report("出了点问题,请派人看看", 118.8445, 32.1204));
    assertThat(ticket.path("state").asText()).isEqualTo("REGISTERED");
    JsonNode accepted =
        Town.json(
            town.post(
                "chief1",
                path(ticket) + "/actions",
                "{\"action\":\"accept\",\"version\":1,\"category\":{\"kind\":\"event\",\"code\":\"01037\"}}"));
    assertThat(accepted.path("state").asText()).isEqualTo("PENDING_FILING");
    assertThat(accepted.path("category").path("nameEn").asText()).isEqualTo("Street lamp fault");
  }

  @Test
  void pages_follow_each_other_without_gap_or_repetition() {
    List<String> taken = new ArrayList<>();
    for (int i = 0; i < 7; i++) taken.add(take(Said.lamp()).path("number").asText());
    Set<String> seen = new HashSet<>();
    String cursor = "";
    do {
      JsonNode page =
          Town.json(
              town.get(
                  "chief1",
                  "/api/v1/tickets?state=open&area=320113001&limit=3"
                      + (cursor.isEmpty()
                          ? ""
                          : "&cursor="
                              + java.net.URLEncoder.encode(
                                  cursor, java.nio.charset.StandardCharsets.UTF_8))));
      assertThat(page.path("tickets").size()).isLessThanOrEqualTo(3);
      for (JsonNode t : page.path("tickets"))
        assertThat(seen.add(t.path("number").asText())).isTrue();
      cursor = page.path("next").asText("");
      if (page.path("next").isNull()) cursor = "";
    } while (!cursor.isEmpty());
    assertThat(seen).containsAll(taken);
  }

  @Test
  void actionable_lists_only_what_this_person_may_act_on() {
    JsonNode ticket = take(Said.lamp());
    String handler = town.handlerOf(ticket.path("owner").path("unit").asText());
    JsonNode mine = Town.json(town.get(handler, "/api/v1/tickets?actionable=true&limit=200"));
    assertThat(mine.path("tickets"))
        .extracting(t -> t.path("number").asText())
        .contains(ticket.path("number").asText());
    JsonNode checkers = Town.json(town.get("checker1", "/api/v1/tickets?actionable=true"));
    assertThat(checkers.path("tickets"))
        .extracting(t -> t.path("state").asText())
        .allMatch(s -> s.equals("CHECKING"));
  }

  private JsonNode take(ObjectNode report) {
    HttpResponse<String> answer = town.report("operator1", report.toString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return Town.json(answer);
  }

  private HttpResponse<String> act(String user, JsonNode ticket, String action) {
    return town.post(
        user,
        path(ticket) + "/actions",
        "{\"action\":\"" + action + "\",\"version\":" + ticket.path("version") + "}");
  }

  private static String path(JsonNode ticket) {
    return "/api/v1/tickets/" + ticket.path("id").asText();
  }

  private List<String> reasons() throws Exception {
    List<String> reasons = new ArrayList<>();
    try (var connection = TestDatabase.connectTo(town.databaseUrl());
        var all = connection.createStatement();
        var rows = all.executeQuery("SELECT reason FROM access_look")) {
      while (rows.next()) reasons.add(rows.getString(1));
    }
    return reasons;
  }

  private int looks(JsonNode ticket) throws Exception {
    try (var connection = TestDatabase.connectTo(town.databaseUrl());
        var count =
            connection.prepareStatement("SELECT count(*) FROM access_look WHERE ticket_id = ?")) {
      count.setLong(1, ticket.path("id").asLong());
      var rows = count.executeQuery();
      rows.next();
      return rows.getInt(1);
    }
  }
}
