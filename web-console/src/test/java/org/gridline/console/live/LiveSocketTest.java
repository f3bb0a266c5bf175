package org.gridline.console.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.gridline.console.Await;
import org.gridline.console.Said;
import org.gridline.console.Town;
import org.gridline.dispatch.store.TestDatabase;
import org.junit.jupiter.api.Test;

class LiveSocketTest {
  private final Town town = Town.shared();

  @Test
  void the_same_comes_as_over_server_sent_events_in_few_bytes() {
    JsonNode before = take(Said.lamp());
    try (SocketListener chief = SocketListener.open(town, town.token("chief1"), "").ready();
        Listener events = Listener.open(town, town.token("chief1"), "").ready()) {
      chief.await(w -> w.containsKey(before.path("id").asLong()));
      JsonNode ticket = take(Said.lamp());
      long id = ticket.path("id").asLong();
      chief.await(w -> w.containsKey(id));
      events.await(e -> e.number().equals(ticket.path("number").asText()));
      JsonNode urged = acted("dispatcher1", ticket, "urge", "");
      int version = urged.path("version").asInt();
      chief.await(w -> w.containsKey(id) && chief.ticket(id).version() == version);
      assertThat(chief.updateBytes(id)).as("bytes of an update").isLessThan(30);
      JsonNode brief =
          events
              .await(
                  e ->
                      e.data().path("ticket").path("version").asInt() == version
                          && e.number().equals(ticket.path("number").asText()))
              .data()
              .path("ticket");
      same(chief.ticket(id), brief);
      assertThat(chief.ticket(id).kind()).isEqualTo("TicketUrged");
      assertThat(chief.wrong()).isEmpty();
      assertThat(chief.positions()).isSorted();
      assertThat(chief.raw()).doesNotContain("13800000001");
      assertThat(new String(chief.bytes(), StandardCharsets.UTF_8)).doesNotContain("王样例", "黑灯");
    }
  }

  private static void same(CompactWorld.Entry told, JsonNode brief) {
    assertThat(told.seldom().number()).isEqualTo(brief.path("number").asText());
    assertThat(told.state()).isEqualTo(brief.path("state").asText());
    assertThat(told.lamp()).isEqualTo(brief.path("lamp").asText());
    assertThat(told.unit()).isEqualTo(brief.path("unit").asText());
    assertThat(told.seldom().category())
        .isEqualTo(
            brief.path("category").path("kind").asText()
                + ":"
                + brief.path("category").path("code").asText());
    assertThat(told.seldom().channel()).isEqualTo(brief.path("channel").asText());
    assertThat(told.seldom().urgency()).isEqualTo(brief.path("urgency").asText());
    assertThat(told.seldom().type()).isEqualTo(brief.path("type").asText());
    assertThat(told.flags())
        .containsExactlyElementsOf(
            java.util.stream.StreamSupport.stream(brief.path("flags").spliterator(), false)
                .map(JsonNode::asText)
                .toList());
    double[] place = told.seldom().place().lonLat().orElseThrow();
    assertThat(place[0]).isEqualTo(brief.path("position").path("lon").asDouble());
    assertThat(place[1]).isEqualTo(brief.path("position").path("lat").asDouble());
    assertThat(told.updated()).isEqualTo(seconds(brief.path("updatedAt")));
    assertThat(told.due()).isEqualTo(seconds(brief.path("dueAt")));
  }

  private static long seconds(JsonNode time) {
    return Compact.seconds(OffsetDateTime.parse(time.asText()).toInstant());
  }

  @Test
  void who_comes_back_goes_on_from_the_last_position() {
    JsonNode old = take(Said.lamp());
    String position;
    try (SocketListener chief = SocketListener.open(town, town.token("chief1"), "").ready()) {
      JsonNode seen = take(Said.lamp());
      chief.await(w -> w.containsKey(seen.path("id").asLong()));
      position = chief.position();
    }
    JsonNode missed = take(Said.lamp());
    try (SocketListener again =
        SocketListener.open(town, town.token("chief1"), "?after=" + position.replace("@", "%40"))) {
      again.await(w -> w.containsKey(missed.path("id").asLong()));
      assertThat(again.texts("resumed")).hasSize(1);
      assertThat(again.texts("reset")).isEmpty();
      assertThat(again.tickets()).doesNotContainKey(old.path("id").asLong());
      assertThat(again.wrong()).isEmpty();
    }
  }

  @Test
  void the_map_may_move_without_connecting_anew() {
    JsonNode here = take(Said.lamp());
    JsonNode there = take(Said.lampInMaqun());
    try (SocketListener chief =
        SocketListener.open(town, town.token("chief1"), "?bbox=118.84,32.11,118.85,32.13")
            .ready()) {
      chief.await(w -> w.containsKey(here.path("id").asLong()));
      assertThat(chief.tickets()).doesNotContainKey(there.path("id").asLong());
      chief.say("bbox=118.89,32.04,118.91,32.06");
      chief.await(
          w ->
              w.containsKey(there.path("id").asLong()) && !w.containsKey(here.path("id").asLong()));
      JsonNode more = take(Said.lampInMaqun());
      chief.await(w -> w.containsKey(more.path("id").asLong()));
      chief.say("bbox=");
      chief.await(w -> w.containsKey(here.path("id").asLong()));
      assertThat(chief.wrong()).isEmpty();
    }
  }

  @Test
  void areas_and_own_tickets_narrow_the_stream() {
    JsonNode here = take(Said.lamp());
    JsonNode there = take(Said.lampInMaqun());
    long hereId = here.path("id").asLong();
    long thereId = there.path("id").asLong();
    String area = there.path("place").path("street").asText();
    assertThat(area).isNotEmpty();
    String handler = town.handlerOf(here.path("owner").path("unit").asText());
    try (SocketListener maqun =
            SocketListener.open(town, town.token("chief1"), "?area=" + area).ready();
        SocketListener own = SocketListener.open(town, town.token(handler), "?own=true").ready();
        SocketListener street =
            SocketListener.open(town, town.token("maqun1"), "?own=true").ready()) {
      maqun.await(w -> w.containsKey(thereId));
      own.await(w -> w.containsKey(hereId) && w.containsKey(thereId));
      assertThat(maqun.tickets()).doesNotContainKey(hereId);
      // It lies in their street, but others have it in hand.
      assertThat(street.tickets()).doesNotContainKey(thereId);
    }
    for (String wrong : List.of("?own=yes", "?own=true&unit=QX-HB", "?bbox=1,2,3"))
      try (SocketListener refused = SocketListener.open(town, town.token(handler), wrong)) {
        Await.until(() -> !refused.status().isEmpty());
        assertThat(refused.status()).as(wrong).contains(" 400 ");
      }
  }

  @Test
  void only_our_own_pages_may_open_it() {
    String token = town.token("chief1");
    String cookie = "Cookie: gridline_session=" + token;
    String here = "Origin: http://localhost:" + town.port();
    assertOpened("101", "", cookie, here);
    assertOpened("101", token);
    assertOpened("101", token, here);
    assertOpened("403", "", cookie);
    for (String origin :
        List.of(
            "http://evil.example",
            "http://localhost:1",
            "http://localhost",
            "https://localhost",
            "http://localhost:" + town.port() + "/",
            "null",
            "http://localhost:" + town.port() + ".evil.example",
            "file://",
            "::",
            "http://localhost:" + town.port() + "@evil.example")) {
      assertOpened("403", "", cookie, "Origin: " + origin);
      assertOpened("403", token, "Origin: " + origin);
    }
    assertOpened("401", "", here);
    assertOpened("401", "nobody", here);
  }

  private void assertOpened(String status, String token, String... headers) {
    try (SocketListener listener = SocketListener.open(town, token, "", headers)) {
      Await.until(() -> !listener.status().isEmpty());
      assertThat(listener.status()).as(String.join(", ", headers)).contains(" " + status + " ");
    }
  }

  @Test
  void who_sends_what_is_not_wanted_is_shown_out() {
    String token = town.token("chief1");
    assertShownOut(token, l -> l.say("bbox=1,2,3"));
    assertShownOut(token, l -> l.say("hello"));
    assertShownOut(token, l -> l.say("{\"bbox\":\"1,1,2,2\"}"));
    assertShownOut(token, l -> l.frame(2, new byte[10]));
    assertShownOut(token, l -> l.say("bbox=" + "1".repeat(2_000)));
    assertShownOut(token, l -> l.send(new byte[] {(byte) 0x81, 5, 1, 2, 3, 4, 5}));
    assertShownOut(token, l -> l.send(new byte[] {(byte) 0xff, (byte) 0xff, 1, 2, 3, 4, 5, 6, 7}));
    assertShownOut(token, l -> l.send(new byte[] {1, (byte) 0x81, 0, 0, 0, 0, 'b'}));
    assertShownOut(
        token,
        l -> {
          for (int i = 0; i < 50 && !l.ended(); i++) l.frame(9, new byte[100]);
        });
    assertShownOut(
        token,
        l -> {
          for (int i = 0; i < 50 && !l.ended(); i++) l.say("bbox=1,1,2,2");
        });
    try (SocketListener fine = SocketListener.open(town, token, "").ready()) {
      fine.frame(9, new byte[] {1, 2, 3});
      JsonNode ticket = take(Said.lamp());
      fine.await(w -> w.containsKey(ticket.path("id").asLong()));
    }
  }

  private void assertShownOut(String token, java.util.function.Consumer<SocketListener> deed) {
    try (SocketListener listener = SocketListener.open(town, token, "").ready()) {
      try {
        deed.accept(listener);
      } catch (java.io.UncheckedIOException shownOutMeanwhile) {
        // As it should be.
      }
      Await.until(listener::ended);
    }
  }

  @Test
  void a_signed_out_session_loses_its_socket() {
    String token = town.freshToken("commander1");
    try (SocketListener listener = SocketListener.open(town, token, "").ready()) {
      Instant out = Instant.now();
      assertThat(
              town.send(
                      town.request("/api/v1/sessions/current")
                          .header("Authorization", "Bearer " + token)
                          .DELETE())
                  .statusCode())
          .isEqualTo(204);
      Await.until(listener::ended);
      // Ten times the goal: the machine may be busy. The benchmark of the feed measures the goal.
      assertThat(Duration.between(out, Instant.now())).isLessThan(Duration.ofSeconds(50));
    }
  }

  @Test
  void a_restart_of_the_server_loses_nothing() {
    try (Town own = Town.open(TestDatabase.fresh(), Town.folder())) {
      String token = own.token("chief1");
      try (SocketListener chief = SocketListener.open(own, token, "").ready()) {
        JsonNode seen = Town.json(own.report("operator1", Said.lamp().toString()));
        chief.await(w -> w.containsKey(seen.path("id").asLong()));
        String position = chief.position();
        JsonNode missed = Town.json(own.report("operator1", Said.lampInMaqun().toString()));
        chief.await(w -> w.containsKey(missed.path("id").asLong()));
        own.restart();
        Await.until(chief::ended);
        assertThat(chief.closeCode()).isEqualTo(1001);
        try (SocketListener again =
            SocketListener.open(own, token, "?after=" + position.replace("@", "%40"))) {
          again.await(w -> w.containsKey(missed.path("id").asLong()));
          JsonNode next = Town.json(own.report("operator1", Said.lamp().toString()));
          again.await(w -> w.containsKey(next.path("id").asLong()));
          assertThat(again.texts("reset")).isEmpty();
          assertThat(again.tickets()).hasSize(2);
        }
      }
    }
  }

  @Test
  void who_has_gone_is_counted_no_more() {
    List<SocketListener> many = new java.util.ArrayList<>();
    for (int i = 0; i < 20; i++) many.add(SocketListener.open(town, town.token("chief1"), ""));
    many.forEach(SocketListener::ready);
    assertThat(measured("gridline_connections")).isGreaterThan(20);
    assertThat(measured("gridline_live_clients")).isGreaterThanOrEqualTo(20);
    many.forEach(SocketListener::close);
    Await.until(
        () -> measured("gridline_connections") < 20 && measured("gridline_live_clients") == 0);
  }

  private double measured(String name) {
    return town.send(town.request("/metrics"))
        .body()
        .lines()
        .filter(l -> l.startsWith(name + " "))
        .mapToDouble(l -> Double.parseDouble(l.substring(name.length() + 1)))
        .sum();
  }

  private JsonNode take(com.fasterxml.jackson.databind.node.ObjectNode report) {
    HttpResponse<String> answer = town.report("operator1", report.toString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return Town.json(answer);
  }

  private JsonNode acted(String user, JsonNode ticket, String action, String more) {
    HttpResponse<String> answer =
        town.post(
            user,
            "/api/v1/tickets/" + ticket.path("id").asText() + "/actions",
            "{\"action\":\"" + action + "\",\"version\":" + ticket.path("version") + more + "}");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return Town.json(answer);
  }
}
