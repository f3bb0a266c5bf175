package org.gridline.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gridline.console.Answers.assertProblem;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever comes in: a clear answer, never a stack trace, never a lost or a wrong ticket. */
class BadInputTest {
  private final Town town = Town.shared();

  @Test
  void neither_position_nor_address() {
    ObjectNode report = Said.lamp();
    report.remove("position");
    assertProblem(send(report), 422, "place_missing", "position");
  }

  @Test
  void a_position_outside_the_district_is_registered_and_flagged() {
    JsonNode ticket = registered(Said.report("路灯不亮", 118.4, 31.8));
    assertThat(ticket.path("state").asText()).isEqualTo("REGISTERED");
    assertThat(ticket.path("place").path("flag").asText()).isEqualTo("outside");
    assertThat(ticket.path("owner").isNull()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"32.1204, 118.8445", "0, 0"})
  void swapped_axes_and_nowhere_are_suspect_and_wait_for_a_person(double lon, double lat) {
    JsonNode ticket = registered(Said.report("路灯不亮,路灯坏了", lon, lat));
    assertThat(ticket.path("place").path("flag").asText()).isEqualTo("suspect");
    assertThat(ticket.path("state").asText()).isEqualTo("REGISTERED");
    assertThat(ticket.path("rawPosition").path("lon").asDouble()).isEqualTo(lon);
  }

  @ParameterizedTest
  @CsvSource({"500, 32.1", "118.8, -95", "1e300, 32", "1e400, 32"})
  void no_position_on_earth(String lon, String lat) {
    String body = Said.lamp().toString().replace("118.8445", lon).replace("32.1204", lat);
    assertProblem(town.report("operator1", body), 422, "position_invalid", "position");
  }

  @ParameterizedTest
  @ValueSource(strings = {"wgs84", "EPSG:4326", "", "GCJ02"})
  void an_unknown_coordinate_system_is_never_guessed(String crs) {
    ObjectNode report = Said.lamp();
    report.withObject("/position").put("crs", crs);
    assertProblem(send(report), 422, "crs_unknown", "position.crs");
  }

  @Test
  void an_unknown_category() {
    ObjectNode report = Said.lamp();
    report.putObject("category").put("kind", "event").put("code", "99999");
    assertProblem(send(report), 422, "category_unknown", "category");
  }

  @Test
  void five_megabytes_of_text() {
    ObjectNode report = Said.lamp().put("words", "长".repeat(5 << 20));
    assertProblem(send(report), 413, "payload_too_large", "");
  }

  @Test
  void a_body_that_says_how_large_it_is_is_refused_before_it_has_come() throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), town.port())) {
      OutputStream out = socket.getOutputStream();
      out.write(head("POST /api/v1/reports", "Content-Length: 1000000"));
      out.write(new byte[70_000]);
      out.flush();
      assertThat(firstLine(socket.getInputStream())).contains("413");
    }
  }

  @Test
  void twenty_thousand_characters_are_too_many_words() {
    assertProblem(
        send(Said.lamp().put("words", "w".repeat(20_001))), 400, "invalid_request", "words");
  }

  @Test
  void broken_utf8() {
    byte[] body = Said.lamp().toString().getBytes(StandardCharsets.UTF_8);
    body[Said.lamp().toString().indexOf("路")] = (byte) 0xC3;
    HttpResponse<String> answer =
        town.send(
            town.as("operator1", "/api/v1/reports")
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .POST(BodyPublishers.ofByteArray(body)));
    assertProblem(answer, 400, "invalid_encoding", "");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\u0000", "\\ud83d", "\\udc00\\ud83d"})
  void characters_that_no_database_holds(String escape) {
    String body = Said.lamp().toString().replace("路灯不亮", "路灯" + escape + "不亮");
    assertProblem(town.report("operator1", body), 400, "invalid_request", "words");
  }

  @Test
  void an_emoji_is_no_half_of_a_pair() {
    assertThat(registered(Said.lamp().put("words", "路灯不亮😡𠮷")).path("words").asText())
        .isEqualTo("路灯不亮😡𠮷");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "channel | 5 | channel",
        "channel | \"pigeon\" | channel",
        "type | [] | type",
        "words | {} | words",
        "words | null | words",
        "words | \"  \" | words",
        "caller | \"13800000001\" | caller",
        "caller | {\"phone\":13800000001} | caller.phone",
        "caller | {\"confidential\":\"yes\"} | caller.confidential",
        "caller | {\"mobile\":\"1\"} | caller.mobile",
        "position | [118,32] | position",
        "position | {\"lon\":\"118\",\"lat\":32,\"crs\":\"WGS84\"} | position.lon",
        "position | {\"lat\":32,\"crs\":\"WGS84\"} | position.lon",
        "accuracy | \"far\" | accuracy",
        "category | {\"kind\":\"event\"} | category.code",
        "urgency | \"very\" | urgency",
        "observedAt | \"yesterday\" | observedAt",
        "observedAt | \"2026-01-01T00:00:00\" | observedAt",
        "observedAt | \"-999999999-01-01T00:00:00Z\" | observedAt",
        "colour | \"red\" | colour",
      })
  void wrong_types_name_their_field(String member, String value, String field) {
    ObjectNode report = Said.lamp();
    report.set(member, Town.json(value));
    assertProblem(send(report), 400, "invalid_request", field);
  }

  @Test
  void attachments_are_ids_of_files_that_were_sent_before() {
    ObjectNode report = Said.lamp();
    report.putArray("attachments").add("1");
    assertProblem(send(report), 400, "invalid_request", "attachments");
    report.putArray("attachments").add(1);
    assertProblem(send(report), 422, "attachment_unknown", "attachments");
  }

  @ParameterizedTest
  @ValueSource(strings = {"110", "not a number"})
  void a_phone_that_nobody_can_call_back(String phone) {
    ObjectNode report = Said.lamp();
    report.putObject("caller").put("phone", phone);
    assertProblem(send(report), 422, "phone_invalid", "caller.phone");
  }

  @Test
  void what_is_no_single_json_object() {
    String good = Said.lamp().toString();
    for (String body :
        List.of(
            "",
            "null",
            "[]",
            "{",
            good + good,
            good.substring(0, good.length() - 3),
            "{\"words\":\"a\",\"words\":\"b\"}",
            "{\"a\":".repeat(30_000 / 5),
            "[".repeat(60_000),
            "{\"accuracy\":" + "9".repeat(5_000) + "}")) {
      assertProblem(town.report("operator1", body), 400, "invalid_request", "");
    }
  }

  @Test
  void huge_numbers() {
    ObjectNode report = Said.lamp();
    report.set("accuracy", Town.json("1e308"));
    assertProblem(send(report), 422, "position_invalid", "accuracy");
    JsonNode ticket = registered(Said.lamp());
    String path = "/api/v1/tickets/" + ticket.path("id").asLong() + "/actions";
    for (String version : List.of("99999999999999999999", "-1", "1.5", "\"1\"", "1e99")) {
      HttpResponse<String> answer =
          town.post("dispatcher1", path, "{\"action\":\"sign\",\"version\":" + version + "}");
      assertProblem(answer, 400, "invalid_request", "version");
    }
    assertProblem(
        town.get("operator1", "/api/v1/tickets/99999999999999999999"), 404, "not_found", "");
  }

  @Test
  void the_idempotency_key_is_needed_and_belongs_to_one_body() {
    String body = Said.lamp().toString();
    assertProblem(
        town.post("operator1", "/api/v1/reports", body), 400, "idempotency_key_missing", "");
    assertProblem(town.report("operator1", "short", body), 400, "idempotency_key_missing", "");
    String key = UUID.randomUUID().toString();
    assertThat(town.report("operator1", key, body).statusCode()).isEqualTo(201);
    assertProblem(
        town.report("operator1", key, Said.lampInMaqun().toString()),
        422,
        "idempotency_key_reused",
        "");
    assertThat(town.report("operator2", key, body).statusCode())
        .as("another client's key is another key")
        .isEqualTo(201);
  }

  @Test
  void an_unknown_session() {
    HttpResponse<String> answer =
        town.send(
            town.request("/api/v1/tickets").header("Authorization", "Bearer " + "x".repeat(43)));
    assertProblem(answer, 401, "session_expired", "");
  }

  @Test
  void a_role_that_takes_no_reports() {
    assertProblem(town.report("checker1", Said.lamp().toString()), 403, "not_permitted", "");
    ObjectNode past = Said.lamp().put("observedAt", "2026-01-01T08:00:00+08:00");
    assertProblem(send(past), 403, "not_permitted", "");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-999999999-01-01T00:00:00Z", "%2B999999999-01-01T00:00:00Z"})
  void a_time_beyond_every_calendar(String time) {
    assertProblem(
        town.get("chief1", "/api/v1/tickets?from=" + time), 400, "invalid_request", "from");
  }

  @Test
  void unknown_addresses_and_methods() {
    assertProblem(town.get("operator1", "/api/v1/nothing"), 404, "not_found", "");
    HttpResponse<String> answer = town.send(town.as("operator1", "/api/v1/reports").DELETE());
    assertProblem(answer, 405, "method_not_allowed", "");
    assertThat(answer.headers().firstValue("Allow")).contains("POST");
    assertProblem(town.get("operator1", "/api/v1/tickets/abc"), 404, "not_found", "");
    assertProblem(town.get("operator1", "/api/v1/boundaries/moon"), 404, "not_found", "");
  }

  @ParameterizedTest
  @CsvSource({
    "state=LOST, state",
    "limit=0, limit",
    "limit=1000, limit",
    "near=1;2;3, near",
    "near=200%2C0%2C5, near",
    "sort=colour, sort",
    "from=monday, from",
    "category=nokind, category",
    "cursor=garbage, cursor",
    "q=a%00b, q",
  })
  void wrong_queries_name_their_parameter(String query, String field) {
    assertProblem(town.get("operator1", "/api/v1/tickets?" + query), 400, "invalid_request", field);
  }

  @Test
  void headers_without_end_are_cut_off() throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), town.port())) {
      OutputStream out = socket.getOutputStream();
      out.write(head("GET /api/v1/city", "X-Long: " + "a".repeat(40_000)));
      out.flush();
      assertThat(firstLine(socket.getInputStream())).contains("431");
    }
  }

  private HttpResponse<String> send(ObjectNode report) {
    return town.report("operator1", report.toString());
  }

  private JsonNode registered(ObjectNode report) {
    HttpResponse<String> answer = send(report);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return Town.json(answer);
  }

  private byte[] head(String line, String header) {
    return (line
            + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
            + town.token("operator1")
            + "\r\nIdempotency-Key: "
            + UUID.randomUUID()
            + "\r\n"
            + header
            + "\r\n\r\n")
        .getBytes(StandardCharsets.US_ASCII);
  }

  private static String firstLine(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) line.append((char) b);
    return line.toString();
  }
}
