package org.gridline.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gridline.console.ChangedGround.ADMIN;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.StreamSupport;
import org.gridline.console.ChangedGround.Feature;
import org.gridline.dispatch.store.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.Point;

/** The data administrator brings new boundaries while the city works. */
class S16_BoundariesChangeTest {
  private static final String STREET = "320113001";
  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
  private static final Town TOWN = Town.open(TestDatabase.fresh(), Town.folder());
  private static final ChangedGround GROUND = new ChangedGround(TOWN);

  @AfterAll
  static void close() {
    TOWN.close();
  }

  /** Everything is taken back, so that each test begins with the pack's ground. */
  @AfterEach
  void takeBack() {
    while (true) {
      JsonNode newest = newest();
      if (newest.path("origin").asText().equals("pack")) return;
      assertThat(withdraw(newest.path("version").asText()).statusCode()).isEqualTo(200);
    }
  }

  private static JsonNode newest() {
    for (JsonNode v : versions().path("versions")) {
      String state = v.path("state").asText();
      if (state.equals("current") || state.equals("planned")) return v;
    }
    throw new AssertionError("no version holds");
  }

  private static JsonNode versions() {
    return Town.json(TOWN.get(ADMIN, "/api/v1/boundary-versions"));
  }

  private static HttpResponse<String> withdraw(String version) {
    return TOWN.post(
        ADMIN, "/api/v1/boundary-versions/" + version + "/actions", "{\"action\":\"withdraw\"}");
  }

  private static Feature street() {
    return GROUND.layer("street").stream()
        .filter(f -> f.code().equals(STREET))
        .findFirst()
        .orElseThrow();
  }

  /** The street in two, everything else as it was. */
  private static List<Feature> split(Feature street) {
    List<Geometry> halves = ChangedGround.halves(street.shape());
    List<Feature> all = new ArrayList<>(GROUND.layer("street"));
    all.removeIf(f -> f.code().equals(STREET));
    all.add(new Feature("320113101", "西样例街道", street.parent(), halves.get(0)));
    all.add(new Feature("320113102", "东样例街道", street.parent(), halves.get(1)));
    return all;
  }

  /** Whose areas are those of the ground that holds. */
  private static int components(String area) {
    return Town.json(TOWN.get("commander1", "/api/v1/components?area=" + area))
        .path("components")
        .size();
  }

  private static JsonNode reported(Geometry in) {
    Point at = in.getInteriorPoint();
    HttpResponse<String> answer =
        TOWN.report(
            "operator1",
            "{\"channel\":\"phone\",\"type\":\"help\",\"words\":\"路灯不亮\",\"position\":{\"lon\":"
                + at.getX()
                + ",\"lat\":"
                + at.getY()
                + ",\"crs\":\"WGS84\"}}");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return Town.json(answer);
  }

  /** Two patrol areas share a street's ground; the one that the city puts first has it. */
  @Test
  void a_priority_decides_who_has_ground_that_two_claim() {
    Geometry street = street().shape();
    for (String first : List.of("B", "A")) {
      String file =
          new String(
                  ChangedGround.file(
                      List.of(
                          new Feature("PCS-A", "甲所", "", street),
                          new Feature("PCS-B", "乙所", "", street))),
                  java.nio.charset.StandardCharsets.UTF_8)
              .replace("\"NAME\":\"甲所\"", "\"NAME\":\"甲所\",\"RANK\":2")
              .replace(
                  "\"NAME\":\"乙所\"",
                  "\"NAME\":\"乙所\",\"RANK\":\"" + (first.equals("B") ? 1 : 3) + "\"");
      JsonNode ready =
          GROUND.importedAs(
              "layer=police&layerName=police&code=CODE&name=NAME&priority=RANK&file=x.geojson",
              file.getBytes(java.nio.charset.StandardCharsets.UTF_8));
      assertThat(ready.path("state").asText()).as(ready.toString()).isEqualTo("ready");
      assertThat(ready.path("wishes").path("priority").asText()).isEqualTo("RANK");
      assertThat(ready.path("findings").toString()).contains("overlap_large", "PCS-" + first);
      GROUND.decide(ready.path("id").asLong(), "{\"action\":\"activate\"}");
      assertThat(GROUND.locate("operator1", street, "").path("place").path("areas").toString())
          .contains("PCS-" + first);
      assertThat(newest().path("layers").toString()).contains("\"priority\":\"RANK\"");
    }
    String kept = newest().path("version").asText();
    TOWN.restart();
    assertThat(newest().path("version").asText()).isEqualTo(kept);
    assertThat(GROUND.locate("operator1", street, "").path("place").path("areas").toString())
        .as("read from the database")
        .contains("PCS-A")
        .doesNotContain("PCS-B");
  }

  @Test
  void a_street_is_split_and_those_who_saw_it_go_on_seeing_it() {
    Feature street = street();
    Geometry west = ChangedGround.halves(street.shape()).getFirst();
    JsonNode before = reported(west);
    String first = before.path("place").path("boundaryVersion").asText();
    assertThat(before.path("place").path("street").asText()).isEqualTo(STREET);

    JsonNode ready = GROUND.imported("street", ChangedGround.file(split(street)));
    assertThat(ready.path("state").asText()).as(ready.toString()).isEqualTo("ready");
    JsonNode changes = ready.path("changes");
    assertThat(changes.path("counts").path("added").asInt()).isEqualTo(2);
    assertThat(changes.path("counts").path("removed").asInt()).isEqualTo(1);
    assertThat(changes.path("counts").path("moved").asInt()).isZero();
    assertThat(changes.path("tickets").path("otherArea").asInt()).isPositive();
    assertThat(changes.path("tickets").toString()).contains(before.path("number").asText());
    assertThat(changes.path("warnings").toString())
        .contains("unit_area_gone", "area_without_unit", "parent_gone");
    assertThat(GROUND.locate("operator1", west, "").path("place").path("street").asText())
        .as("nothing holds before somebody decides")
        .isEqualTo(STREET);

    long id = ready.path("id").asLong();
    JsonNode done = Town.json(GROUND.decide(id, "{\"action\":\"activate\",\"note\":\"区划调整\"}"));
    String version = done.path("version").asText();
    assertThat(done.path("state").asText()).isEqualTo("activated");
    JsonNode place = GROUND.locate("operator1", west, "").path("place");
    assertThat(place.path("street").asText()).isEqualTo("320113101");
    assertThat(place.path("boundaryVersion").asText()).isEqualTo(version);
    assertThat(
            GROUND
                .locate("operator1", west, "&version=" + first)
                .path("place")
                .path("street")
                .asText())
        .isEqualTo(STREET);

    JsonNode after = reported(west);
    assertThat(after.path("place").path("boundaryVersion").asText()).isEqualTo(version);
    assertThat(
            Town.json(TOWN.get("operator1", "/api/v1/tickets/" + before.path("id").asLong()))
                .path("place")
                .path("street")
                .asText())
        .as("an old ticket keeps what it was routed by")
        .isEqualTo(STREET);
    Await.until(
        () ->
            TOWN.get("yaohua1", "/api/v1/tickets/" + after.path("id").asLong()).statusCode()
                == 200);
    assertThat(TOWN.get("maqun1", "/api/v1/tickets/" + after.path("id").asLong()).statusCode())
        .isEqualTo(404);
    assertThat(numbers("/api/v1/tickets?area=" + STREET))
        .contains(before.path("number").asText(), after.path("number").asText());
    Await.until(
        () ->
            numbers("/api/v1/tickets?area=320113101")
                .containsAll(
                    List.of(before.path("number").asText(), after.path("number").asText())));
    assertThat(numbers("/api/v1/tickets?area=320113102"))
        .as("the other part has nothing of it")
        .doesNotContain(before.path("number").asText());
    Await.until(() -> components("320113101") > 0 && components(STREET) == 0);
    assertThat(components("320113102")).isPositive();
    JsonNode lineage =
        Town.json(TOWN.get(ADMIN, "/api/v1/boundary-versions/" + version + "/lineage"));
    assertThat(lineage.path("lineage")).hasSize(2);

    assertThat(withdraw(version).statusCode()).isEqualTo(200);
    assertThat(GROUND.locate("operator1", west, "").path("place").path("street").asText())
        .isEqualTo(STREET);
    assertThat(Town.json(TOWN.get(ADMIN, "/api/v1/boundary-log")).path("log"))
        .extracting(line -> line.path("kind").asText())
        .contains("uploaded", "staged", "activated", "withdrawn", "pack_activated");
    assertThat(withdraw(first).statusCode()).as("the first has none before it").isEqualTo(409);
  }

  @Test
  void merged_and_renumbered_streets_keep_their_tickets() {
    List<Feature> all = new ArrayList<>(GROUND.layer("street"));
    Feature one = all.stream().filter(f -> f.code().equals("320113003")).findFirst().orElseThrow();
    Feature two = all.stream().filter(f -> f.code().equals("320113004")).findFirst().orElseThrow();
    Feature three =
        all.stream().filter(f -> f.code().equals("320113006")).findFirst().orElseThrow();
    JsonNode early = reported(one.shape());
    JsonNode renumbered = reported(three.shape());
    all.removeAll(List.of(one, two, three));
    all.add(new Feature("320113203", "合并样例街道", one.parent(), one.shape().union(two.shape())));
    all.add(new Feature("320113206", three.name(), three.parent(), three.shape()));
    GROUND.holds("street", all);
    assertThat(numbers("/api/v1/tickets?area=320113203")).contains(early.path("number").asText());
    assertThat(numbers("/api/v1/tickets?area=320113206"))
        .contains(renumbered.path("number").asText());

    // A second import on top: the renumbered street gets one more number.
    List<Feature> again = new ArrayList<>(GROUND.layer("street"));
    again.removeIf(f -> f.code().equals("320113206"));
    again.add(new Feature("320113306", three.name(), three.parent(), three.shape()));
    GROUND.holds("street", again);
    assertThat(numbers("/api/v1/tickets?area=320113306"))
        .contains(renumbered.path("number").asText());
    JsonNode late = reported(three.shape());
    assertThat(late.path("place").path("street").asText()).isEqualTo("320113306");
    Await.until(
        () ->
            TOWN.get("longtan1", "/api/v1/tickets/" + late.path("id").asLong()).statusCode()
                == 200);
    JsonNode merged = reported(two.shape());
    Await.until(
        () ->
            TOWN.get("maigaoqiao1", "/api/v1/tickets/" + merged.path("id").asLong()).statusCode()
                == 200);
  }

  private static List<String> numbers(String path) {
    return StreamSupport.stream(
            Town.json(TOWN.get("operator1", path)).path("tickets").spliterator(), false)
        .map(t -> t.path("number").asText())
        .toList();
  }

  @Test
  void a_new_service_layer_goes_first_and_the_finest_stays_the_last() {
    Feature street = street();
    List<Geometry> halves = ChangedGround.halves(street.shape());
    byte[] file =
        ChangedGround.file(
            List.of(
                new Feature("P1", "西样例派出所", "", halves.get(0)),
                new Feature("P2", "东样例派出所", "", halves.get(1))));
    JsonNode ready =
        GROUND.importedAs(
            "layer=police&code=CODE&name=NAME&layerName=" + ChangedGround.encoded("派出所"), file);
    assertThat(ready.path("state").asText()).as(ready.toString()).isEqualTo("ready");
    assertThat(GROUND.decide(ready.path("id").asLong(), "{\"action\":\"activate\"}").statusCode())
        .isEqualTo(200);
    JsonNode layers = Town.json(TOWN.send(TOWN.request("/api/v1/city"))).path("layers");
    assertThat(layers.findValuesAsText("id"))
        .startsWith("police", "district")
        .endsWith("patrolGrid", "unitGrid");
    JsonNode place = GROUND.locate("operator1", halves.getFirst(), "").path("place");
    assertThat(place.path("areas").path("police").asText()).isEqualTo("P1");
    assertThat(place.path("grid").asText()).isNotEmpty();
    assertThat(TOWN.get("operator1", "/api/v1/boundaries/police").statusCode()).isEqualTo(200);
  }

  @Test
  void what_is_planned_holds_from_its_day_on() {
    Feature street = street();
    Geometry west = ChangedGround.halves(street.shape()).getFirst();
    LocalDate today = LocalDate.now(ZONE);
    LocalDate soon = today.plusDays(3);
    JsonNode ready = GROUND.imported("street", ChangedGround.file(split(street)));
    JsonNode planned =
        Town.json(
            GROUND.decide(
                ready.path("id").asLong(),
                "{\"action\":\"activate\",\"validFrom\":\"" + soon + "\"}"));
    assertThat(planned.path("validFrom").asText()).startsWith(soon + "T00:00:00+08:00");
    assertThat(street(west, "")).isEqualTo(STREET);
    assertThat(street(west, "&date=" + today)).isEqualTo(STREET);
    assertThat(street(west, "&date=" + soon.minusDays(1))).isEqualTo(STREET);
    assertThat(street(west, "&date=" + soon)).isEqualTo("320113101");
    assertThat(TOWN.get("operator1", "/api/v1/boundaries/street?date=" + soon).body())
        .contains("320113101");
    assertThat(TOWN.get("operator1", "/api/v1/boundaries/street?date=1999-01-01").statusCode())
        .isEqualTo(404);
    assertThat(TOWN.get("operator1", "/api/v1/boundaries/street?date=yesterday").statusCode())
        .isEqualTo(400);

    // The chain goes on behind the plan, not under it.
    List<Feature> moved = new ArrayList<>(split(street));
    JsonNode next = GROUND.imported("street", ChangedGround.file(moved));
    HttpResponse<String> now = GROUND.decide(next.path("id").asLong(), "{\"action\":\"activate\"}");
    assertThat(now.statusCode()).isEqualTo(409);
    assertThat(now.body()).contains("boundaries_changed");
    assertThat(GROUND.decide(next.path("id").asLong(), "{\"action\":\"discard\"}").statusCode())
        .isEqualTo(200);
    assertThat(GROUND.decide(next.path("id").asLong(), "{\"action\":\"activate\"}").statusCode())
        .isEqualTo(422);
  }

  private static String street(Geometry in, String more) {
    return GROUND.locate("operator1", in, more).path("place").path("street").asText();
  }

  @Test
  void another_server_follows_within_two_seconds() {
    try (Town other = Town.open(TOWN.databaseUrl(), Town.folder())) {
      Feature street = street();
      Geometry west = ChangedGround.halves(street.shape()).getFirst();
      ChangedGround there = new ChangedGround(other);
      assertThat(there.locate("operator1", west, "").path("place").path("street").asText())
          .isEqualTo(STREET);
      GROUND.holds("street", split(street));
      Await.until(
          () ->
              there
                  .locate("operator1", west, "")
                  .path("place")
                  .path("street")
                  .asText()
                  .equals("320113101"));
    }
  }

  @Test
  void a_restart_finds_what_was_imported() {
    Feature street = street();
    Geometry west = ChangedGround.halves(street.shape()).getFirst();
    String version = GROUND.holds("street", split(street));
    TOWN.restart();
    JsonNode place = GROUND.locate("operator1", west, "").path("place");
    assertThat(place.path("street").asText()).isEqualTo("320113101");
    assertThat(place.path("boundaryVersion").asText()).isEqualTo(version);
  }

  @Test
  void switched_under_load_no_look_up_fails_and_place_and_version_agree() throws Exception {
    Feature street = street();
    Geometry west = ChangedGround.halves(street.shape()).getFirst();
    String first = newest().path("version").asText();
    byte[] file = ChangedGround.file(split(street));
    AtomicBoolean stop = new AtomicBoolean();
    AtomicLong answered = new AtomicLong();
    ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();
    List<Thread> people = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      boolean reports = i == 0;
      people.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    while (!stop.get()) {
                      JsonNode place =
                          reports
                              ? reported(west).path("place")
                              : GROUND.locate("operator1", west, "").path("place");
                      boolean old = place.path("boundaryVersion").asText().equals(first);
                      String code = place.path("street").asText();
                      if (!code.equals(old ? STREET : "320113101")) wrong.add(place.toString());
                      answered.incrementAndGet();
                    }
                  }));
    }
    for (int round = 0; round < 4; round++) {
      JsonNode ready = GROUND.imported("street", file);
      JsonNode done =
          Town.json(GROUND.decide(ready.path("id").asLong(), "{\"action\":\"activate\"}"));
      assertThat(done.path("state").asText()).isEqualTo("activated");
      assertThat(withdraw(done.path("version").asText()).statusCode()).isEqualTo(200);
    }
    stop.set(true);
    for (Thread person : people) person.join();
    assertThat(wrong).isEmpty();
    assertThat(answered).hasValueGreaterThan(50);
  }
}
