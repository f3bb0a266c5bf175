package org.gridline.console.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.gridline.console.Await;
import org.gridline.console.Said;
import org.gridline.console.Town;
import org.gridline.console.live.Listener.Event;
import org.gridline.dispatch.store.TestDatabase;
import org.junit.jupiter.api.Test;

class LiveFeedTest {
  private final Town town = Town.shared();

  @Test
  void a_snapshot_comes_first_then_every_step_in_order() {
    JsonNode before = take(Said.lamp());
    try (Listener chief = Listener.open(town, town.token("chief1"), "").ready()) {
      // In a crowd a snapshot may be a second old; then what is missing in it follows.
      Await.until(() -> seen(chief).contains(before.path("number").asText()));
      Event last = chief.named("snapshot").getLast();
      assertThat(last.id()).isEqualTo(last.seq() + "@" + last.data().path("epoch").asText());

      JsonNode ticket = take(Said.lamp());
      String number = ticket.path("number").asText();
      chief.await(e -> e.number().equals(number));
      returned(ticket);
      chief.await(
          e ->
              e.number().equals(number) && e.data().path("kind").asText().equals("TicketReturned"));

      List<Event> steps =
          chief.named("change").stream().filter(e -> e.number().equals(number)).toList();
      assertThat(steps)
          .extracting(e -> e.data().path("ticket").path("version").asInt())
          .isSorted()
          .last()
          .isEqualTo(ticket.path("version").asInt() + 1);
      assertRising(chief);
      assertThat(chief.raw()).startsWith("retry: ").doesNotContain("13800000001", "王样例", "黑灯瞎火");
    }
  }

  @Test
  void what_leaves_a_units_hands_is_gone_from_its_screen() {
    JsonNode ticket = take(Said.lamp());
    long id = ticket.path("id").asLong();
    String handler = handler(ticket);
    try (Listener unit = Listener.open(town, town.token(handler), "").ready()) {
      Await.until(() -> seen(unit).contains(ticket.path("number").asText()));
      JsonNode returned = returned(ticket);
      HttpResponse<String> approved =
          act(
              "dispatcher1",
              returned,
              "{\"action\":\"approveReturn\",\"version\":" + returned.path("version") + "}");
      assertThat(approved.statusCode()).as(approved.body()).isEqualTo(200);
      unit.await(e -> e.name().equals("gone") && e.data().path("id").asLong() == id);
    }
  }

  @Test
  void another_streets_ticket_appears_in_no_byte_of_the_stream() {
    JsonNode old = take(Said.lamp());
    try (Listener maqun = Listener.open(town, town.token("maqun1"), "").ready();
        Listener chief = Listener.open(town, town.token("chief1"), "").ready()) {
      JsonNode canary = take(Said.lamp());
      returned(canary);
      JsonNode own = take(Said.lampInMaqun());
      maqun.await(e -> e.number().equals(own.path("number").asText()));
      chief.await(e -> e.number().equals(own.path("number").asText()));
      assertThat(chief.raw()).contains(canary.path("number").asText());
      for (JsonNode hidden : List.of(old, canary)) {
        assertThat(maqun.raw())
            .doesNotContain(hidden.path("number").asText())
            .doesNotContain(hidden.path("id").asText());
      }
    }
  }

  @Test
  void a_box_and_a_unit_narrow_the_stream() {
    try (Listener box =
            Listener.open(town, town.token("chief1"), "?bbox=118.84,32.11,118.85,32.13").ready();
        Listener unit = Listener.open(town, town.token("chief1"), "?unit=QX-HB").ready()) {
      JsonNode far = take(Said.lampInMaqun());
      JsonNode near = take(Said.lamp());
      box.await(e -> e.number().equals(near.path("number").asText()));
      assertThat(box.raw()).doesNotContain(far.path("number").asText());
      unit.await(e -> e.name().equals("heartbeat"));
      assertThat(unit.raw()).doesNotContain(near.path("number").asText());
    }
    assertThat(town.get("chief1", "/api/v1/events?bbox=1,2,3").statusCode()).isEqualTo(400);
    assertThat(town.get("chief1", "/api/v1/events?bbox=2,2,1,3").statusCode()).isEqualTo(400);
    assertThat(town.get("chief1", "/api/v1/events?unit=NOBODY").statusCode()).isEqualTo(422);
  }

  @Test
  void who_comes_back_with_the_last_id_gets_what_was_missed_and_no_snapshot() {
    String lastId;
    long lastSeq;
    try (Listener chief = Listener.open(town, town.token("chief1"), "").ready()) {
      JsonNode seen = take(Said.lamp());
      Event event = chief.await(e -> e.number().equals(seen.path("number").asText()));
      lastId = event.id();
      lastSeq = event.seq();
    }
    JsonNode missed = take(Said.lamp());
    try (Listener again =
        Listener.open(town, town.token("chief1"), "", "Last-Event-ID: " + lastId)) {
      Event event = again.await(e -> e.number().equals(missed.path("number").asText()));
      assertThat(event.seq()).isGreaterThan(lastSeq);
      assertThat(again.named("snapshot")).isEmpty();
      assertRising(again);
    }
    try (Listener again = Listener.open(town, town.token("chief1"), "?after=" + lastSeq)) {
      again.await(e -> e.number().equals(missed.path("number").asText()));
      assertThat(again.named("snapshot")).isEmpty();
    }
  }

  @Test
  void an_unknown_epoch_a_future_and_a_garbled_position_get_a_snapshot() {
    for (String after : List.of("5@00000000-aaaa", "99999999999", "latest", "1@", "-4")) {
      try (Listener chief = Listener.open(town, town.token("chief1"), "?after=" + after)) {
        chief.ready();
        assertThat(chief.named("change")).isEmpty();
      }
    }
  }

  @Test
  void a_restart_of_the_server_loses_nothing() {
    try (Town own = Town.open(TestDatabase.fresh(), Town.folder())) {
      String token = own.token("chief1");
      String lastId;
      try (Listener chief = Listener.open(own, token, "").ready()) {
        JsonNode seen = Town.json(own.report("operator1", Said.lamp().toString()));
        lastId = chief.await(e -> e.number().equals(seen.path("number").asText())).id();
        JsonNode missed = Town.json(own.report("operator1", Said.lampInMaqun().toString()));
        chief.await(e -> e.number().equals(missed.path("number").asText()));
        own.restart();
        Await.until(chief::ended);
        try (Listener again = Listener.open(own, token, "", "Last-Event-ID: " + lastId)) {
          again.await(e -> e.number().equals(missed.path("number").asText()));
          JsonNode next = Town.json(own.report("operator1", Said.lamp().toString()));
          again.await(e -> e.number().equals(next.path("number").asText()));
          assertThat(again.named("snapshot")).isEmpty();
          assertRising(again);
        }
      }
    }
  }

  @Test
  void a_signed_out_session_loses_its_stream() {
    String token = town.freshToken("commander1");
    try (Listener listener = Listener.open(town, token, "").ready()) {
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
  void who_hangs_up_while_arriving_is_not_kept() {
    String token = town.token("chief1");
    for (int i = 0; i < 300; i++) Listener.paused(town, token, "").close();
    // Another listener's arrival shows that all of them have been answered.
    try (Listener last = Listener.open(town, token, "").ready()) {
      assertThat(last.ended()).isFalse();
    }
    Await.until(
        () -> town.send(town.request("/metrics")).body().contains("gridline_live_clients 0"));
  }

  @Test
  void a_slow_reader_holds_nobody_up_and_ends_with_the_current_state() {
    try (Listener slow = Listener.paused(town, town.token("chief1"), "");
        Listener quick = Listener.open(town, town.token("chief1"), "").ready()) {
      List<JsonNode> tickets = new ArrayList<>();
      for (int i = 0; i < 300; i++) tickets.add(take(Said.lamp()));
      Set<String> wanted = new HashSet<>();
      tickets.forEach(t -> wanted.add(t.path("number").asText()));
      Await.until(() -> seen(quick).containsAll(wanted));
      for (int i = 0; i < 20; i++) returned(tickets.get(i));
      slow.read();
      slow.ready();
      Await.until(() -> seen(slow).containsAll(wanted));
      for (int i = 0; i < 20; i++) {
        String number = tickets.get(i).path("number").asText();
        int version = tickets.get(i).path("version").asInt() + 1;
        slow.await(
            e ->
                e.number().equals(number)
                    && e.data().path("ticket").path("version").asInt() == version);
      }
      assertRising(slow);
    }
  }

  private Set<String> seen(Listener listener) {
    Set<String> seen = new HashSet<>();
    for (Event event : listener.events()) {
      seen.add(event.number());
      if (event.name().equals("snapshot")) seen.addAll(numbers(event));
    }
    return seen;
  }

  private List<String> numbers(Event snapshot) {
    List<String> numbers = new ArrayList<>();
    snapshot.data().path("tickets").forEach(t -> numbers.add(t.path("number").asText()));
    return numbers;
  }

  private static void assertRising(Listener listener) {
    assertThat(listener.events()).extracting(Event::seq).isSorted();
  }

  private JsonNode take(ObjectNode report) {
    HttpResponse<String> answer = town.report("operator1", report.toString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return Town.json(answer);
  }

  /** The owner returns the ticket. */
  private JsonNode returned(JsonNode ticket) {
    HttpResponse<String> answer =
        act(
            handler(ticket),
            ticket,
            "{\"action\":\"return\",\"version\":"
                + ticket.path("version")
                + ",\"ground\":\"wrongDuty\",\"proposedUnit\":\"QX-HB\",\"reason\":\"非本单位职责\"}");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return Town.json(answer);
  }

  private HttpResponse<String> act(String user, JsonNode ticket, String body) {
    return town.post(user, "/api/v1/tickets/" + ticket.path("id").asText() + "/actions", body);
  }

  private String handler(JsonNode ticket) {
    return town.handlerOf(ticket.path("owner").path("unit").asText());
  }
}
