package org.gridline.console.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.gridline.console.Exchange;
import org.gridline.console.Said;
import org.gridline.console.Town;
import org.gridline.dispatch.store.TestDatabase;
import org.gridline.hotline.call.CallSignature;
import org.gridline.hotline.ring.Ring;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A signed callback reaches exactly one desk; nothing else has any effect. */
class TelephonyTest {
  private static final String CALLER = "13912345678";
  private static Town town;
  private static Exchange exchange;

  @BeforeAll
  static void open() {
    town = Town.open(TestDatabase.fresh(), Town.folder());
    for (String user : List.of("operator1", "operator2", "chief1")) town.token(user);
    exchange = Exchange.of(town);
  }

  @AfterAll
  static void close() {
    town.close();
  }

  @Test
  void a_ring_is_told_to_the_agent_alone_and_the_feed_carries_no_number() {
    try (Listener mine = Listener.open(town, town.token("operator1"), "").ready();
        Listener other = Listener.open(town, town.token("operator2"), "").ready()) {
      long id = rings(name(), CALLER, "operator1");
      Listener.Event notice = mine.await(e -> e.name().equals("call"));
      assertThat(notice.id()).isEmpty();
      assertThat(notice.data().path("id").asLong()).isEqualTo(id);
      assertThat(notice.data().path("state").asText()).isEqualTo("ringing");
      // Told after the ring on the same feed, so the ring would have come before it.
      rings(name(), CALLER, "operator2");
      other.await(e -> e.name().equals("call"));
      assertThat(other.named("call")).noneMatch(e -> e.data().path("id").asLong() == id);
      assertThat(mine.raw()).doesNotContain("39123456");
      assertThat(current("operator1")).contains(id);
      assertThat(current("operator2")).doesNotContain(id);
    }
  }

  @Test
  void only_the_agent_sees_the_call_and_only_with_the_right_the_number() {
    long mine = rings(name(), CALLER, "operator1");
    JsonNode caller = show("operator1", mine).path("caller");
    assertThat(caller.path("phone").asText()).isEqualTo("+8613912345678");
    refused(town.get("operator2", "/api/v1/calls/" + mine), 404, "call_unknown");
    refused(town.get("operator1", "/api/v1/calls/1"), 404, "call_unknown");
    refused(town.send(town.request("/api/v1/calls/" + mine)), 401, "unauthenticated");

    long chiefs = rings(name(), CALLER, "chief1");
    JsonNode masked = show("chief1", chiefs).path("caller");
    assertThat(masked.path("phone").asText()).isEmpty();
    assertThat(masked.path("masked").asText()).isEqualTo("139****5678");
  }

  @Test
  void who_lets_it_ring_does_not_keep_the_number() {
    String call = name();
    long id = rings(call, CALLER, "operator1");
    exchange.tells("ended", call, CALLER, "");
    JsonNode over = show("operator1", id);
    assertThat(over.path("state").asText()).isEqualTo("ended");
    assertThat(over.path("caller").path("phone").asText()).isEmpty();
    assertThat(current("operator1")).doesNotContain(id);
  }

  @Test
  void history_comes_open_first_and_hides_what_the_agent_may_not_tie_to_a_caller() {
    ObjectNode complaint = Said.lamp().put("type", "complaint").put("address", "尧佳路12号");
    complaint.withObject("/caller").put("phone", "13700001111").put("name", "陈某");
    long first = Town.json(town.report("operator1", complaint.toString())).path("id").asLong();
    ObjectNode help = Said.lampInMaqun();
    help.withObject("/caller")
        .put("phone", "13700001111")
        .put("name", "陈某")
        .put("confidential", true);
    long second = Town.json(town.report("operator1", help.toString())).path("id").asLong();

    JsonNode seen = show("operator1", rings(name(), "13700001111", "operator1"));
    assertThat(ids(seen.path("history"))).containsExactly(second, first);
    assertThat(seen.path("caller").path("name").asText()).isEqualTo("陈某");
    assertThat(seen.path("flags")).extracting(JsonNode::asText).contains("confidential");
    assertThat(seen.path("lastPlace").path("ticket").asLong()).isEqualTo(second);

    // A duty chief does not speak with callers: neither complaint nor confidence is tied to one.
    JsonNode masked = show("chief1", rings(name(), "13700001111", "chief1"));
    assertThat(ids(masked.path("history"))).isEmpty();
    assertThat(masked.toString()).doesNotContain("陈某").doesNotContain("尧佳路12号");
    assertThat(masked.path("callsToday").asInt()).isEqualTo(1);
  }

  @Test
  void a_ticket_is_tied_to_the_call_it_came_of() {
    long id = rings(name(), CALLER, "operator1");
    ObjectNode report = Said.lamp().put("call", id);
    String key = UUID.randomUUID().toString();
    HttpResponse<String> answer = town.report("operator1", key, report.toString());
    assertThat(answer.statusCode()).isEqualTo(201);
    long ticket = Town.json(answer).path("id").asLong();
    assertThat(show("operator1", id).path("tickets").path(0).asLong()).isEqualTo(ticket);
    assertThat(town.report("operator1", key, report.toString()).statusCode()).isEqualTo(200);
    assertThat(show("operator1", id).path("tickets")).hasSize(1);

    refused(town.report("operator2", report.toString()), 404, "call_unknown");
    refused(town.report("operator1", Said.lamp().put("call", 1).toString()), 404, "call_unknown");
    refused(
        town.report("operator1", report.deepCopy().put("channel", "counter").toString()),
        400,
        "invalid_request");
    refused(
        town.report("operator1", Said.lamp().put("call", "x").toString()), 400, "invalid_request");
  }

  @Test
  void forged_and_stale_messages_have_no_effect() {
    String call = name();
    String body = Exchange.body("ringing", call, Instant.now(), CALLER, "operator1");
    String event = name();
    CallSignature good = exchange.signs(event, body, Instant.now());
    refused(exchange.sends(body.replace("operator1", "operator2"), good), 401, "signature_invalid");
    refused(
        exchange.sends(body, new CallSignature(name(), good.timestamp(), good.signature())),
        401,
        "signature_invalid");
    refused(
        exchange.sends(body, new CallSignature(event, good.timestamp(), "v1=" + "0".repeat(64))),
        401,
        "signature_invalid");
    refused(
        exchange.sends(body, exchange.signs(event, body, Instant.now().minusSeconds(310))),
        401,
        "signature_stale");
    refused(
        exchange.sends(body, exchange.signs(event, body, Instant.now().plusSeconds(310))),
        401,
        "signature_stale");
    // The event's name was not used up by any of these.
    assertThat(outcome(exchange.sends(body, good))).isEqualTo("taken");
  }

  @Test
  void a_replay_has_no_effect_and_survives_no_restart() {
    try (Town own = Town.open(TestDatabase.fresh(), Town.folder())) {
      own.token("operator1");
      Exchange there = Exchange.of(own);
      String call = name();
      String event = name();
      String body = Exchange.body("ringing", call, Instant.now(), CALLER, "operator1");
      CallSignature signature = there.signs(event, body, Instant.now());
      assertThat(outcome(there.sends(body, signature))).isEqualTo("taken");
      there.tells("ended", call, CALLER, "operator1");
      own.restart();
      try (Listener desk = Listener.open(own, own.freshToken("operator1"), "").ready()) {
        assertThat(outcome(there.sends(body, signature))).isEqualTo("known");
        String other = body.replace(CALLER, "13912345679");
        refused(there.sends(event, other), 409, "event_id_reused");
        there.tells("ringing", name(), CALLER, "operator1");
        desk.await(e -> e.name().equals("call"));
        assertThat(desk.named("call")).hasSize(1);
      }
    }
  }

  @Test
  void an_exchange_that_missed_our_answer_gets_a_harmless_success() {
    String event = name();
    String body = Exchange.body("ringing", name(), Instant.now(), CALLER, "operator1");
    HttpResponse<String> first = exchange.sends(event, body);
    HttpResponse<String> again = exchange.sends(event, body);
    assertThat(outcome(again)).isEqualTo("known");
    assertThat(Town.json(again).path("id")).isEqualTo(Town.json(first).path("id"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{                                                                    | 400 | invalid_request",
        "[]                                                                   | 400 | invalid_request",
        "{\"kind\":\"sings\",\"call\":\"c\",\"at\":\"NOW\",\"agent\":\"operator1\"}    | 400 | invalid_request",
        "{\"kind\":\"ringing\",\"call\":\"c\",\"at\":\"NOW\"}                        | 400 | invalid_request",
        "{\"kind\":\"ringing\",\"call\":\"\",\"at\":\"NOW\",\"agent\":\"operator1\"}   | 400 | invalid_request",
        "{\"kind\":\"ringing\",\"call\":\"电话\",\"at\":\"NOW\",\"agent\":\"operator1\"} | 400 | invalid_request",
        "{\"kind\":\"ringing\",\"call\":\"c\",\"at\":\"gestern\",\"agent\":\"operator1\"} | 400 | invalid_request",
        "{\"kind\":\"ringing\",\"call\":\"c\",\"at\":\"OLD\",\"agent\":\"operator1\"}  | 400 | invalid_request",
        "{\"kind\":\"ringing\",\"call\":\"c\",\"at\":\"SOON\",\"agent\":\"operator1\"} | 400 | invalid_request",
        "{\"kind\":\"ringing\",\"call\":\"c\",\"at\":\"NOW\",\"agent\":\"operator1\",\"x\":1} | 400 | invalid_request",
        "{\"kind\":\"ringing\",\"kind\":\"ended\",\"call\":\"c\",\"at\":\"NOW\"}       | 400 | invalid_request",
        "{\"kind\":\"ringing\",\"call\":\"c\",\"at\":\"NOW\",\"agent\":\"nobody\"}     | 422 | agent_unknown",
        "{\"kind\":\"ringing\",\"call\":\"c\",\"at\":\"NOW\",\"agent\":7}            | 400 | invalid_request",
        "{\"kind\":\"ringing\",\"call\":\"c\",\"at\":\"NOW\",\"agent\":\"operator1\",\"called\":\"<b>\"} | 400 | invalid_request",
      })
  void garbage_under_a_good_signature_is_told_what_is_wrong(String body, int status, String code) {
    String filled =
        body.replace("NOW", Instant.now().toString())
            .replace("OLD", Instant.now().minus(Duration.ofHours(25)).toString())
            .replace("SOON", Instant.now().plus(Duration.ofHours(1)).toString());
    refused(exchange.sends(name(), filled), status, code);
  }

  @Test
  void huge_messages_and_bad_event_names_are_refused() {
    refused(exchange.sends(name(), " ".repeat(8 * 1024 + 1)), 413, "payload_too_large");
    refused(exchange.sends(name(), " ".repeat(100_000)), 413, "payload_too_large");
    String body = Exchange.body("ringing", name(), Instant.now(), CALLER, "operator1");
    refused(exchange.sends("short", body), 400, "invalid_request");
    refused(exchange.sends("x".repeat(129), body), 400, "invalid_request");
  }

  @ParameterizedTest
  @CsvSource({
    "'', withheld, ''",
    "anonymous, withheld, ''",
    "110, other, 110",
    "8003, other, 8003",
    "02585550000, number, +862585550000",
    "'<script>alert(1)</script>', other, ?script?alert?1???script?",
  })
  void whatever_stands_for_a_caller_is_shown_harmlessly(String raw, String kind, String phone) {
    JsonNode caller = show("operator1", rings(name(), raw, "operator1")).path("caller");
    assertThat(caller.path("kind").asText()).isEqualTo(kind);
    assertThat(caller.path("phone").asText()).isEqualTo(phone);
  }

  @Test
  void events_in_any_order_end_in_the_same_call() {
    String call = name();
    Instant at = Instant.now().minusSeconds(30);
    for (String event : List.of("ended 9", "answered 3", "held 5", "ringing 0", "answered 3")) {
      String[] parts = event.split(" ");
      String body =
          Exchange.body(
              parts[0], call, at.plusSeconds(Long.parseLong(parts[1])), CALLER, "operator1");
      assertThat(exchange.sends(name(), body).statusCode()).isEqualTo(200);
    }
    long id = rings(call, CALLER, "operator1");
    JsonNode seen = show("operator1", id);
    assertThat(seen.path("state").asText()).isEqualTo("ended");
    assertThat(current("operator1")).doesNotContain(id);
  }

  @Test
  void the_ring_command_plays_a_whole_call() {
    assertThat(ring("--caller", CALLER, "--agent", "operator1", "--talk", "0")).startsWith("0");
    String call = name();
    String said = ring("--caller", CALLER, "--agent", "operator1", "--call", call);
    assertThat(said).startsWith("0").contains("call " + call).contains("\"outcome\":\"taken\"");
    assertThat(ring("--caller", CALLER, "--agent", "nobody"))
        .startsWith("1")
        .contains("agent_unknown");
    assertThat(ring("--caller", CALLER)).startsWith("2").contains("--agent is missing");
  }

  private static String ring(String... arguments) {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
    Map<String, String> environment =
        Map.of(
            "GRIDLINE_URL",
            "http://127.0.0.1:" + town.port(),
            "GRIDLINE_DATA",
            town.data().toString());
    int code = Ring.run(arguments, environment, out, out);
    return code + "\n" + said.toString(StandardCharsets.UTF_8);
  }

  private static long rings(String call, String caller, String agent) {
    HttpResponse<String> answer = exchange.tells("ringing", call, caller, agent);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return Town.json(answer).path("id").asLong();
  }

  private static JsonNode show(String user, long call) {
    HttpResponse<String> answer = town.get(user, "/api/v1/calls/" + call);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return Town.json(answer);
  }

  private static List<Long> current(String user) {
    return ids(Town.json(town.get(user, "/api/v1/calls/current")).path("calls"));
  }

  private static List<Long> ids(JsonNode list) {
    return list.valueStream().map(n -> n.path("id").asLong()).toList();
  }

  private static String outcome(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return Town.json(answer).path("outcome").asText();
  }

  private static void refused(HttpResponse<String> answer, int status, String code) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(Town.json(answer).path("code").asText()).isEqualTo(code);
    assertThat(answer.body()).doesNotContain(CALLER);
  }

  private static String name() {
    return UUID.randomUUID().toString();
  }
}
