package org.gridline.console.ogc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.List;
import org.gridline.console.Town;
import org.gridline.dispatch.city.CityPack;
import org.gridline.dispatch.city.CityPackReader;
import org.gridline.gis.position.MapCrs;
import org.gridline.gis.position.Position;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** OGC 18-058r1, conformance class CRS, by the names of its abstract test suite (A.2). */
class CrsTest {
  private static final CityPack PACK = CityPackReader.read(Town.sample());
  private final Client client = Client.of("chief1");

  private static JsonNode corner(JsonNode feature) {
    JsonNode corner = feature.path("geometry").path("coordinates");
    while (corner.path(0).isArray()) corner = corner.path(0);
    return corner;
  }

  private static String crs(String uri) {
    return "crs=" + Client.encoded(uri);
  }

  @Test
  @DisplayName("/conf/crs/crs-uri, /conf/crs/fc-md-crs-list A/B, /conf/crs/fc-md-crs-list-global")
  void each_collection_lists_its_systems_by_uri_with_the_default_among_them() {
    JsonNode page = client.json("/collections");
    List<String> global = Client.list(page.path("crs")).stream().map(JsonNode::asText).toList();
    assertThat(global)
        .containsExactly(
            Client.CRS84,
            Client.epsg(4326),
            Client.epsg(4490),
            Client.epsg(3857),
            Client.epsg(4549));
    for (JsonNode c : Client.list(page.path("collections"))) {
      assertThat(c.path("crs").path(0).asText()).isEqualTo("#/crs");
      JsonNode alone = client.json("/collections/" + c.path("id").asText());
      assertThat(Client.list(alone.path("crs")).stream().map(JsonNode::asText)).isEqualTo(global);
      for (String uri : global)
        assertThat(
                client
                    .get("/collections/" + c.path("id").asText() + "/items?limit=1&" + crs(uri))
                    .statusCode())
            .isEqualTo(200);
    }
  }

  @Test
  @DisplayName("/conf/crs/storageCrs, /conf/crs/fc-md-storageCrs-valid-value")
  void the_storage_system_is_one_of_the_list() {
    for (String id : client.collections()) {
      JsonNode c = client.json("/collections/" + id);
      assertThat(Client.list(c.path("crs")).stream().map(JsonNode::asText))
          .contains(c.path("storageCrs").asText());
    }
  }

  @Test
  @DisplayName("/conf/crs/crs-parameter-default, /conf/crs/default-crs")
  void without_a_system_the_answer_is_crs84_and_says_so() {
    for (String path : List.of("street/items?limit=1", "street/items/" + street())) {
      HttpResponse<String> answer = client.get("/collections/" + path);
      assertThat(Client.header(answer, "Content-Crs")).isEqualTo("<" + Client.CRS84 + ">");
      HttpResponse<String> named =
          client.get("/collections/" + path + (path.contains("?") ? "&" : "?") + crs(Client.CRS84));
      assertThat(Town.json(named).findValues("geometry"))
          .isEqualTo(Town.json(answer).findValues("geometry"));
    }
  }

  private static String street() {
    return PACK.boundaries().list("street").getFirst().code();
  }

  @ParameterizedTest
  @ValueSource(ints = {4326, 4490, 3857, 4549})
  @DisplayName("/conf/crs/crs-parameter, -transform, /conf/crs/ogc-crs-header(-value)")
  void in_another_system_the_same_ground_is_told_with_its_axes(int code) {
    for (String path : List.of("street/items?limit=5&", "street/items/" + street() + "?")) {
      HttpResponse<String> answer = client.get("/collections/" + path + crs(Client.epsg(code)));
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(Client.header(answer, "Content-Crs")).isEqualTo("<" + Client.epsg(code) + ">");
      JsonNode plain = client.json("/collections/" + path.substring(0, path.length() - 1));
      JsonNode there = corner(first(Town.json(answer)));
      JsonNode here = corner(first(plain));
      Position back = new MapCrs(code).read(there.path(0).asDouble(), there.path(1).asDouble());
      assertThat(back.lon()).isCloseTo(here.path(0).asDouble(), within(2e-7));
      assertThat(back.lat()).isCloseTo(here.path(1).asDouble(), within(2e-7));
      switch (code) {
        case 4326, 4490 -> {
          assertThat(there.path(0)).as("latitude first").isEqualTo(here.path(1));
          assertThat(there.path(1)).isEqualTo(here.path(0));
        }
        case 4549 -> assertThat(there.path(0).asDouble()).as("northing first").isGreaterThan(3e6);
        default -> assertThat(there.path(0).asDouble()).as("easting first").isGreaterThan(1e7);
      }
    }
  }

  private static JsonNode first(JsonNode document) {
    return document.has("features") ? document.path("features").path(0) : document;
  }

  @Test
  @DisplayName("/conf/crs/bbox-crs-parameter-default")
  void without_a_system_a_box_is_in_crs84() {
    assertThat(Client.ids(client.items("street", "?bbox=118,31,120,33")))
        .isEqualTo(
            Client.ids(
                client.items(
                    "street", "?bbox=118,31,120,33&bbox-crs=" + Client.encoded(Client.CRS84))))
        .isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {4326, 4490, 3857, 4549})
  @DisplayName("/conf/crs/bbox-crs-parameter, /req/core/fc-bbox-crs-action")
  void a_box_in_another_system_finds_the_same_areas(int code) {
    double lon = PACK.city().center().lon();
    double lat = PACK.city().center().lat();
    double[] low = new double[2];
    double[] high = new double[2];
    new MapCrs(code).write(lon - 0.01, lat - 0.01, low);
    new MapCrs(code).write(lon + 0.01, lat + 0.01, high);
    String box = low[0] + "," + low[1] + "," + high[0] + "," + high[1];
    List<String> here =
        Client.ids(
            client.items(
                "community",
                "?limit=2000&bbox="
                    + (lon - 0.01)
                    + ","
                    + (lat - 0.01)
                    + ","
                    + (lon + 0.01)
                    + ","
                    + (lat + 0.01)));
    List<String> there =
        Client.ids(
            client.items(
                "community",
                "?limit=2000&bbox=" + box + "&bbox-crs=" + Client.encoded(Client.epsg(code))));
    assertThat(here).isNotEmpty();
    assertThat(there)
        .containsAll(here.subList(0, 1))
        .hasSizeBetween(here.size() - 1, here.size() + 1);
    if (code != 4549) assertThat(there).isEqualTo(here);
  }

  @Test
  @DisplayName("/req/core/fc-bbox-crs-action: a box of the zone with hand-computed corners")
  void a_box_of_the_zone_is_read_northing_first() {
    // 118.95, 32.10 lies at about 3,553,1xx N, 400,888 E of zone 120°; a kilometre around it.
    double[] at = new double[2];
    new MapCrs(4549).write(118.95, 32.10, at);
    String box = (at[0] - 500) + "," + (at[1] - 500) + "," + (at[0] + 500) + "," + (at[1] + 500);
    String crs = "&bbox-crs=" + Client.encoded(Client.epsg(4549));
    assertThat(Client.ids(client.items("district", "?bbox=" + box + crs))).hasSize(1);
    String swapped =
        (at[1] - 500) + "," + (at[0] - 500) + "," + (at[1] + 500) + "," + (at[0] + 500);
    assertThat(client.get("/collections/district/items?bbox=" + swapped + crs).body())
        .doesNotContain("\"numberReturned\":1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://www.opengis.net/def/crs/EPSG/0/2249",
        "EPSG:4326",
        "x",
        "",
        "http://www.opengis.net/def/crs/OGC/0/CRS84h"
      })
  @DisplayName("/conf/crs/crs-parameter-invalid, /conf/crs/bbox-crs-parameter-invalid")
  void a_system_that_is_not_in_the_list_is_refused(String uri) {
    for (String query : List.of("crs=", "bbox=1,2,3,4&bbox-crs="))
      assertThat(
              client.get("/collections/street/items?" + query + Client.encoded(uri)).statusCode())
          .isEqualTo(400);
    assertThat(
            client
                .get("/collections/street/items/" + street() + "?crs=" + Client.encoded(uri))
                .statusCode())
        .isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "3857:1e9,0,2e9,1",
        "4549:1e12,1e12,1e13,1e13",
        "4549:0,0,1e300,1",
        "4326:118,31,120,33",
        "3857:5,0,1,9"
      })
  @DisplayName("/req/crs/fc-bbox-crs-valid-value: numbers outside the system")
  void numbers_outside_the_system_are_refused(String text) {
    String[] parts = text.split(":");
    String uri = Client.epsg(Integer.parseInt(parts[0]));
    assertThat(
            client
                .get(
                    "/collections/street/items?bbox="
                        + parts[1]
                        + "&bbox-crs="
                        + Client.encoded(uri))
                .statusCode())
        .isEqualTo(400);
  }

  @Test
  @DisplayName("paging keeps the system")
  void the_next_page_is_in_the_same_system() {
    JsonNode first = client.items("street", "?limit=2&" + crs(Client.epsg(3857)));
    HttpResponse<String> next = client.follow(Client.link(first, "next").orElseThrow());
    assertThat(Client.header(next, "Content-Crs")).isEqualTo("<" + Client.epsg(3857) + ">");
  }
}
