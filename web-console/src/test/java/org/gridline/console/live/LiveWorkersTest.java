package org.gridline.console.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.stream.StreamSupport;
import org.gridline.console.Await;
import org.gridline.console.Town;
import org.gridline.dispatch.store.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Where workers are, on the live feed: to whoever may see them, within their view, and no longer.
 */
class LiveWorkersTest {
  private static final String LON = "118.84467";
  private static Town town;

  @BeforeAll
  static void open() {
    town = Town.open(TestDatabase.fresh(), Town.folder());
  }

  @AfterAll
  static void close() {
    town.close();
  }

  @Test
  void those_who_may_are_told_within_their_box_and_nobody_else_and_the_end_is_told() {
    try (Listener commander = Listener.open(town, town.token("commander1"), "").ready();
        Listener elsewhere =
            Listener.open(town, town.token("commander1"), "?bbox=118.0,31.0,118.1,31.1").ready();
        Listener chief = Listener.open(town, town.token("chief1"), "").ready();
        Listener worker = Listener.open(town, town.token("worker2"), "").ready()) {
      long emergency = declare();
      tell("worker1", Instant.now());
      Listener.Event seen = commander.await(e -> e.name().equals("workers"));
      JsonNode moved = seen.data().path("moved").get(0);
      assertThat(moved.path("lon").asText()).isEqualTo(LON);
      assertThat(seen.id()).as("it does not move the reader's position").isEmpty();
      long id = moved.path("id").asLong();
      assertThat(moved.toString()).as("numbers, no names").doesNotContain("worker1");

      tell("worker1", Instant.now().plusSeconds(5));
      Await.until(() -> commander.named("workers").size() >= 2);
      try (Listener late = Listener.open(town, town.token("commander1"), "").ready()) {
        late.await(e -> e.name().equals("workers") && tells(e, "moved", id));
      }
      assertThat(
              town.post("commander1", "/api/v1/emergencies/" + emergency + "/end", "").statusCode())
          .isEqualTo(200);
      commander.await(e -> e.name().equals("workers") && tells(e, "gone", id));
      for (Listener other : java.util.List.of(elsewhere, chief, worker))
        assertThat(other.raw()).doesNotContain("workers").doesNotContain(LON);
    }
  }

  private static boolean tells(Listener.Event event, String list, long id) {
    return StreamSupport.stream(event.data().path(list).spliterator(), false)
        .anyMatch(w -> (w.isObject() ? w.path("id") : w).asLong() == id);
  }

  private static long declare() {
    HttpResponse<String> declared =
        town.post(
            "commander1",
            "/api/v1/emergencies",
            "{\"areas\":[\"320113001\"],\"why\":\"防汛\",\"until\":\"%s\"}"
                .formatted(Instant.now().plusSeconds(600)));
    assertThat(declared.statusCode()).as(declared.body()).isEqualTo(201);
    return Town.json(declared).path("id").asLong();
  }

  private static void tell(String user, Instant at) {
    HttpResponse<String> taken =
        town.post(
            user,
            "/api/v1/positions",
            "{\"fixes\":[{\"at\":\"%s\",\"lon\":%s,\"lat\":32.12041,\"crs\":\"WGS84\",\"accuracy\":9}]}"
                .formatted(at, LON));
    assertThat(Town.json(taken).path("accepted").asInt()).as(taken.body()).isEqualTo(1);
  }
}
