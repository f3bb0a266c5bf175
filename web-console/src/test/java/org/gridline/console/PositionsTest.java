package org.gridline.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gridline.console.Answers.assertProblem;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.StreamSupport;
import org.gridline.dispatch.store.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Workers are tracked while they have a task in hand or where an emergency is, and never else. */
class PositionsTest {
  private static final double LON = 118.8445;
  private static final double LAT = 32.1204;
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
  void a_worker_is_tracked_from_signing_to_reporting_and_sees_what_is_kept() throws Exception {
    Instant before = Instant.now().minusSeconds(30);
    assertProblem(tell("worker1", fix(Instant.now())), 409, "tracking_off", "");
    assertThat(rows("worker1")).as("nothing is kept of what was refused").isZero();
    assertThat(mine("worker1").path("tracking").path("on").asBoolean()).isFalse();
    assertThat(mine("worker1").path("keepDays").asInt()).isEqualTo(7);

    JsonNode ticket = given("worker1", "CM-320113001001");
    assertProblem(tell("worker1", fix(Instant.now())), 409, "tracking_off", "");
    act("worker1", ticket, "{\"action\":\"coSign\"");
    assertThat(mine("worker1").path("tracking").path("since").asText()).isNotBlank();

    Instant now = Instant.now();
    JsonNode taken = Town.json(tell("worker1", fix(now), fix(before), fix(now.plusSeconds(1))));
    assertThat(taken.path("accepted").asInt()).isEqualTo(2);
    assertThat(taken.path("intervalSeconds").asInt()).isEqualTo(10);
    assertThat(reasons(taken)).containsExactly("1 outside_task");
    for (int i = 0; i < 3; i++)
      assertThat(tell("worker1", fix(now)).statusCode()).as("again does no harm").isEqualTo(200);
    assertThat(rows("worker1")).isEqualTo(2);
    JsonNode points = mine("worker1").path("points");
    assertThat(points).hasSize(2);
    assertThat(points.get(0).path("position").path("lon").asDouble()).isEqualTo(LON);
    assertThat(points.get(0).path("flag").asText()).isIn("ok", "edge");
    assertThat(mine("worker3").path("points")).as("nobody else's").isEmpty();
    assertThat(seen("commander1")).contains("worker1");

    act("worker1", ticket, "{\"action\":\"coReport\",\"result\":\"solved\",\"words\":\"已清理\"");
    Await.until(() -> tell("worker1", fix(Instant.now())).statusCode() == 409);
    Await.until(() -> !seen("commander1").contains("worker1"));
    assertThat(mine("worker1").path("points").size()).as("the track stays").isGreaterThan(1);
  }

  @Test
  void in_a_declared_emergency_they_are_tracked_where_it_is_and_until_it_is_ended()
      throws Exception {
    String street = streetAt(LON, LAT);
    assertProblem(declare("dispatcher1", street, Duration.ofHours(1)), 403, "not_permitted", "");
    assertProblem(
        declare("commander1", "nowhere", Duration.ofHours(1)), 422, "value_refused", "areas");
    assertProblem(declare("commander1", street, Duration.ofDays(9)), 422, "value_refused", "until");
    assertProblem(
        declare("commander1", street, Duration.ofHours(-1)), 422, "value_refused", "until");
    HttpResponse<String> declared = declare("commander1", street, Duration.ofHours(1));
    assertThat(declared.statusCode()).as(declared.body()).isEqualTo(201);
    long id = Town.json(declared).path("id").asLong();
    assertThat(Town.json(town.get("worker2", "/api/v1/emergencies")).findValuesAsText("why"))
        .contains("台风来袭");
    assertThat(town.get("worker2", "/api/v1/emergencies").body()).doesNotContain("commander1");

    ObjectNode elsewhere = fix(Instant.now()).put("lon", 118.9018).put("lat", 32.0574);
    assertProblem(tell("worker2", elsewhere), 409, "tracking_off", "");
    assertThat(rows("worker2")).isZero();
    assertThat(Town.json(tell("worker2", fix(Instant.now()), elsewhere)).path("accepted").asInt())
        .isEqualTo(1);
    assertThat(seen("commander1")).contains("worker2");

    assertProblem(end("dispatcher1", id), 403, "not_permitted", "");
    assertThat(end("commander1", id).statusCode()).isEqualTo(200);
    assertProblem(end("commander1", id), 404, "not_found", "");
    assertProblem(tell("worker2", fix(Instant.now())), 409, "tracking_off", "");
    assertThat(seen("commander1")).doesNotContain("worker2");
    JsonNode record = Town.json(town.get("auditor1", "/api/v1/emergencies")).path("emergencies");
    assertThat(record.get(0).path("declaredBy").path("user").asText()).isEqualTo("commander1");
    assertThat(record.get(0).path("endedBy").path("user").asText()).isEqualTo("commander1");
  }

  @Test
  void garbage_is_named_by_line_and_left_out_and_the_good_ones_are_kept() throws Exception {
    JsonNode ticket = given("worker3", "CM-320113003012");
    act("worker3", ticket, "{\"action\":\"coSign\"");
    Instant now = Instant.now();
    JsonNode taken =
        Town.json(
            tell(
                "worker3",
                fix(now),
                fix(now.plusSeconds(1)).put("lon", 0).put("lat", 0),
                fix(now.plusSeconds(2)).put("lon", LAT).put("lat", LON),
                fix(now.plusSeconds(3)).put("lon", 119).put("lat", 32),
                fix(now.plusSeconds(4)).put("accuracy", 5000),
                fix(now.plusSeconds(5)).put("accuracy", -1),
                fix(now.plusSeconds(6)).put("lon", 1e300),
                fix(now.plusSeconds(3600)),
                fix(now.minusSeconds(100_000)),
                fix(now),
                fix(now.plusSeconds(7)).put("lon", 999).put("lat", 999)));
    assertThat(reasons(taken))
        .containsExactly(
            "1 suspect",
            "2 suspect",
            "3 suspect",
            "4 inaccurate",
            "5 invalid",
            "6 invalid",
            "7 future",
            "8 too_old",
            "9 repeated",
            "10 invalid");
    assertThat(taken.path("accepted").asInt()).isEqualTo(1);
    assertThat(rows("worker3")).isEqualTo(1);

    for (String bad : List.of("{}", "{\"fixes\":[]}", "{\"fixes\":{}}", "{\"fixes\":[1]}"))
      assertProblem(
          town.post("worker3", "/api/v1/positions", bad), 400, "invalid_request", "fixes");
    assertProblem(tell("worker3", fix(now).put("crs", "EPSG:1")), 422, "crs_unknown", "crs");
    assertProblem(tell("worker3", without("crs")), 422, "crs_unknown", "crs");
    assertProblem(tell("worker3", fix(now).put("at", "gestern")), 400, "invalid_request", "at");
    assertProblem(tell("worker3", without("lon")), 400, "invalid_request", "fixes[0].lon");
    assertProblem(
        tell("worker3", fix(now).put("user", "worker1")), 400, "invalid_request", "fixes[0].user");
    ObjectNode[] flood = new ObjectNode[501];
    for (int i = 0; i < flood.length; i++) flood[i] = fix(now.plusMillis(i));
    assertProblem(tell("worker3", flood), 400, "invalid_request", "fixes");
    assertProblem(
        town.post("worker3", "/api/v1/positions", "[".repeat(200_000)),
        413,
        "payload_too_large",
        "");
    assertThat(rows("worker3")).isEqualTo(1);
  }

  @Test
  void a_look_at_a_track_wants_a_right_and_a_purpose_and_is_written_down() {
    String look = "{\"worker\":\"worker1\",\"purpose\":\"%s\"}";
    assertProblem(track("dispatcher1", look.formatted("safety")), 403, "not_permitted", "");
    assertProblem(track("worker1", look.formatted("safety")), 403, "not_permitted", "");
    assertProblem(
        track("commander1", look.formatted("curiosity")), 400, "invalid_request", "purpose");
    assertProblem(
        track("commander1", "{\"worker\":\"nobody9\",\"purpose\":\"safety\"}"),
        404,
        "not_found",
        "");
    assertThat(track("commander1", look.formatted("complaint")).statusCode()).isEqualTo(200);
    JsonNode looks = Town.json(town.get("auditor1", "/api/v1/track-looks")).path("looks");
    assertThat(looks.get(0).path("user").path("user").asText()).isEqualTo("commander1");
    assertThat(looks.get(0).path("worker").path("user").asText()).isEqualTo("worker1");
    assertThat(looks.get(0).path("purpose").asText()).isEqualTo("complaint");
    assertThat(looks.findValuesAsText("purpose")).doesNotContain("safety", "curiosity");
    assertProblem(town.get("commander1", "/api/v1/track-looks"), 403, "not_permitted", "");
    assertProblem(town.get("dispatcher1", "/api/v1/positions"), 403, "not_permitted", "");
    assertProblem(tell("operator1", fix(Instant.now())), 403, "not_permitted", "");
  }

  /** A ticket that the worker's unit was asked to help with. */
  static JsonNode given(Town town, String unit) {
    JsonNode ticket = Town.json(town.report("operator1", Said.lamp().toString()));
    String handler = town.handlerOf(ticket.path("owner").path("unit").asText());
    act(town, handler, ticket, "{\"action\":\"sign\"");
    act(town, "dispatcher1", ticket, "{\"action\":\"joinUnit\",\"unit\":\"" + unit + "\"");
    return ticket;
  }

  private static JsonNode given(String worker, String unit) {
    assertThat(rows(worker)).isZero();
    return given(town, unit);
  }

  static void act(Town town, String user, JsonNode ticket, String begun) {
    String path = "/api/v1/tickets/" + ticket.path("id").asText();
    int version = Town.json(town.get("chief1", path)).path("version").asInt();
    HttpResponse<String> answer =
        town.post(user, path + "/actions", begun + ",\"version\":" + version + "}");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  private static void act(String user, JsonNode ticket, String begun) {
    act(town, user, ticket, begun);
  }

  private static ObjectNode fix(Instant at) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("at", at.toString())
        .put("lon", LON)
        .put("lat", LAT)
        .put("crs", "WGS84")
        .put("accuracy", 8);
  }

  private static ObjectNode without(String member) {
    ObjectNode node = fix(Instant.now());
    node.remove(member);
    return node;
  }

  private static HttpResponse<String> tell(String user, ObjectNode... fixes) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    ArrayNode list = body.putArray("fixes");
    for (ObjectNode fix : fixes) list.add(fix);
    return town.post(user, "/api/v1/positions", body.toString());
  }

  private static List<String> reasons(JsonNode taken) {
    return StreamSupport.stream(taken.path("refused").spliterator(), false)
        .map(r -> r.path("line").asInt() + " " + r.path("why").asText())
        .toList();
  }

  private static JsonNode mine(String user) {
    return Town.json(town.get(user, "/api/v1/positions/mine"));
  }

  private static List<String> seen(String user) {
    return Town.json(town.get(user, "/api/v1/positions")).findValuesAsText("user");
  }

  private static HttpResponse<String> track(String user, String body) {
    return town.post(user, "/api/v1/tracks", body);
  }

  private static HttpResponse<String> declare(String user, String area, Duration most) {
    return town.post(
        user,
        "/api/v1/emergencies",
        "{\"areas\":[\"%s\"],\"why\":\"台风来袭\",\"until\":\"%s\"}"
            .formatted(area, Instant.now().plus(most)));
  }

  private static HttpResponse<String> end(String user, long id) {
    return town.post(user, "/api/v1/emergencies/" + id + "/end", "");
  }

  private static String streetAt(double lon, double lat) {
    JsonNode place =
        Town.json(town.get("chief1", "/api/v1/locate?lon=" + lon + "&lat=" + lat + "&crs=WGS84"));
    for (JsonNode area : place.path("areas"))
      if (area.path("layer").asText().equals("street")) return area.path("code").asText();
    throw new AssertionError(place.toString());
  }

  private static int rows(String login) {
    try (Connection c = TestDatabase.connectTo(town.databaseUrl());
        Statement s = c.createStatement();
        var rows =
            s.executeQuery(
                "SELECT count(*) FROM worker_track t JOIN app_user u ON u.id = t.user_id"
                    + " WHERE u.login = '"
                    + login
                    + "'")) {
      rows.next();
      return rows.getInt(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
