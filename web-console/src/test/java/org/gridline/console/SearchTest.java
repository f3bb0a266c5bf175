package org.gridline.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both searches as programs see them: nobody finds what they may not read. */
class SearchTest {
  private static final String WORDS = "路灯不亮,路灯坏了,晚上黑灯瞎火";
  private final Town town = Town.shared();

  @Test
  void a_ticket_is_found_by_its_words_within_the_scope() {
    JsonNode ticket = take(Said.lamp().put("words", WORDS + ",靠近琉璃牌坊"));
    awaitFound("operator1", "琉璃牌坊");
    JsonNode found = list("yaohua1", "琉璃 路灯", "&state=open&sort=due&area=320113001");
    assertThat(found.path("total").asInt()).isOne();
    assertThat(found.path("tickets").get(0).path("id")).isEqualTo(ticket.path("id"));
    for (String outside : List.of("maqun1", "sysadmin1")) {
      JsonNode nothing = list(outside, "琉璃牌坊", "");
      assertThat(nothing.path("tickets")).isEmpty();
      assertThat(nothing.path("total").asInt()).isZero();
    }
    assertThat(list("yaohua1", "琉璃牌坊", "&state=CLOSED").path("total").asInt()).isZero();
  }

  @Test
  void what_is_hidden_from_somebody_does_not_lead_them_to_the_ticket() {
    ObjectNode report =
        Said.lamp().put("type", "complaint").put("words", WORDS + ",靠近玛瑙亭,我住87幢6603室,我叫钱晶晶");
    report.withObject("/caller").put("name", "钱晶晶");
    JsonNode ticket = take(report);
    String handler = town.handlerOf(ticket.path("owner").path("unit").asText());
    awaitFound("operator1", "玛瑙亭");
    assertThat(list(handler, "玛瑙亭", "").path("total").asInt()).isOne();
    for (String hidden : List.of("6603", "87幢", "6603室", "钱晶晶", "晶晶"))
      assertThat(list(handler, "玛瑙亭 " + hidden, "").path("total").asInt()).as(hidden).isZero();
    assertThat(list("operator2", "6603室", "").path("total").asInt()).isOne();
  }

  @Test
  void the_beginning_of_a_number_still_leads_to_it() {
    String number = take(Said.lamp()).path("number").asText();
    JsonNode found = list("operator1", number, "");
    assertThat(found.path("tickets")).hasSize(1);
    assertThat(found.path("total").isNull()).isTrue();
    assertThat(list("operator1", number.substring(0, 6), "").path("tickets")).isNotEmpty();
    assertThat(list("operator1", number.substring(0, 1), "").path("tickets")).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"*", "*亮", "centre:路灯", "路灯 OR *", "(((", "\"", "😀", "路灯~2", "' OR 1=1 --"})
  void signs_are_no_syntax(String q) {
    assertThat(town.get("maqun1", path(q, "")).statusCode()).isEqualTo(200);
    assertThat(town.get("operator1", path(q, "&actionable=true")).statusCode()).isEqualTo(200);
  }

  @Test
  void too_much_text_and_a_foreign_cursor_are_refused() {
    Answers.assertProblem(
        town.get("operator1", path("路灯".repeat(150), "")), 400, "invalid_request", "q");
    Answers.assertProblem(
        town.get("operator1", path("路灯", "&sort=due&cursor=12")), 400, "invalid_request", "cursor");
  }

  @Test
  void addresses_are_suggested_by_initials_with_the_parts_that_fit() {
    Await.until(() -> !addresses("yhmdtz").isEmpty());
    JsonNode first = addresses("yhmdtz").get(0);
    assertThat(first.path("name").asText()).isEqualTo("尧化门地铁站");
    assertThat(first.path("synthetic").isBoolean()).isTrue();
    assertThat(first.path("matched").path("name").asText()).isEqualTo("尧化门地铁站");
    assertThat(first.path("matched").path("ranges").get(0).path("to").asInt()).isEqualTo(6);
    assertThat(addresses("尧化街道").get(0).path("kind").asText()).isEqualTo("street");
  }

  @Test
  void operators_see_how_far_the_index_is() throws IOException {
    String metrics = town.get("operator1", "/metrics").body();
    assertThat(metrics)
        .contains("gridline_search_lag", "gridline_search_ready", "gridline_search_repaired");
  }

  private JsonNode addresses(String q) {
    String path = "/api/v1/addresses?q=" + URLEncoder.encode(q, StandardCharsets.UTF_8);
    return Town.json(town.get("operator1", path)).path("addresses");
  }

  private void awaitFound(String user, String q) {
    Await.until(() -> list(user, q, "").path("total").asInt() > 0);
  }

  private JsonNode list(String user, String q, String more) {
    return Town.json(town.get(user, path(q, more)));
  }

  private static String path(String q, String more) {
    return "/api/v1/tickets?q=" + URLEncoder.encode(q, StandardCharsets.UTF_8) + more;
  }

  private JsonNode take(ObjectNode report) {
    HttpResponse<String> answer = town.report("operator1", report.toString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return Town.json(answer);
  }
}
