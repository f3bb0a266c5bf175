package org.gridline.console.ogc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.gridline.console.Said;
import org.gridline.console.Town;
import org.gridline.dispatch.city.CityPack;
import org.gridline.dispatch.city.CityPackReader;
import org.gridline.gis.boundary.Area;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.locationtech.jts.algorithm.Orientation;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.io.ParseException;
import org.locationtech.jts.io.geojson.GeoJsonReader;

/** OGC 17-069r4, conformance class GeoJSON, by the names of its abstract test suite (A.3). */
class GeoJsonTest {
  private static final CityPack PACK = CityPackReader.read(Town.sample());
  private final Client client = Client.of("chief1");

  private static Geometry shape(JsonNode geometry) {
    try {
      return new GeoJsonReader().read(geometry.toString());
    } catch (ParseException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  @DisplayName("/conf/geojson/definition")
  void the_media_type_is_offered_and_sent() {
    for (String accept : List.of("application/geo+json", "application/geo+json, text/html;q=0.5"))
      for (String path : List.of("/collections/street/items", "/collections/tickets/items"))
        assertThat(Client.header(client.get(path, "Accept", accept), "Content-Type"))
            .isEqualTo("application/geo+json");
    assertThat(
            Client.header(
                client.get("/collections/street/items", "Accept", "application/json"),
                "Content-Type"))
        .isEqualTo("application/json");
  }

  @Test
  @DisplayName("/conf/geojson/content: FeatureCollection and Feature objects of RFC 7946")
  void every_layer_is_told_as_it_is() {
    for (String layer : List.of("district", "street", "community", "grid")) {
      Set<String> seen = new HashSet<>();
      for (JsonNode page : client.pages(layer, "?limit=200")) {
        assertThat(page.path("type").asText()).isEqualTo("FeatureCollection");
        for (JsonNode f : page.path("features")) {
          assertThat(f.path("type").asText()).isEqualTo("Feature");
          assertThat(f.path("properties").isObject()).isTrue();
          String code = f.path("id").asText();
          Area area =
              PACK.boundaries().list(layer).stream()
                  .filter(a -> a.code().equals(code))
                  .findFirst()
                  .orElseThrow();
          Geometry told = shape(f.path("geometry"));
          assertThat(told.isValid()).isTrue();
          assertThat(told.symDifference(area.shape()).getArea())
              .as("by less than the seventh decimal along the border")
              .isLessThan(area.shape().getLength() * 1e-7 + 1e-14);
          assertThat(f.path("properties").path("name").asText()).isEqualTo(area.name());
          seen.add(code);
        }
      }
      assertThat(seen).hasSize(PACK.boundaries().list(layer).size());
    }
  }

  @Test
  @DisplayName("RFC 7946, 3.1.6: outer rings turn left")
  void rings_turn_as_the_format_wants() {
    for (JsonNode f : client.items("street", "").path("features")) {
      assertThat(f.path("geometry").path("type").asText())
          .as("one type in a layer")
          .isEqualTo("MultiPolygon");
      Geometry shape = shape(f.path("geometry"));
      for (int i = 0; i < shape.getNumGeometries(); i++) {
        Coordinate[] outer = ((Polygon) shape.getGeometryN(i)).getExteriorRing().getCoordinates();
        assertThat(Orientation.isCCW(outer)).isTrue();
      }
    }
  }

  @Test
  @DisplayName("tickets: points, or no geometry, and nothing personal")
  void a_ticket_is_a_point_without_anything_personal() {
    String placed = ticket(Said.lamp().toString());
    var lost = Said.lamp().put("address", "不存在的地方").put("words", "张三丰的秘密 13912345678");
    lost.remove("position");
    String nowhere = ticket(lost.toString());
    JsonNode point = client.json("/collections/tickets/items/" + placed);
    assertThat(point.path("geometry").path("type").asText()).isEqualTo("Point");
    assertThat(point.path("geometry").path("coordinates").path(0).asDouble()).isEqualTo(118.8445);
    JsonNode none = client.json("/collections/tickets/items/" + nowhere);
    assertThat(none.has("geometry")).isTrue();
    assertThat(none.path("geometry").isNull()).isTrue();
    assertThat(none.toString() + point)
        .doesNotContain("秘密")
        .doesNotContain("13912345678")
        .doesNotContain("13800000001")
        .doesNotContain("王样例")
        .doesNotContain("不存在");
    assertThat(Client.ids(client.items("tickets", "?bbox=0,0,1,1")))
        .as("who has no geometry fits every box")
        .contains(nowhere)
        .doesNotContain(placed);
    List<String> properties =
        List.of(
            "number",
            "state",
            "stateName",
            "stage",
            "categoryKind",
            "category",
            "categoryName",
            "unit",
            "unitName",
            "registeredAt",
            "updatedAt");
    assertThat(point.path("properties").fieldNames())
        .toIterable()
        .containsExactlyElementsOf(properties);
  }

  private String ticket(String report) {
    return Town.json(client.town().report("operator1", report)).path("id").asText();
  }
}
