package org.gridline.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gridline.dispatch.store.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The dispatch catalogue as people read it. */
class DutyRulesTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PATH = "/api/v1/duty-rules";
  private static final Town TOWN = Town.open(TestDatabase.fresh(), Town.folder());

  @AfterAll
  static void closes() {
    TOWN.close();
  }

  @Test
  void each_rule_names_its_unit_its_ground_and_its_dates() {
    assertThat(TOWN.send(TOWN.request(PATH)).statusCode()).isEqualTo(401);
    Set<String> units = new HashSet<>();
    Town.json(TOWN.get("ludeng1", "/api/v1/units"))
        .path("units")
        .forEach(u -> units.add(u.path("code").asText()));
    List<JsonNode> rules = rules("ludeng1");
    assertThat(rules).isNotEmpty();
    for (JsonNode rule : rules) {
      assertThat(rule.path("basis").asText()).isNotBlank();
      String unit = rule.path("unit").asText();
      assertThat(unit.startsWith("@") || units.contains(unit)).as(unit).isTrue();
      assertThat(rule.has("validFrom") && rule.has("validTo")).isTrue();
    }
  }

  @Test
  void a_ruling_stands_in_it_and_names_its_ticket_to_those_alone_who_see_the_district() {
    JsonNode ticket = disputed();
    String rule = ruled(ticket);
    assertThat(rule("operator1", rule).path("unit").asText()).isEqualTo("QX-JT");
    assertThat(rule("operator1", rule).path("basis").asText())
        .contains(ticket.path("number").asText());
    assertThat(rule("operator1", rule).path("holds").asBoolean()).isTrue();
    assertThat(rule("lvhua1", rule).path("basis").asText())
        .isNotBlank()
        .doesNotContain(ticket.path("number").asText());
  }

  @Test
  void whoever_may_rule_ends_a_ruling_and_everybody_sees_until_when_it_holds() {
    JsonNode ticket = disputed();
    String id = ruled(ticket);
    assertThat(end("operator1", id, later(0), "不再适用").statusCode()).isEqualTo(403);
    assertThat(end("commander1", id, later(-1), "不再适用").statusCode()).isEqualTo(422);
    assertThat(end("commander1", id, later(9_000), "不再适用").statusCode()).isEqualTo(422);
    assertThat(end("commander1", id, "2026-02-30", "不再适用").statusCode()).isEqualTo(400);
    assertThat(end("commander1", id, later(30), "x").statusCode()).isEqualTo(400);
    assertThat(end("commander1", "QX-001", later(30), "不再适用").statusCode()).isEqualTo(404);

    assertThat(end("commander1", id, later(30), "权责清单将修订").statusCode()).isEqualTo(200);
    HttpResponse<String> today = end("commander1", id, later(0), "权责清单已修订");
    assertThat(today.statusCode()).as(today.body()).isEqualTo(200);
    assertThat(Town.json(today).path("over").asBoolean()).isTrue();
    // This node's table follows, as that of any other does.
    Await.until(() -> !rule("operator1", id).path("holds").asBoolean());
    assertThat(end("commander1", id, later(30), "还要再用").statusCode()).isEqualTo(404);

    for (String reader : List.of("operator1", "auditor1")) {
      JsonNode ends = rule(reader, id).path("ends");
      assertThat(ends).hasSize(2);
      assertThat(ends.path(0).path("by").path("user").asText()).isEqualTo("commander1");
      assertThat(ends.path(0).path("why").asText()).isEqualTo("权责清单已修订");
      assertThat(ends.path(0).path("validTo").asText()).isEqualTo(later(0));
      assertThat(ends.path(1).path("validTo").asText()).isEqualTo(later(30));
    }
    assertThat(rule("auditor1", id).path("basis").asText())
        .doesNotContain(ticket.path("number").asText());
    assertThat(rule("lvhua1", id).path("ends")).isEmpty();
    JsonNode next = Town.json(TOWN.report("operator1", Said.lampInMaqun().toString()));
    assertThat(next.path("unit").asText()).isEqualTo("QX-CG-ZM");
  }

  /** A ticket about which two units disagree, and which waits for the command centre. */
  private static JsonNode disputed() {
    JsonNode ticket = Town.json(TOWN.report("operator1", Said.lampInMaqun().toString()));
    String id = ticket.path("id").asText();
    if (!ticket.path("unit").asText().equals("QX-JT")) {
      act("ludeng1", id, "return", declined("QX-JT"));
      act("dispatcher1", id, "approveReturn", Map.of());
      act("dispatcher1", id, "dispatch", Map.of("unit", "QX-JT", "reason", "改派"));
      act("jiaotong1", id, "return", declined("QX-CG-ZM"));
    } else {
      act("jiaotong1", id, "return", declined("QX-CG-ZM"));
      act("dispatcher1", id, "approveReturn", Map.of());
      act("dispatcher1", id, "dispatch", Map.of("unit", "QX-CG-ZM", "reason", "改派"));
      act("ludeng1", id, "return", declined("QX-JT"));
    }
    act("dispatcher1", id, "escalate", Map.of("reason", "两家都不认"));
    return ticket;
  }

  /** Rules on it for ever; the id of the rule that it became. */
  private static String ruled(JsonNode ticket) {
    String id = ticket.path("id").asText();
    act("commander1", id, "rule", Map.of("unit", "QX-JT", "becomes", "street", "reason", "按权责清单"));
    String number = ticket.path("number").asText();
    Await.until(() -> rules("operator1").stream().anyMatch(r -> names(r, number)));
    return rules("operator1").stream()
        .filter(r -> names(r, number))
        .findFirst()
        .orElseThrow()
        .path("id")
        .asText();
  }

  private static boolean names(JsonNode rule, String number) {
    return rule.path("ruling").asBoolean() && rule.path("basis").asText().contains(number);
  }

  private static HttpResponse<String> end(String user, String rule, String validTo, String why) {
    String body = JSON.createObjectNode().put("validTo", validTo).put("why", why).toString();
    return TOWN.post(user, PATH + "/" + rule + "/end", body);
  }

  private static String later(int days) {
    return LocalDate.now(ZoneId.of("Asia/Shanghai")).plusDays(days).toString();
  }

  private static JsonNode rule(String user, String id) {
    return rules(user).stream()
        .filter(r -> r.path("id").asText().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private static Map<String, String> declined(String proposed) {
    return Map.of("ground", "wrongDuty", "proposedUnit", proposed, "reason", "不属我单位职责");
  }

  private static List<JsonNode> rules(String user) {
    HttpResponse<String> answer = TOWN.get(user, PATH);
    assertThat(answer.statusCode()).isEqualTo(200);
    List<JsonNode> rules = new ArrayList<>();
    Town.json(answer).path("rules").forEach(rules::add);
    return rules;
  }

  private static void act(String user, String id, String action, Map<String, String> fields) {
    String path = "/api/v1/tickets/" + id;
    ObjectNode body =
        JSON.createObjectNode()
            .put("action", action)
            .put("version", Town.json(TOWN.get(user, path)).path("version").asInt());
    fields.forEach(body::put);
    HttpResponse<String> answer = TOWN.post(user, path + "/actions", body.toString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }
}
