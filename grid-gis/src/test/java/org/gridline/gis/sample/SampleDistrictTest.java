package org.gridline.gis.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
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
import org.locationtech.jts.coverage.CoverageUnion;
import org.locationtech.jts.coverage.CoverageValidator;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;

class SampleDistrictTest {
  private static final Path CITY = Path.of("..", "config", "cities", "qixia-sample");
  private static final List<Layer> LAYERS =
      List.of(
          new Layer("district", "区"),
          new Layer("street", "街道"),
          new Layer("community", "社区"),
          new Layer("grid", "综合网格"));

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
    assertThat(drawn).hasSize(6);
    for (var file : drawn.entrySet()) {
      Path shipped = CITY.resolve(file.getKey());
      assertThat(file.getValue().equals(Files.readString(shipped)))
          .as("%s is as the generator draws it", file.getKey())
          .isTrue();
    }
  }

  @Test
  void everyLayerIsACleanCoverage() {
    for (Layer layer : LAYERS) {
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
    assertThat(ground.list("grid")).hasSizeBetween(300, 400);
    assertThat(ground.list("grid"))
        .allMatch(grid -> grid.code().matches("320113\\d{9}"))
        .anyMatch(grid -> grid.name().equals("尧化社区第1网格"));
    for (String layer : List.of("street", "community", "grid")) {
      assertThat(ground.list(layer)).allMatch(area -> area.shape().getNumGeometries() == 1);
    }
  }

  @Test
  void gridsAreNumberedFromWestToEast() {
    Map<String, List<Area>> byCommunity =
        ground.list("grid").stream()
            .collect(Collectors.groupingBy(area -> area.parent().orElse("")));
    for (List<Area> grids : byCommunity.values()) {
      for (int i = 0; i < grids.size(); i++) {
        assertThat(grids.get(i).code()).endsWith(String.format("%03d", i + 1));
      }
      if (grids.size() > 1) {
        // Ordered by planned middles; the drawn ones may differ by a few dozen metres.
        assertThat(grids.getFirst().shape().getCentroid().getX())
            .isLessThan(grids.getLast().shape().getCentroid().getX() + 5e-4);
      }
    }
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
      JsonNode file = new ObjectMapper().readTree(file(layer.id()).toFile());
      assertThat(file.path("synthetic").asBoolean()).isTrue();
      assertThat(file.path("note").asText()).contains("合成数据 synthetic");
      for (JsonNode feature : file.path("features")) {
        assertThat(feature.path("properties").path("areaM2").asLong()).isPositive();
      }
      bytes += Files.size(file(layer.id()));
    }
    assertThat(bytes).isLessThan(3_000_000);
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
    return CITY.resolve("boundaries").resolve(layer + ".geojson");
  }
}
