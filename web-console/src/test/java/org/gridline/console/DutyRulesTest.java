package org.gridline.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpResponse;
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
    JsonNode ticket = Town.json(TOWN.report("operator1", Said.lampInMaqun().toString()));
    String id = ticket.path("id").asText();
    act("ludeng1", id, "return", declined("QX-JT"));
    act("dispatcher1", id, "approveReturn", Map.of());
    act("dispatcher1", id, "dispatch", Map.of("unit", "QX-JT", "reason", "改派"));
    act("jiaotong1", id, "return", declined("QX-CG-ZM"));
    act("dispatcher1", id, "escalate", Map.of("reason", "两家都不认"));
    act("commander1", id, "rule", Map.of("unit", "QX-JT", "becomes", "street", "reason", "按权责清单"));
    Await.until(() -> !ruled("operator1").isEmpty());
    assertThat(ruled("operator1"))
        .singleElement()
        .satisfies(
            r -> {
              assertThat(r.path("unit").asText()).isEqualTo("QX-JT");
              assertThat(r.path("basis").asText()).contains(ticket.path("number").asText());
              assertThat(r.path("holds").asBoolean()).isTrue();
            });
    assertThat(ruled("lvhua1"))
        .singleElement()
        .satisfies(
            r ->
                assertThat(r.path("basis").asText())
                    .isNotBlank()
                    .doesNotContain(ticket.path("number").asText()));
  }

  private static Map<String, String> declined(String proposed) {
    return Map.of("ground", "wrongDuty", "proposedUnit", proposed, "reason", "不属我单位职责");
  }

  private static List<JsonNode> ruled(String user) {
    return rules(user).stream().filter(r -> r.path("ruling").asBoolean()).toList();
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
