package org.gridline.gis.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.gridline.gis.boundary.Area;
import org.gridline.gis.boundary.Boundaries;
import org.gridline.gis.boundary.CheckedBoundaries;
import org.gridline.gis.boundary.FileCrs;
import org.gridline.gis.boundary.Layer;
import org.gridline.gis.boundary.LayerSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.locationtech.jts.coverage.CoverageUnion;
import org.locationtech.jts.coverage.CoverageValidator;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.prep.PreparedGeometry;
import org.locationtech.jts.geom.prep.PreparedGeometryFactory;
import org.locationtech.jts.index.strtree.STRtree;

class SampleDistrictTest {
  private static final Path CITY = Path.of("..", "config", "cities", "qixia-sample");
  private static final List<Layer> LAYERS =
      List.of(
          new Layer("district", "区"),
          new Layer("street", "街道"),
          new Layer("community", "社区"),
          new Layer("grid", "综合网格"),
          new Layer("specialGrid", "专属网格"),
          new Layer("patrolGrid", "责任网格"),
          new Layer("unitGrid", "单元网格"));

  private static Boundaries ground;

  @BeforeAll
  static void read() {
    ground =
        CheckedBoundaries.read(
                LAYERS.stream()
                    .map(
                        layer ->
                            new LayerSource(
                                file(layer.id()),
                                layer,
                                "code",
                                "name",
                                "parent",
                                new FileCrs.Unsaid()))
                    .toList())
            .boundaries();
  }

  @Test
  void drawingAgainGivesTheSameBytes() throws IOException {
    Map<String, String> drawn = SampleDistrict.draw(CITY);
    assertThat(drawn).hasSize(10);
    for (var file : drawn.entrySet()) {
      // How well a packer packs is its own affair; what is inside has to be the same.
      assertThat(file.getValue().equals(text(CITY.resolve(file.getKey()))))
          .as("%s is as the generator draws it", file.getKey())
          .isTrue();
    }
  }

  @Test
  void everyLayerIsACleanCoverage() {
    for (Layer layer : LAYERS) {
      if (layer.id().equals("specialGrid")) {
        continue;
      }
      Geometry[] shapes = shapes(ground.list(layer.id()));
      assertThat(CoverageValidator.isValid(shapes))
          .as("no gap, overlap or vertex out of step in %s", layer.id())
          .isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({"district, street", "street, community", "community, grid"})
  void childrenTileTheirParents(String parents, String children) {
    Map<String, List<Area>> byParent =
        ground.list(children).stream()
            .collect(Collectors.groupingBy(area -> area.parent().orElse("")));
    assertThat(byParent).hasSameSizeAs(ground.list(parents));
    for (Area parent : ground.list(parents)) {
      List<Area> own = byParent.getOrDefault(parent.code(), List.of());
      Geometry union = CoverageUnion.union(shapes(own));
      assertThat(union.equalsTopo(parent.shape()))
          .as("%s %s is exactly its %s", parent.code(), parent.name(), children)
          .isTrue();
      double sum = own.stream().mapToDouble(area -> area.shape().getArea()).sum();
      assertThat(sum).isCloseTo(parent.shape().getArea(), within(1e-12));
      assertThat(own).allMatch(area -> area.code().startsWith(parent.code()));
    }
  }

  @Test
  void districtIsAboutAsLargeAsTheRealOne() {
    double squareMetres = new Metres().areaSquareMetres(ground.list("district").get(0).shape());
    assertThat(squareMetres / 1e6).isBetween(380.0, 400.0);
  }

  @Test
  void countsAndNamesAreThoseOfTheList() throws IOException {
    List<Village> villages = Village.list(CITY.resolve("villages.csv"));
    assertThat(ground.list("street")).hasSize(21);
    assertThat(ground.list("community").stream().map(Area::code))
        .containsExactlyElementsOf(villages.stream().map(Village::code).toList());
    assertThat(ground.list("community").stream().map(Area::name))
        .containsExactlyElementsOf(villages.stream().map(Village::name).toList());
    assertThat(ground.list("grid")).hasSizeBetween(1_150, 1_250);
    assertThat(ground.list("specialGrid")).hasSizeBetween(5, 50);
    assertThat(ground.list("patrolGrid")).hasSizeBetween(250, 350);
    assertThat(ground.list("unitGrid")).hasSizeBetween(9_500, 10_500);
    assertThat(ground.list("grid"))
        .allMatch(grid -> grid.code().matches("320113\\d{9}"))
        .anyMatch(grid -> grid.name().equals("尧化社区第1网格"));
    for (String layer : List.of("street", "community", "grid", "unitGrid")) {
      assertThat(ground.list(layer)).allMatch(area -> area.shape().getNumGeometries() == 1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"grid", "patrolGrid", "unitGrid"})
  void gridsAreNumberedWithoutAGapInEachCommunity(String layer) {
    Map<String, List<Area>> byCommunity =
        ground.list(layer).stream()
            .collect(Collectors.groupingBy(area -> area.parent().orElse("")));
    assertThat(byCommunity).hasSize(142);
    byCommunity.forEach(
        (community, grids) -> {
          for (int i = 0; i < grids.size(); i++) {
            assertThat(grids.get(i).code()).isEqualTo(community + String.format("%03d", i + 1));
          }
        });
  }

  @Test
  void everyUnitGridLiesInOneCommunityAndOnePatrolAndAlmostEachInOneWorkerGrid() {
    assertThat(crossing("community", ground.list("unitGrid"))).isZero();
    assertThat(crossing("patrolGrid", ground.list("unitGrid"))).isZero();
    assertThat(crossing("community", ground.list("specialGrid"))).isZero();
    // A scrap that stands alone in its worker grid goes to a neighbour beyond.
    assertThat(crossing("grid", ground.list("unitGrid"))).isLessThan(300);
  }

  /** How many lie in none, or reach out of the one that they lie in, by more than rounding. */
  private static int crossing(String layer, List<Area> small) {
    int crossing = 0;
    STRtree tree = new STRtree();
    for (Area large : ground.list(layer)) {
      PreparedGeometry around = PreparedGeometryFactory.prepare(large.shape().buffer(2e-7, 1));
      tree.insert(around.getGeometry().getEnvelopeInternal(), Map.entry(large.code(), around));
    }
    for (Area area : small) {
      boolean held = false;
      for (Object found : tree.query(area.shape().getEnvelopeInternal())) {
        Map.Entry<?, ?> large = (Map.Entry<?, ?>) found;
        held |=
            area.code().startsWith(String.valueOf(large.getKey()).substring(0, 12))
                && ((PreparedGeometry) large.getValue()).covers(area.shape());
      }
      crossing += held ? 0 : 1;
    }
    return crossing;
  }

  @Test
  void aUnitGridIsAboutAHectareAndSaysWhatItsLandIs() throws IOException {
    JsonNode file = new ObjectMapper().readTree(text(file("unitGrid")));
    double sum = 0;
    for (JsonNode feature : file.path("features")) {
      JsonNode properties = feature.path("properties");
      double squareMetres = properties.path("area_m2").asDouble();
      assertThat(squareMetres).isBetween(3_900.0, 30_000.0);
      assertThat(properties.path("land_use").asText()).isIn("R", "B", "M");
      assertThat(properties.path("grade").asText()).isIn("1", "2", "3");
      sum += squareMetres;
    }
    assertThat(sum / file.path("features").size()).isBetween(9_000.0, 11_500.0);
  }

  @ParameterizedTest
  @CsvSource({
    "320113001, 118.89, 32.12",
    "320113002, 118.90, 32.05",
    "320113003, 118.81, 32.11",
    "320113004, 118.82, 32.15",
    "320113005, 118.96, 32.16",
    "320113006, 119.08, 32.17",
    "320113007, 118.92, 32.10",
    "320113009, 118.82, 32.21",
    "320113010, 119.00, 32.12"
  })
  void streetsHoldTheirTruePlaces(String code, double lon, double lat) {
    assertStreet(code, lon, lat);
  }

  @Test
  void filesSayThatTheyAreSynthetic() throws IOException {
    long bytes = 0;
    for (Layer layer : LAYERS) {
      JsonNode file = new ObjectMapper().readTree(text(file(layer.id())));
      assertThat(file.path("synthetic").asBoolean()).isTrue();
      assertThat(file.path("note").asText()).contains("合成数据 synthetic");
      for (JsonNode feature : file.path("features")) {
        assertThat(feature.path("properties").path("area_m2").asLong()).isPositive();
      }
      bytes += Files.size(file(layer.id()));
    }
    assertThat(bytes).isLessThan(3_500_000);
  }

  private static void assertStreet(String code, double lon, double lat) {
    Geometry point = new GeometryFactory().createPoint(new Coordinate(lon, lat));
    assertThat(ground.list("street").stream().filter(a -> a.shape().covers(point)).map(Area::code))
        .containsExactly(code);
  }

  private static Geometry[] shapes(List<Area> areas) {
    return areas.stream().map(Area::shape).toArray(Geometry[]::new);
  }

  private static Path file(String layer) {
    Path plain = CITY.resolve("boundaries").resolve(layer + ".geojson");
    return Files.exists(plain) ? plain : plain.resolveSibling(layer + ".geojson.gz");
  }

  private static String text(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file);
        InputStream plain = file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in) {
      return new String(plain.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
