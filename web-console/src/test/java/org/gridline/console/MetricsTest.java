package org.gridline.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What an operator's Prometheus gets to see, and who else does. */
class MetricsTest {
  private final Town town = Town.shared();

  @Test
  void a_report_is_counted_by_channel_flag_and_outcome_and_a_repeat_apart() {
    double routed =
        value("gridline_reports_total{channel=\"phone\",flag=\"ok\",outcome=\"routed\"}");
    double repeated = value("gridline_reports_repeated_total");
    String key = UUID.randomUUID().toString();
    assertThat(town.report("operator1", key, Said.lamp().toString()).statusCode()).isEqualTo(201);
    assertThat(town.report("operator1", key, Said.lamp().toString()).statusCode()).isEqualTo(200);
    assertThat(value("gridline_reports_total{channel=\"phone\",flag=\"ok\",outcome=\"routed\"}"))
        .isGreaterThanOrEqualTo(routed + 1);
    assertThat(value("gridline_reports_repeated_total")).isGreaterThanOrEqualTo(repeated + 1);
  }

  @Test
  void refusals_are_counted_by_code() {
    ObjectNode nowhere = Said.lamp();
    nowhere.remove("position");
    assertThat(town.report("operator1", nowhere.toString()).statusCode()).isEqualTo(422);
    assertThat(value("gridline_reports_refused_total{channel=\"phone\",code=\"place_missing\"}"))
        .isPositive();
    assertThat(town.report("operator1", "no json").statusCode()).isEqualTo(400);
    assertThat(
            value("gridline_reports_refused_total{channel=\"unknown\",code=\"invalid_request\"}"))
        .isPositive();
    assertThat(
            value("gridline_http_problems_total{code=\"place_missing\",route=\"/api/v1/reports\"}"))
        .isPositive();
  }

  @Test
  void actions_are_counted_with_who_was_too_late() {
    JsonNode ticket = Town.json(town.report("operator1", Said.lamp().toString()));
    String unit = ticket.path("owner").path("unit").path("code").asText();
    if (unit.isEmpty()) unit = ticket.path("owner").path("unit").asText();
    String actions = "/api/v1/tickets/" + ticket.path("id").asLong() + "/actions";
    String body = "{\"action\":\"sign\",\"version\":" + ticket.path("version").asInt() + "}";
    assertThat(town.post(town.handlerOf(unit), actions, body).statusCode()).isEqualTo(200);
    assertThat(town.post(town.handlerOf(unit), actions, body).statusCode()).isEqualTo(409);
    assertThat(value("gridline_actions_total{action=\"sign\",result=\"done\"}")).isPositive();
    assertThat(value("gridline_actions_total{action=\"sign\",result=\"version_conflict\"}"))
        .isPositive();
  }

  @Test
  void labels_hold_templates_and_nothing_that_people_send() {
    town.get("operator1", "/api/v1/tickets/424242424242/events");
    town.get("operator1", "/api/v1/addresses?q=secretstreet");
    town.get("operator1", "/api/v1/nosuchthing/13800001234");
    town.send(town.request("/wp-admin/x.php"));
    town.send(
        town.request("/api/v1/city")
            .method("BREW", java.net.http.HttpRequest.BodyPublishers.noBody()));
    String text = scrape();
    assertThat(text)
        .contains("route=\"/api/v1/tickets/:id/events\"")
        .contains("route=\"none\"")
        .doesNotContain("424242424242", "secretstreet", "13800001234", "wp-admin", "BREW");
  }

  @Test
  void what_an_alarm_needs_is_there_with_a_value() {
    assertThat(town.report("operator1", Said.lamp().toString()).statusCode()).isEqualTo(201);
    String text = scrape();
    for (String name :
        new String[] {
          "gridline_log_position",
          "gridline_log_horizon_age_seconds",
          "gridline_log_unsealed_age_seconds",
          "gridline_log_sealer_silence_seconds",
          "gridline_anchor_age_seconds",
          "gridline_live_clients",
          "gridline_database_bytes",
          "gridline_disk_free_bytes{place=\"data\"}",
          "gridline_health_state{check=\"database\"}",
          "vertx_pool_in_use",
          "vertx_pool_queue_pending",
          "process_cpu_usage",
          "jvm_memory_used_bytes"
        }) {
      assertThat(text.lines().filter(l -> l.startsWith(name)).toList())
          .as(name)
          .isNotEmpty()
          .allSatisfy(l -> assertThat(l).doesNotEndWith("NaN"));
    }
    assertThat(text)
        .contains("gridline_build_info{")
        .contains("gridline_http_request_seconds_bucket");
    assertThat(text)
        .contains("gridline_database_statement_seconds_count{kind=\"write\",part=\"intake\"}");
  }

  @Test
  void from_elsewhere_only_with_the_operators_token() throws IOException {
    assertThat(forwarded("").statusCode()).isEqualTo(404);
    assertThat(forwarded("Bearer ").statusCode()).isEqualTo(404);
    Path file = town.data().resolve("secrets/metrics.token");
    String token = UUID.randomUUID().toString() + UUID.randomUUID();
    try {
      Files.writeString(file, token + "\n");
      assertThat(forwarded("Bearer " + token).statusCode()).isEqualTo(200);
      assertThat(forwarded("Bearer " + token + "x").statusCode()).isEqualTo(404);
      assertThat(forwarded("Bearer").statusCode()).isEqualTo(404);
      Files.writeString(file, "short");
      assertThat(forwarded("Bearer short").statusCode()).isEqualTo(404);
      Files.writeString(file, "");
      assertThat(forwarded("Bearer ").statusCode()).isEqualTo(404);
    } finally {
      Files.deleteIfExists(file);
    }
    assertThat(forwarded("Bearer " + token).statusCode()).isEqualTo(404);
  }

  private HttpResponse<String> forwarded(String authorization) {
    var request = town.request("/metrics").header("X-Forwarded-For", "203.0.113.7");
    return town.send(
        authorization.isEmpty() ? request : request.header("Authorization", authorization));
  }

  private String scrape() {
    HttpResponse<String> answer = town.send(town.request("/metrics"));
    assertThat(answer.statusCode()).isEqualTo(200);
    return answer.body();
  }

  private double value(String series) {
    return Arrays.stream(scrape().split("\n"))
        .filter(l -> l.startsWith(series + " "))
        .mapToDouble(l -> Double.parseDouble(l.substring(series.length() + 1)))
        .findFirst()
        .orElse(0);
  }
}
