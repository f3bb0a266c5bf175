package org.gridline.console.map;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.gridline.console.Town;
import org.gridline.console.map.VectorTile.Feature;
import org.gridline.console.map.VectorTile.Layer;
import org.gridline.dispatch.city.CityPack;
import org.gridline.dispatch.city.CityPackReader;
import org.gridline.gis.boundary.Area;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Boundaries as vector tiles, as Mapbox's specification 2.1, TileJSON 3.0 and RFC 9110 say. */
class TilesTest {
  private static final CityPack PACK = CityPackReader.read(Town.sample());
  private static final String VERSION = PACK.boundaryVersion();
  private static final String STREETS = "/api/v1/tiles/street/";

  private final Town town = Town.shared();
  private final HttpClient client = HttpClient.newHttpClient();

  private HttpResponse<byte[]> tile(String path, String... headers) {
    try {
      HttpRequest.Builder request = town.as("operator1", path);
      for (int i = 0; i < headers.length; i += 2) request.header(headers[i], headers[i + 1]);
      return client.send(request.build(), BodyHandlers.ofByteArray());
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static String header(HttpResponse<?> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }

  /** The square that holds a place. */
  private static String square(int zoom, double lon, double lat) {
    int n = 1 << zoom;
    double y = Math.log(Math.tan(Math.PI / 4 + Math.toRadians(lat) / 2));
    return zoom
        + "/"
        + (int) ((lon + 180) / 360 * n)
        + "/"
        + (int) ((1 - y / Math.PI) / 2 * n)
        + ".mvt";
  }

  private String around(int zoom) {
    return square(zoom, PACK.city().center().lon(), PACK.city().center().lat());
  }

  @Test
  void a_tile_holds_the_areas_with_code_name_parent_and_size_and_closed_rings() {
    HttpResponse<byte[]> answer = tile(STREETS + around(11));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(header(answer, "Content-Type")).isEqualTo("application/vnd.mapbox-vector-tile");
    Layer layer = VectorTile.read(answer.body()).layer("street");
    assertThat(layer.version()).isEqualTo(2);
    assertThat(layer.extent()).isEqualTo(4096);
    Map<String, Area> known = new HashMap<>();
    PACK.boundaries().list("street").forEach(a -> known.put(a.code(), a));
    assertThat(layer.features()).isNotEmpty();
    for (Feature f : layer.features()) {
      String code = String.valueOf(f.properties().get("code"));
      Area area = Objects.requireNonNull(known.get(code), code);
      assertThat(f.type()).isEqualTo(3);
      assertThat(f.properties())
          .containsEntry("name", area.name())
          .containsEntry("parent", area.parent().orElseThrow())
          .containsOnlyKeys("code", "name", "parent", "m2");
      assertThat(f.properties().get("m2"))
          .asInstanceOf(InstanceOfAssertFactories.LONG)
          .isBetween(100_000L, 200_000_000L);
      assertThat(f.rings())
          .isNotEmpty()
          .allSatisfy(
              ring -> {
                assertThat(ring).hasSizeGreaterThanOrEqualTo(4);
                assertThat(ring)
                    .allSatisfy(
                        c -> {
                          assertThat(c[0]).isBetween(-64, 4096 + 64);
                          assertThat(c[1]).isBetween(-64, 4096 + 64);
                        });
              });
    }
  }

  @Test
  void an_area_has_one_number_in_every_tile_and_no_other_area_has_it() {
    Map<String, Long> ids = new HashMap<>();
    for (int zoom : new int[] {9, 10, 11, 12, 13}) {
      HttpResponse<byte[]> answer = tile(STREETS + around(zoom));
      for (Feature f : VectorTile.read(answer.body()).layer("street").features()) {
        String code = String.valueOf(f.properties().get("code"));
        assertThat(f.id()).isPositive().isLessThan(1L << 53);
        assertThat(ids.merge(code, f.id(), (a, b) -> a.equals(b) ? a : -1L)).isPositive();
      }
    }
    assertThat(new HashSet<>(ids.values())).hasSize(ids.size());
  }

  @Test
  void each_name_stands_in_exactly_one_tile_of_a_zoom() {
    Map<String, Integer> seen = new HashMap<>();
    Set<String> tiles = new HashSet<>();
    for (Area a : PACK.boundaries().list("street")) {
      var box = a.shape().getEnvelopeInternal();
      for (double lon = box.getMinX(); lon < box.getMaxX() + 0.05; lon += 0.05)
        for (double lat = box.getMinY(); lat < box.getMaxY() + 0.05; lat += 0.05)
          tiles.add(square(12, lon, lat));
    }
    for (String t : tiles) {
      HttpResponse<byte[]> answer = tile(STREETS + t);
      if (answer.statusCode() == 204) continue;
      VectorTile.read(answer.body()).layers().stream()
          .filter(l -> l.name().equals("street-labels"))
          .flatMap(l -> l.features().stream())
          .forEach(f -> seen.merge(String.valueOf(f.properties().get("code")), 1, Integer::sum));
    }
    assertThat(seen).hasSize(PACK.boundaries().list("street").size());
    assertThat(seen.values()).containsOnly(1);
  }

  @Test
  void deeper_tiles_keep_more_corners_of_the_same_border() {
    int coarse = corners(tile("/api/v1/tiles/district/" + around(8)));
    int fine = corners(tile("/api/v1/tiles/district/" + around(10)));
    assertThat(coarse).isPositive().isLessThan(fine);
  }

  private static int corners(HttpResponse<byte[]> answer) {
    return VectorTile.read(answer.body()).layer("district").features().stream()
        .flatMap(f -> f.rings().stream())
        .mapToInt(java.util.List::size)
        .sum();
  }

  @Test
  void a_square_without_areas_and_a_zoom_too_far_out_have_no_content() {
    for (String path : new String[] {STREETS + "12/0/0.mvt", "/api/v1/tiles/grid/3/6/3.mvt"}) {
      HttpResponse<byte[]> answer = tile(path);
      assertThat(answer.statusCode()).isEqualTo(204);
      assertThat(answer.body()).isEmpty();
      assertThat(header(answer, "ETag")).startsWith("\"");
    }
  }

  @Test
  void an_address_with_a_version_may_be_kept_for_a_year_and_one_without_is_asked_for_again() {
    assertThat(header(tile(STREETS + around(11)), "Cache-Control"))
        .isEqualTo("private, max-age=300, must-revalidate");
    HttpResponse<byte[]> named = tile(STREETS + around(11) + "?version=" + VERSION);
    assertThat(named.statusCode()).isEqualTo(200);
    assertThat(header(named, "Cache-Control")).isEqualTo("private, max-age=31536000, immutable");
    assertThat(named.body()).isEqualTo(tile(STREETS + around(11)).body());
  }

  @Test
  void who_has_the_tile_is_told_so_in_either_form_of_it() throws IOException {
    HttpResponse<byte[]> plain = tile(STREETS + around(11));
    HttpResponse<byte[]> packed = tile(STREETS + around(11), "Accept-Encoding", "gzip");
    assertThat(header(packed, "Content-Encoding")).isEqualTo("gzip");
    assertThat(header(packed, "Vary")).isEqualTo("Accept-Encoding");
    try (var unpacked = new GZIPInputStream(new ByteArrayInputStream(packed.body()))) {
      assertThat(unpacked.readAllBytes()).isEqualTo(plain.body());
    }
    assertThat(header(packed, "ETag")).isNotEqualTo(header(plain, "ETag"));
    for (HttpResponse<byte[]> known : java.util.List.of(plain, packed)) {
      HttpResponse<byte[]> again =
          tile(STREETS + around(11), "If-None-Match", "\"other\", " + header(known, "ETag"));
      assertThat(again.statusCode()).isEqualTo(304);
      assertThat(again.body()).isEmpty();
      assertThat(header(again, "ETag")).isEqualTo(header(known, "ETag"));
    }
    assertThat(tile(STREETS + around(11), "If-None-Match", "\"other\"").statusCode())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "99/0/0.mvt",
        "23/0/0.mvt",
        "2/4/0.mvt",
        "2/0/4.mvt",
        "-1/0/0.mvt",
        "1/-1/0.mvt",
        "1/0/x.mvt",
        "1e1/0/0.mvt",
        "2/00/0.mvt",
        "99999999999999999999/0/0.mvt",
        "0/0/NaN.mvt",
        "3/0/0.mvt?version=%27%20OR%201%3D1",
        "3/0/0.mvt?version=%00"
      })
  void a_square_that_is_not_there_is_refused_at_once(String square) {
    HttpResponse<String> answer = town.get("operator1", STREETS + square);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(Town.json(answer).path("code").asText()).isEqualTo("invalid_request");
  }

  @ParameterizedTest
  @CsvSource({
    "/api/v1/tiles/rivers/3/0/0.mvt",
    "/api/v1/tiles/rivers.json",
    "/api/v1/tiles/street/3/0/0.mvt?version=0000000000"
  })
  void a_layer_or_a_version_that_is_not_there_is_not_found(String path) {
    assertThat(town.get("operator1", path).statusCode()).isEqualTo(404);
  }

  @Test
  void tiles_are_for_those_who_are_signed_in() {
    HttpResponse<String> answer = town.send(town.request(STREETS + around(11)));
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(header(answer, "WWW-Authenticate")).as("no box in a browser").isEqualTo("Bearer");
  }

  @Test
  void the_description_says_where_the_tiles_are_and_what_is_in_them() {
    HttpResponse<String> answer = town.get("operator1", "/api/v1/tiles/street.json");
    assertThat(answer.statusCode()).isEqualTo(200);
    JsonNode json = Town.json(answer);
    assertThat(json.path("tilejson").asText()).isEqualTo("3.0.0");
    String template = json.path("tiles").path(0).asText();
    assertThat(template)
        .startsWith("http://127.0.0.1:" + town.port() + "/api/v1/tiles/street/{z}/{x}/{y}.mvt")
        .endsWith("?version=" + VERSION);
    assertThat(json.path("attribution").asText()).contains("合成数据");
    int least = json.path("minzoom").asInt();
    assertThat(least).isBetween(5, 12);
    var box = json.path("bounds");
    assertThat(box.path(0).asDouble()).isLessThan(PACK.city().center().lon());
    assertThat(box.path(3).asDouble()).isGreaterThan(PACK.city().center().lat());
    assertThat(json.path("vector_layers").path(0).path("id").asText()).isEqualTo("street");
    assertThat(json.path("vector_layers").path(1).path("id").asText()).isEqualTo("street-labels");
    assertThat(Town.json(town.get("operator1", "/api/v1/tiles/grid.json")).path("minzoom").asInt())
        .as("smaller areas appear deeper")
        .isGreaterThan(least);
    HttpResponse<String> again =
        town.send(
            town.as("operator1", "/api/v1/tiles/street.json")
                .header("If-None-Match", header(answer, "ETag")));
    assertThat(again.statusCode()).isEqualTo(304);
  }
}
