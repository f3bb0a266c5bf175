package org.gridline.console.ogc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.gridline.console.Said;
import org.gridline.console.Town;
import org.gridline.dispatch.city.CityPack;
import org.gridline.dispatch.city.CityPackReader;
import org.gridline.gis.boundary.Area;
import org.gridline.gis.boundary.Layer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.GeometryFactory;

/** OGC 17-069r4, conformance class Core, by the names of its abstract test suite (A.2). */
class CoreTest {
  private static final CityPack PACK = CityPackReader.read(Town.sample());
  private final Client client = Client.of("chief1");

  private static List<Area> streets() {
    return PACK.boundaries().list("street");
  }

  @Test
  @DisplayName("/conf/core/http")
  void the_server_speaks_http() {
    HttpResponse<String> answer = client.get("");
    assertThat(answer.version().name()).isEqualTo("HTTP_1_1");
    HttpResponse<String> wrong =
        client.town().send(client.town().as("chief1", "/ogc").POST(BodyPublishers.noBody()));
    assertThat(wrong.statusCode()).isEqualTo(405);
    assertThat(Client.header(wrong, "Allow")).isEqualTo("GET");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/"})
  @DisplayName("/conf/core/root-op, /conf/core/root-success")
  void the_landing_page_links_to_definition_conformance_and_data(String path) {
    JsonNode page = client.json(path);
    assertThat(Client.links(page, "service-desc")).isNotEmpty();
    for (String rel : List.of("service-desc", "conformance", "data", "self")) {
      String href = Client.link(page, rel).orElseThrow();
      assertThat(client.follow(href).statusCode()).as(rel).isEqualTo(200);
    }
  }

  @Test
  @DisplayName("/conf/core/api-definition-op, /conf/core/api-definition-success")
  void the_definition_stands_where_the_landing_page_says() {
    JsonNode link = Client.links(client.json(""), "service-desc").getFirst();
    HttpResponse<String> answer = client.follow(link.path("href").asText());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(Client.header(answer, "Content-Type")).isEqualTo(link.path("type").asText());
  }

  @Test
  @DisplayName("/conf/core/conformance-op, /conf/core/conformance-success")
  void the_conformance_page_names_the_classes_that_are_tested_here() {
    List<String> classes =
        Client.list(client.json("/conformance").path("conformsTo")).stream()
            .map(JsonNode::asText)
            .toList();
    assertThat(classes)
        .containsExactlyInAnyOrder(
            "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core",
            "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/oas30",
            "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson",
            "http://www.opengis.net/spec/ogcapi-features-2/1.0/conf/crs");
  }

  @Test
  @DisplayName("/conf/core/fc-md-op, /conf/core/fc-md-success, /conf/core/fc-md-links")
  void the_collections_are_every_layer_and_the_tickets() {
    JsonNode page = client.json("/collections");
    assertThat(client.collections())
        .containsExactlyElementsOf(
            Stream.concat(PACK.boundaries().layers().stream().map(Layer::id), Stream.of("tickets"))
                .toList());
    assertThat(Client.links(page, "self")).isNotEmpty();
    assertThat(Client.list(page.path("links")))
        .allSatisfy(
            l -> {
              assertThat(l.path("rel").asText()).isNotBlank();
              assertThat(l.path("type").asText()).isNotBlank();
            });
  }

  @Test
  @DisplayName("/conf/core/fc-md-items, /conf/core/fc-md-items-links, /conf/core/fc-md-extent")
  void each_collection_says_where_its_items_are_and_how_far_they_reach() {
    for (JsonNode c : Client.list(client.json("/collections").path("collections"))) {
      assertThat(c.path("id").asText()).isNotBlank();
      List<JsonNode> items = Client.links(c, "items");
      assertThat(items.stream().map(l -> l.path("type").asText())).contains("application/geo+json");
      assertThat(client.follow(items.getFirst().path("href").asText()).statusCode()).isEqualTo(200);
      JsonNode box = c.path("extent").path("spatial").path("bbox").path(0);
      assertThat(box).hasSize(4);
      Envelope extent =
          new Envelope(
              box.path(0).asDouble(),
              box.path(2).asDouble(),
              box.path(1).asDouble(),
              box.path(3).asDouble());
      for (Area a : PACK.boundaries().list(c.path("id").asText()))
        assertThat(extent.covers(a.shape().getEnvelopeInternal())).isTrue();
    }
  }

  @Test
  @DisplayName("/conf/core/sfc-md-op, /conf/core/sfc-md-success")
  void a_collection_alone_says_the_same_as_in_the_list() {
    for (JsonNode c : Client.list(client.json("/collections").path("collections"))) {
      ObjectNode alone = (ObjectNode) client.json("/collections/" + c.path("id").asText());
      ObjectNode listed = c.deepCopy();
      assertThat(Client.list(listed.remove("crs")).getFirst().asText()).isEqualTo("#/crs");
      assertThat(Client.list(alone.remove("crs"))).isNotEmpty();
      assertThat(alone).isEqualTo(listed);
    }
    assertThat(client.get("/collections/rivers").statusCode()).isEqualTo(404);
  }

  @Test
  @DisplayName("/conf/core/fc-op, /conf/core/fc-response, /conf/core/crs84")
  void the_items_are_a_feature_collection_in_wgs84_longitude_first() {
    for (String collection : client.collections()) {
      HttpResponse<String> answer = client.get("/collections/" + collection + "/items");
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(Client.header(answer, "Content-Type")).isEqualTo("application/geo+json");
    }
    JsonNode first = client.items("street", "").path("features").path(0);
    JsonNode corner = first.path("geometry").path("coordinates");
    while (corner.path(0).isArray()) corner = corner.path(0);
    assertThat(corner.path(0).asDouble()).isBetween(118.0, 120.0);
    assertThat(corner.path(1).asDouble()).isBetween(31.0, 33.0);
  }

  @Test
  @DisplayName("/conf/core/fc-links, /conf/core/fc-rel-type")
  void a_page_links_to_itself_and_to_its_other_form() {
    JsonNode page = client.items("street", "?limit=3");
    assertThat(Client.links(page, "self").getFirst().path("type").asText())
        .isEqualTo("application/geo+json");
    assertThat(Client.links(page, "alternate").getFirst().path("type").asText())
        .isEqualTo("application/json");
    assertThat(Client.list(page.path("links")))
        .allSatisfy(
            l -> {
              assertThat(l.path("rel").asText()).isNotBlank();
              assertThat(l.path("type").asText()).isNotBlank();
            });
    HttpResponse<String> again = client.follow(Client.link(page, "self").orElseThrow());
    assertThat(Client.ids(Town.json(again))).isEqualTo(Client.ids(page));
  }

  @Test
  @DisplayName("/conf/core/fc-timeStamp, /conf/core/fc-numberMatched, /conf/core/fc-numberReturned")
  void a_page_says_when_it_was_made_and_how_many_there_are() {
    Instant before = Instant.now().minusSeconds(60);
    JsonNode page = client.items("street", "?limit=3");
    assertThat(Instant.parse(page.path("timeStamp").asText()))
        .isBetween(before, Instant.now().plusSeconds(60));
    assertThat(page.path("numberMatched").asInt()).isEqualTo(streets().size());
    assertThat(page.path("numberReturned").asInt()).isEqualTo(page.path("features").size());
    assertThat(client.items("tickets", "").has("numberMatched"))
        .as("may be left out where counting is dear")
        .isFalse();
  }

  @Test
  @DisplayName("/conf/core/fc-limit-definition, /conf/core/fc-limit-response")
  void a_page_never_holds_more_than_asked_for_and_the_pages_hold_everything_once() {
    List<JsonNode> pages = client.pages("community", "?limit=17");
    Set<String> seen = new HashSet<>();
    for (JsonNode page : pages) {
      assertThat(Client.ids(page)).hasSizeLessThanOrEqualTo(17).allMatch(seen::add);
      assertThat(page.path("numberMatched").asInt())
          .isEqualTo(PACK.boundaries().list("community").size());
    }
    assertThat(seen).hasSize(PACK.boundaries().list("community").size());
    assertThat(client.items("community", "").path("features")).hasSizeLessThanOrEqualTo(100);
    assertThat(client.items("grid", "?limit=999999999").path("features"))
        .hasSizeLessThanOrEqualTo(2_000);
  }

  @Test
  @DisplayName("/conf/core/fc-bbox-definition, /conf/core/fc-bbox-response")
  void a_box_gives_exactly_the_areas_that_it_meets() {
    double lon = PACK.city().center().lon();
    double lat = PACK.city().center().lat();
    Envelope box = new Envelope(lon - 0.02, lon + 0.03, lat - 0.01, lat + 0.02);
    List<String> expected =
        PACK.boundaries().list("community").stream()
            .filter(a -> a.shape().intersects(new GeometryFactory().toGeometry(box)))
            .map(Area::code)
            .sorted()
            .toList();
    String four = box.getMinX() + "," + box.getMinY() + "," + box.getMaxX() + "," + box.getMaxY();
    String six =
        box.getMinX() + "," + box.getMinY() + ",-5," + box.getMaxX() + "," + box.getMaxY() + ",9";
    assertThat(expected).isNotEmpty();
    for (String bbox : List.of(four, six)) {
      JsonNode page = client.items("community", "?limit=2000&bbox=" + bbox);
      assertThat(Client.ids(page)).isEqualTo(expected);
      assertThat(page.path("numberMatched").asInt()).isEqualTo(expected.size());
    }
    assertThat(Client.ids(client.items("street", "?bbox=0,0,1,1"))).isEmpty();
    assertThat(Client.ids(client.items("street", "?bbox=-180,-90,180,90")))
        .hasSize(streets().size());
  }

  @Test
  @DisplayName("/conf/core/fc-bbox-response: over the 180th meridian; a point")
  void a_box_may_go_over_the_antimeridian_or_be_a_point() {
    assertThat(Client.ids(client.items("street", "?bbox=110,30,-170,35")))
        .hasSize(streets().size());
    assertThat(Client.ids(client.items("street", "?bbox=125,30,-170,35"))).isEmpty();
    Coordinate inside = streets().getFirst().shape().getInteriorPoint().getCoordinate();
    String point = inside.x + "," + inside.y;
    assertThat(Client.ids(client.items("street", "?bbox=" + point + "," + point)))
        .containsExactly(streets().getFirst().code());
  }

  @Test
  @DisplayName("/conf/core/fc-time-definition, /conf/core/fc-time-response")
  void a_time_gives_the_tickets_registered_then_and_all_areas_since_they_have_none() {
    Instant before = Instant.now().minusSeconds(1);
    String id = ticket(Said.lamp());
    String now = Instant.now().plusSeconds(1).toString();
    String at =
        client
            .json("/collections/tickets/items/" + id)
            .path("properties")
            .path("registeredAt")
            .asText();
    for (String hit :
        List.of(at, before + "/" + now, before + "/..", before + "/", at + "/" + at, "../" + now))
      assertThat(Client.ids(client.items("tickets", "?datetime=" + Client.encoded(hit))))
          .as(hit)
          .contains(id);
    for (String miss : List.of("2001-01-01T00:00:00Z", "/2001-01-01T00:00:00Z", now + "/.."))
      assertThat(Client.ids(client.items("tickets", "?datetime=" + Client.encoded(miss))))
          .as(miss)
          .doesNotContain(id);
    assertThat(Client.ids(client.items("street", "?datetime=2001-01-01T00:00:00Z")))
        .hasSize(streets().size());
  }

  @Test
  @DisplayName("/conf/core/f-op, /conf/core/f-success, /conf/core/f-links")
  void a_feature_alone_links_to_itself_and_its_collection() {
    for (String collection : List.of("street", "grid")) {
      JsonNode listed = client.items(collection, "?limit=1").path("features").path(0);
      ObjectNode alone =
          (ObjectNode)
              client.json("/collections/" + collection + "/items/" + listed.path("id").asText());
      assertThat(Client.links(alone, "self").getFirst().path("type").asText())
          .isEqualTo("application/geo+json");
      assertThat(Client.links(alone, "alternate")).isNotEmpty();
      assertThat(Client.link(alone, "collection").orElseThrow())
          .endsWith("/ogc/collections/" + collection);
      alone.remove("links");
      assertThat(alone).isEqualTo(listed);
    }
    for (String path : List.of("street/items/nobody", "tickets/items/0", "tickets/items/x%2Fy"))
      assertThat(client.get("/collections/" + path).statusCode()).as(path).isEqualTo(404);
  }

  @Test
  @DisplayName("/rec/core/fc-filters")
  void a_property_filters_by_its_value() {
    Area some = PACK.boundaries().list("community").get(7);
    String parent = some.parent().orElseThrow();
    assertThat(Client.ids(client.items("community", "?name=" + Client.encoded(some.name()))))
        .contains(some.code());
    assertThat(Client.ids(client.items("community", "?limit=2000&parent=" + parent)))
        .hasSize(
            (int)
                PACK.boundaries().list("community").stream()
                    .filter(a -> a.parent().orElse("").equals(parent))
                    .count());
    String id = ticket(Said.lamp());
    JsonNode mine = client.json("/collections/tickets/items/" + id).path("properties");
    for (String name : List.of("number", "state", "category", "categoryKind", "unit"))
      assertThat(Client.ids(client.items("tickets", "?" + name + "=" + mine.path(name).asText())))
          .as(name)
          .contains(id);
    assertThat(Client.ids(client.items("tickets", "?unit=nobody"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "?foo=1",
        "/conformance?foo=1",
        "/api?f=json",
        "/collections?limit=1",
        "/collections/street?crs=x",
        "/collections/street/items?state=CLOSED",
        "/collections/street/items?Limit=1",
        "/collections/tickets/items?words=x",
        "/collections/street/items/1?limit=1",
        "/collections/street/items?%00=1"
      })
  @DisplayName("/conf/core/query-param-unknown")
  void a_parameter_that_is_not_declared_is_refused(String path) {
    HttpResponse<String> answer = client.get(path);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(Client.header(answer, "Content-Type")).startsWith("application/problem+json");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "limit=0",
        "limit=-1",
        "limit=x",
        "limit=1.5",
        "limit=",
        "limit=99999999999999999999",
        "bbox=1,2,3",
        "bbox=1,2,3,4,5",
        "bbox=a,b,c,d",
        "bbox=NaN,0,1,1",
        "bbox=0,0,Infinity,1",
        "bbox=0,0,1e400,1",
        "bbox=1e308,1e308,1e308,1e308",
        "bbox=0,0,181,1",
        "bbox=0,-91,1,1",
        "bbox=0,5,1,4",
        "bbox=0,0,9,1,1,5",
        "bbox=,,,",
        "bbox=",
        "bbox=1,2,3,4,5,6,7",
        "bbox=0x1p3,0,9,9",
        "datetime=yesterday",
        "datetime=..%2F..",
        "datetime=%2F",
        "datetime=2026-01-01",
        "datetime=2026-01-01T00:00:00",
        "datetime=2026-13-01T00:00:00Z",
        "datetime=2026-02-01T00:00:00Z%2F2026-01-01T00:00:00Z",
        "datetime=a%2Fb%2Fc",
        "datetime=",
        "datetime=%2B999999999-01-01T00:00:00Z",
        "state=OPEN",
        "unit=",
        "cursor=x",
        "cursor=",
        "number=%00",
        "limit=1&limit=2"
      })
  @DisplayName("/conf/core/query-param-invalid")
  void a_value_that_is_none_is_refused_at_once(String query) {
    HttpResponse<String> answer = client.get("/collections/tickets/items?" + query);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    assertThat(Town.json(answer).path("code").asText()).isEqualTo("invalid_request");
  }

  @Test
  @DisplayName("hostile: filters as long as a line, and words of SQL")
  void long_and_malicious_filters_do_no_harm() {
    assertThat(client.get("/collections/tickets/items?unit=" + "x".repeat(5_000)).statusCode())
        .isEqualTo(400);
    assertThat(client.items("tickets", "?unit=" + Client.encoded("' OR true --")).path("features"))
        .isEmpty();
  }

  @Test
  @DisplayName("7.5.1: a form that is not there is not acceptable")
  void none_of_the_wanted_forms() {
    for (String path : List.of("", "/collections", "/collections/street/items", "/api")) {
      assertThat(client.get(path, "Accept", "text/html").statusCode()).isEqualTo(406);
      assertThat(client.get(path, "Accept", "text/html, */*;q=0.1").statusCode()).isEqualTo(200);
      assertThat(client.get(path, "Accept", "application/*").statusCode()).isEqualTo(200);
      assertThat(client.get(path, "Accept", "application/json;q=0").statusCode()).isEqualTo(406);
    }
  }

  private String ticket(ObjectNode report) {
    return Town.json(client.town().report("operator1", report.toString())).path("id").asText();
  }
}
