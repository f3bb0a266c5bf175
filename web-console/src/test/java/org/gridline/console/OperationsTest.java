package org.gridline.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.gridline.console.measure.Measures;
import org.gridline.dispatch.intake.Channel;
import org.gridline.dispatch.place.Place;
import org.gridline.dispatch.store.Desk;
import org.gridline.dispatch.store.StatementWatch.Kind;
import org.gridline.dispatch.ticket.ActionKind;
import org.junit.jupiter.api.Test;

/** The operator's page tells what is there, and all of it. */
class OperationsTest {
  private static final Pattern HELP = Pattern.compile("(?m)^# HELP (gridline_\\w+) ");
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `(gridline_\\w+)");
  private static final Pattern ASKED = Pattern.compile("(gridline_\\w+)\\{");
  private static final Pattern CHECK = Pattern.compile("(?m)^\\| `([a-z-]+)` \\| (?:是|否)");

  @Test
  void every_measure_stands_on_the_page_and_every_one_on_the_page_exists() throws IOException {
    assertThat(documented(ROW)).isEqualTo(measured());
  }

  @Test
  void every_check_stands_on_the_page() throws IOException {
    Town town = Town.shared();
    HttpResponse<String> answer = town.send(town.request("/health/ready"));
    assertThat(answer.statusCode()).isEqualTo(200);
    JsonNode body = Town.json(answer);
    assertThat(body.path("status").asText()).isEqualTo("up");
    assertThat(body.path("causes").isArray()).isTrue();
    Set<String> checks = new TreeSet<>();
    for (JsonNode detail : body.path("details")) {
      checks.add(detail.path("name").asText());
      assertThat(detail.path("since").asText()).endsWith("Z");
    }
    // The test's database is not the launcher's, so nothing is known of its disk.
    checks.add("disk-database");
    assertThat(documented(CHECK)).isEqualTo(checks);
  }

  @Test
  void strangers_hear_the_causes_and_no_details() {
    Town town = Town.shared();
    JsonNode body =
        Town.json(
            town.send(town.request("/health/ready").header("X-Forwarded-For", "203.0.113.7")));
    assertThat(body.path("status").asText()).isEqualTo("up");
    assertThat(body.has("causes")).isTrue();
    assertThat(body.has("details")).isFalse();
  }

  @Test
  void the_dashboard_asks_only_for_what_is_measured() throws IOException {
    JsonNode dashboard =
        new ObjectMapper()
            .readTree(Files.readString(Desk.repository().resolve("config/grafana/gridline.json")));
    String asked =
        dashboard.findValues("expr").stream()
            .map(JsonNode::asText)
            .collect(Collectors.joining(" "));
    Set<String> names =
        ASKED
            .matcher(asked)
            .results()
            .map(m -> m.group(1).replaceFirst("_(bucket|count|sum)$", ""))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(names).hasSizeGreaterThan(30);
    assertThat(measured()).containsAll(names);
  }

  private static Set<String> measured() {
    // Some measures begin with the first thing to count; here everything happens once.
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    Measures measures = new Measures(registry);
    measures.requestBegins();
    measures.requestEnds("/x", "GET", 200, 1);
    measures.problem("/x", "not_found");
    measures.reportTaken(Channel.PHONE, Place.Flag.OK, true);
    measures.reportRefused(Optional.empty(), "invalid_request");
    measures.reportRepeated();
    measures.acted(ActionKind.SIGN, "done");
    measures.begins();
    measures.ends("intake", Kind.WRITE, "57014", 1);
    Town town = Town.shared();
    String all = measures.scrape() + town.send(town.request("/metrics")).body();
    return names(HELP, all);
  }

  private static Set<String> documented(Pattern row) throws IOException {
    return names(row, Files.readString(Desk.repository().resolve("docs/operations.md")));
  }

  private static Set<String> names(Pattern pattern, String text) {
    return pattern
        .matcher(text)
        .results()
        .map((MatchResult m) -> m.group(1).replaceFirst("_max$", ""))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
