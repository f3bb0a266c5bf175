package org.gridline.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages, layers, health: what is served beside tickets. */
class PagesTest {
  private final Town town = Town.shared();

  @Test
  void every_address_of_the_page_is_the_page_and_files_are_files() {
    for (String path : List.of("/", "/tickets/12", "/setup")) {
      HttpResponse<String> page = town.send(town.request(path).header("Accept", "text/html"));
      assertThat(page.statusCode()).as(path).isEqualTo(200);
      assertThat(page.body()).contains("<title>Gridline</title>");
      assertThat(page.headers().firstValue("Cache-Control")).contains("no-cache");
    }
    HttpResponse<String> script = town.send(town.request("/assets/app-4f2a.js"));
    assertThat(script.headers().firstValue("Cache-Control").orElseThrow()).contains("immutable");
    assertThat(script.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("text/javascript");
    assertThat(
            town.send(town.request("/assets/gone.js").header("Accept", "text/html")).statusCode())
        .isEqualTo(404);
    assertThat(
            town.send(town.request("/tickets/12").header("Accept", "application/json"))
                .statusCode())
        .isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/../first-sign-in.txt",
        "/assets/../../first-sign-in.txt",
        "/..%2f..%2ffirst-sign-in.txt",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/assets/..%5c..%5cfirst-sign-in.txt",
        "//etc/passwd",
      })
  void no_address_leads_out_of_the_folder(String path) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), town.port())) {
      socket
          .getOutputStream()
          .write(
              ("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(answer).startsWith("HTTP/1.1 4").doesNotContain("Gridline-sample", "root:");
    }
  }

  @Test
  void every_answer_carries_the_security_headers() {
    for (String path : List.of("/", "/api/v1/city", "/api/v1/nothing", "/health/live")) {
      HttpResponse<String> answer = town.send(town.request(path));
      assertThat(answer.headers().firstValue("Content-Security-Policy").orElse(""))
          .as(path)
          .contains("default-src 'self'", "frame-ancestors 'none'");
      assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
      assertThat(answer.headers().firstValue("Referrer-Policy")).contains("no-referrer");
      assertThat(answer.headers().firstValue("Cross-Origin-Opener-Policy")).contains("same-origin");
    }
  }

  @Test
  void a_layer_comes_packed_once_and_is_known_by_its_tag_afterwards() throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<byte[]> packed =
          client.send(
              town.as("chief1", "/api/v1/boundaries/street")
                  .header("Accept-Encoding", "gzip")
                  .build(),
              BodyHandlers.ofByteArray());
      assertThat(packed.headers().firstValue("Content-Encoding")).contains("gzip");
      byte[] json = new GZIPInputStream(new ByteArrayInputStream(packed.body())).readAllBytes();
      JsonNode layer = Town.json(new String(json, StandardCharsets.UTF_8));
      assertThat(layer.path("features").size()).isGreaterThan(5);
      assertThat(layer.path("features").get(0).path("properties").path("code").asText())
          .isNotBlank();
      String tag = packed.headers().firstValue("ETag").orElseThrow();
      assertThat(tag).startsWith("\"");
      HttpResponse<byte[]> known =
          client.send(
              town.as("chief1", "/api/v1/boundaries/street")
                  .header("Accept-Encoding", "gzip")
                  .header("If-None-Match", tag)
                  .build(),
              BodyHandlers.ofByteArray());
      assertThat(known.statusCode()).isEqualTo(304);
      assertThat(known.body()).isEmpty();
    }
  }

  @Test
  void health_is_ready_and_measures_are_for_this_machine() {
    HttpResponse<String> ready = town.send(town.request("/health/ready"));
    assertThat(ready.statusCode()).as(ready.body()).isEqualTo(200);
    town.get("chief1", "/api/v1/addresses?q=secretplace");
    HttpResponse<String> metrics = town.send(town.request("/metrics"));
    assertThat(metrics.body())
        .contains("gridline_live_clients", "gridline_log_position", "vertx_pool")
        .doesNotContain("secretplace");
    assertThat(
            town.send(town.request("/metrics").header("X-Forwarded-For", "10.0.0.9")).statusCode())
        .isEqualTo(404);
  }

  @Test
  void a_position_is_located_and_an_address_found() {
    JsonNode located =
        Town.json(
            town.get("operator1", "/api/v1/locate?lon=118.8445&lat=32.1204&crs=WGS84&accuracy=5"));
    assertThat(located.path("areas"))
        .extracting(a -> a.path("layer").asText())
        .startsWith("district", "street", "community", "grid");
    assertThat(located.path("place").path("community").asText()).startsWith("320113001");
    assertThat(town.get("operator1", "/api/v1/locate?lon=118.8&lat=32.1").statusCode())
        .isEqualTo(422);
    assertThat(town.get("operator1", "/api/v1/locate?lat=32.1&crs=WGS84").statusCode())
        .isEqualTo(400);
    assertThat(town.get("operator1", "/api/v1/locate?lon=900&lat=900&crs=WGS84").statusCode())
        .isEqualTo(422);
    assertThat(
            town.get("operator1", "/api/v1/locate?lon=118.8&lat=32.1&crs=WGS84&accuracy=1e9")
                .statusCode())
        .isEqualTo(422);
    JsonNode found = Town.json(town.get("operator1", "/api/v1/addresses?q=%E5%B0%A7%E5%8C%96"));
    assertThat(found.path("addresses")).isNotEmpty();
    assertThat(found.path("addresses").get(0).path("areaName").asText()).isNotBlank();
  }

  @Test
  void the_vocabulary_names_everything_in_both_languages() {
    JsonNode words = Town.json(town.get("operator1", "/api/v1/vocabulary"));
    for (String list :
        List.of(
            "types",
            "urgencies",
            "channels",
            "states",
            "stages",
            "actions",
            "roles",
            "clocks",
            "lamps",
            "events")) {
      assertThat(words.path(list)).as(list).isNotEmpty();
      for (JsonNode entry : words.path(list)) {
        assertThat(entry.path("id").asText()).isNotBlank();
        assertThat(entry.path("name").path("zh").asText()).isNotBlank();
        assertThat(entry.path("name").path("en").asText()).isNotBlank();
      }
    }
    assertThat(words.path("states").get(0).path("stage").asText()).isEqualTo("COLLECT");
    assertThat(words.path("forms")).hasSameSizeAs(words.path("actions"));
    for (JsonNode form : words.path("forms"))
      for (JsonNode field : form.path("fields"))
        assertThat(field.path("label").path("zh").asText()).isNotBlank();
  }

  @Test
  void a_report_is_foretold_while_it_is_typed() {
    String body =
        "{\"words\":\"路灯不亮,路灯坏了,晚上黑灯瞎火\",\"position\":{\"lon\":118.8445,\"lat\":32.1204,\"crs\":\"WGS84\"}}";
    JsonNode told = Town.json(town.post("operator1", "/api/v1/suggestions", body));
    assertThat(told.path("suggestions").get(0).path("code").asText()).isEqualTo("01037");
    assertThat(told.path("suggestions").get(0).path("because")).isNotEmpty();
    assertThat(told.path("owner").path("ground").path("rule").asText()).isNotBlank();
  }
}
