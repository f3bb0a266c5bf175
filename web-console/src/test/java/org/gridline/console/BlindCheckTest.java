package org.gridline.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gridline.console.Answers.assertProblem;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whoever checks learns neither whose work it is nor who reported it, whatever they ask for. */
class BlindCheckTest {
  private final Town town = Town.shared();

  @Test
  void no_answer_to_a_checker_names_the_unit_or_the_caller() {
    JsonNode ticket = Town.json(town.report("operator1", Said.lamp().toString()));
    String unit = ticket.path("owner").path("unit").asText();
    String unitName = ticket.path("owner").path("name").asText();
    String handler = town.handlerOf(unit);
    act(handler, ticket, "{\"action\":\"sign\"");
    act(
        handler,
        ticket,
        "{\"action\":\"feedback\",\"result\":\"solved\",\"words\":\"" + unitName + "已修好\"");
    act("dispatcher1", ticket, "{\"action\":\"pass\"");
    String checker = whole(ticket).path("checker").path("user").asText();
    String other = checker.equals("checker1") ? "checker2" : "checker1";

    for (String path : List.of("", "/events", "/actions", "/attachments"))
      assertProblemless(town.get(checker, path(ticket) + path));
    List<String> bodies = new ArrayList<>();
    for (String asked :
        List.of(
            path(ticket),
            path(ticket) + "/events",
            path(ticket) + "/actions",
            path(ticket) + "/attachments",
            path(ticket) + "/presence",
            "/api/v1/tickets?limit=200",
            "/api/v1/tickets?actionable=true",
            "/api/v1/tickets?q=" + ticket.path("number").asText(),
            "/api/v1/notices?open=false"))
      bodies.add(asked + " " + town.get(checker, asked).body());
    assertThat(bodies)
        .allSatisfy(
            body ->
                assertThat(body)
                    .doesNotContain("\"" + unit + "\"", unitName, handler, "王样例", "138****"));

    JsonNode seen = Town.json(town.get(checker, path(ticket)));
    assertThat(seen.path("state").asText()).isEqualTo("CHECKING");
    assertThat(seen.path("position").isObject()).isTrue();
    assertThat(seen.path("words").asText()).contains("路灯");
    for (String hidden : List.of("unit", "owner", "caller", "life", "componentDetails", "checker"))
      assertThat(seen.path(hidden).isNull()).as(hidden).isTrue();
    JsonNode history = Town.json(town.get(checker, path(ticket) + "/events")).path("events");
    assertThat(history).hasSize(1);
    assertThat(history.get(0).path("actor").isNull()).isTrue();

    // Neither by asking for units one by one nor by counting does it come out.
    assertThat(numbers(town.get(checker, "/api/v1/tickets?limit=200")))
        .contains(ticket.path("number").asText());
    assertThat(numbers(town.get(checker, "/api/v1/tickets?unit=" + unit))).isEmpty();
    assertProblem(town.get(other, path(ticket)), 404, "not_found", "");
    assertThat(numbers(town.get(other, "/api/v1/tickets?limit=200")))
        .doesNotContain(ticket.path("number").asText());

    // What comes of it looks the same whether it is repeated or not, and then it is gone.
    JsonNode answer = act(checker, ticket, "{\"action\":\"check\"");
    assertThat(answer.path("state").asText()).isEqualTo("REVISITING");
    assertThat(answer.path("owner").isNull()).isTrue();
    assertThat(answer.path("deadlines")).isEmpty();
    assertProblem(town.get(checker, path(ticket)), 404, "not_found", "");
  }

  @Test
  void whom_the_lot_fell_on_is_for_those_who_may_have_another_drawn() {
    JsonNode ticket = Town.json(town.report("operator1", Said.lamp().toString()));
    String handler = town.handlerOf(ticket.path("owner").path("unit").asText());
    act(handler, ticket, "{\"action\":\"sign\"");
    act(handler, ticket, "{\"action\":\"feedback\",\"result\":\"solved\",\"words\":\"已修好\"");
    act("dispatcher1", ticket, "{\"action\":\"pass\"");
    assertThat(whole(ticket).path("checker").path("user").asText()).startsWith("checker");
    assertThat(town.get("chief1", path(ticket) + "/events").body()).contains("\"pool\"");
    for (String who : List.of(handler, "operator1", "dispatcher1")) {
      assertThat(Town.json(town.get(who, path(ticket))).path("checker").isNull()).as(who).isTrue();
      assertThat(town.get(who, path(ticket) + "/events").body()).as(who).doesNotContain("\"pool\"");
    }
  }

  private static void assertProblemless(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  private static List<String> numbers(HttpResponse<String> page) {
    List<String> numbers = new ArrayList<>();
    for (JsonNode t : Town.json(page).path("tickets")) numbers.add(t.path("number").asText());
    return numbers;
  }

  private JsonNode whole(JsonNode ticket) {
    return Town.json(town.get("chief1", path(ticket)));
  }

  private JsonNode act(String user, JsonNode ticket, String begun) {
    String body = begun + ",\"version\":" + whole(ticket).path("version").asInt() + "}";
    HttpResponse<String> answer = town.post(user, path(ticket) + "/actions", body);
    assertProblemless(answer);
    return Town.json(answer);
  }

  private static String path(JsonNode ticket) {
    return "/api/v1/tickets/" + ticket.path("id").asText();
  }
}
