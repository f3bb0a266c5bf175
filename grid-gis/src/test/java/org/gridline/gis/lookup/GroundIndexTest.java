package org.gridline.gis.lookup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.gridline.gis.boundary.Area;
import org.gridline.gis.boundary.Boundaries;
import org.gridline.gis.boundary.CheckedBoundaries;
import org.gridline.gis.boundary.FileCrs;
import org.gridline.gis.boundary.Layer;
import org.gridline.gis.boundary.LayerSource;
import org.gridline.gis.position.Position;
import org.junit.jupiter.api.Test;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;

class GroundIndexTest {
  private static final GeometryFactory GEOMETRIES = new GeometryFactory();
  private static final List<Layer> LAYERS =
      List.of(
          new Layer("district", "区"),
          new Layer("street", "街道"),
          new Layer("community", "社区"),
          new Layer("grid", "综合网格"));
  private static final Boundaries QIXIA = qixia();
  static final GroundIndex INDEX = GroundIndex.build(QIXIA);

  /** Metres of a degree of latitude and of longitude at 32.1° N, from the ellipsoid's tables. */
  private static final double LAT_METRES = 110_882;

  private static final double LON_METRES = 94_394;

  @Test
  void answersAsExactArithmeticOnEveryPolygonWould() {
    Random random = new Random(3);
    List<Coordinate> points = new ArrayList<>();
    Envelope box = QIXIA.list("district").getFirst().shape().getEnvelopeInternal();
    for (int i = 0; i < 600; i++) {
      points.add(
          new Coordinate(
              box.getMinX() + random.nextDouble() * box.getWidth(),
              box.getMinY() + random.nextDouble() * box.getHeight()));
    }
    List<Area> grids = QIXIA.list("grid");
    for (int i = 0; i < 600; i++) {
      Coordinate[] ring = grids.get(random.nextInt(grids.size())).shape().getCoordinates();
      int at = random.nextInt(ring.length - 1);
      // Shared vertices, and points that rounding puts on a shared edge or just beside it.
      points.add(ring[at]);
      double part = random.nextInt(5) / 4.0;
      points.add(
          new Coordinate(
              ring[at].x + part * (ring[at + 1].x - ring[at].x),
              ring[at].y + part * (ring[at + 1].y - ring[at].y)));
    }
    Map<String, PlainOwners> owners = new HashMap<>();
    LAYERS.forEach(layer -> owners.put(layer.id(), new PlainOwners(QIXIA.list(layer.id()))));
    for (Coordinate point : points) {
      Located located = INDEX.locate(new Position(point.x, point.y), 0);
      owners.forEach(
          (layer, exact) ->
              assertThat(located.find(layer).map(AreaRef::code))
                  .as("%s at %s", layer, point)
                  .isEqualTo(exact.find(point)));
      boolean outside = located.areas().isEmpty();
      // Beside the city's rim the same numbers may lead inside as GCJ-02 or BD-09.
      assertThat(located.flag() == PlaceFlag.OUTSIDE)
          .isEqualTo(outside && located.readings().isEmpty());
      assertThat(located.flag() == PlaceFlag.SUSPECT)
          .isEqualTo(outside && !located.readings().isEmpty());
      assertThat(located.flag() == PlaceFlag.EDGE)
          .isEqualTo(!outside && located.distanceToBoundaryMetres() < 1);
    }
  }

  @Test
  void sharedEdgesAndCornersBelongToTheLowestCode() {
    GroundIndex index = GroundIndex.build(squares());
    assertThat(code(index, 118.2, 32.05)).contains("a");
    assertThat(code(index, 118.1, 32.1)).contains("a");
    assertThat(code(index, 118.2, 32.1)).contains("a");
    assertThat(code(index, 118.25, 32.1)).contains("b");
    assertThat(code(index, 118.3, 32.2)).contains("d");
    assertThat(code(index, 118.2, 32.15)).contains("c");
    assertThat(code(index, 118.3000001, 32.15)).isEmpty();
  }

  @Test
  void overlapsBelongToTheLowestCodeAndAreCountedOnce() {
    Boundaries overlapping =
        new Boundaries(
            List.of(new Layer("grid", "网格")),
            List.of(square("b", 118.1, 32.1, 0.1), square("a", 118.15, 32.1, 0.1)));
    GroundIndex index = GroundIndex.build(overlapping);
    Located located = index.locate(new Position(118.17, 32.15), 5000);
    assertThat(located.areas()).extracting(AreaRef::code).containsExactly("a");
    assertThat(located.candidates()).extracting(c -> c.area().code()).containsExactly("a", "b");
    assertThat(located.candidates().stream().mapToDouble(Candidate::share).sum())
        .isLessThanOrEqualTo(1 + 1e-9);
  }

  @Test
  void distanceNeighbourAndSharesAreThoseOfTheGround() {
    GroundIndex index = GroundIndex.build(squares());
    Position beside = new Position(118.2 - 100 / LON_METRES, 32.05);
    Located exact = index.locate(beside, 0);
    assertThat(exact.flag()).isEqualTo(PlaceFlag.OK);
    assertThat(exact.distanceToBoundaryMetres()).isCloseTo(100, within(0.5));
    assertThat(exact.neighbour()).map(AreaRef::code).contains("b");
    assertThat(exact.candidates()).isEmpty();

    assertThat(index.locate(beside, 99).flag()).isEqualTo(PlaceFlag.OK);
    Located rough = index.locate(beside, 200);
    assertThat(rough.flag()).isEqualTo(PlaceFlag.EDGE);
    assertThat(rough.candidates()).extracting(c -> c.area().code()).containsExactly("a", "b");
    // A circle of 200 m cut 100 m from its middle: 1/3 − √3/(4π) of it is across.
    double across = 1.0 / 3 - Math.sqrt(3) / (4 * Math.PI);
    assertThat(rough.candidates().get(1).share()).isCloseTo(across, within(0.003));
    assertThat(rough.candidates().get(0).share()).isCloseTo(1 - across, within(0.003));

    Located edge = index.locate(new Position(118.2 - 0.5 / LON_METRES, 32.05), 0);
    assertThat(edge.flag()).isEqualTo(PlaceFlag.EDGE);
    assertThat(edge.candidates()).hasSize(2);
    Located rim = index.locate(new Position(118.1 + 300 / LON_METRES, 32.05), 0);
    assertThat(rim.distanceToBoundaryMetres()).isCloseTo(300, within(1.0));
    assertThat(rim.neighbour()).isEmpty();
  }

  @Test
  void outsideKnowsTheNearestArea() {
    GroundIndex index = GroundIndex.build(squares());
    Located away = index.locate(new Position(118.15, 32.0 - 7000 / LAT_METRES), 0);
    assertThat(away.flag()).isEqualTo(PlaceFlag.OUTSIDE);
    assertThat(away.areas()).isEmpty();
    assertThat(away.distanceToBoundaryMetres()).isCloseTo(7000, within(7.0));
    assertThat(away.neighbour()).map(AreaRef::code).contains("a");
    Located close = index.locate(new Position(118.15, 32.0 - 10 / LAT_METRES), 50);
    // So near to the rim the same numbers would be inside if they were GCJ-02.
    assertThat(close.flag()).isEqualTo(PlaceFlag.SUSPECT);
    assertThat(close.areas()).isEmpty();
    assertThat(close.candidates()).hasSize(1);
    assertThat(close.candidates().getFirst().share()).isBetween(0.3, 0.5);
  }

  @Test
  void nearestBoundaryIsThatOfBruteForce() {
    Random random = new Random(9);
    for (int i = 0; i < 40; i++) {
      Position at =
          new Position(118.78 + random.nextDouble() * 0.4, 32.03 + random.nextDouble() * 0.2);
      double least = Double.POSITIVE_INFINITY;
      for (Area area : QIXIA.list("grid")) {
        least = Math.min(least, metresToBoundary(area.shape(), at));
      }
      assertThat(INDEX.locate(at, 0).distanceToBoundaryMetres())
          .isCloseTo(least, within(0.01 + least * 2e-3));
    }
  }

  @Test
  void whereTheFinestLayerLeavesGroundUncoveredTheNextOneAnswers() {
    Boundaries ground =
        new Boundaries(
            List.of(new Layer("community", "社区"), new Layer("grid", "单元网格")),
            List.of(
                square("community", "1", 118.1, 32.0, 0.1),
                square("community", "2", 118.2, 32.0, 0.1),
                square("grid", "11", 118.15, 32.0, 0.01)));
    GroundIndex index = GroundIndex.build(ground);

    Located built = index.locate(new Position(118.155, 32.005), 0);
    assertThat(built.areas()).extracting(AreaRef::code).containsExactly("1", "11");
    assertThat(built.distanceToBoundaryMetres()).isCloseTo(0.005 * LON_METRES, within(1.0));
    assertThat(built.neighbour()).isEmpty();

    // 100 m beside the unit grid, but 3.8 km from the next community.
    Located open = index.locate(new Position(118.16 + 100 / LON_METRES, 32.05), 0);
    assertThat(open.areas()).extracting(AreaRef::code).containsExactly("1");
    assertThat(open.distanceToBoundaryMetres()).isCloseTo(0.04 * LON_METRES - 100, within(5.0));
    assertThat(open.neighbour()).map(AreaRef::code).contains("2");

    Located rim = index.locate(new Position(118.2 - 10 / LON_METRES, 32.05), 20);
    assertThat(rim.flag()).isEqualTo(PlaceFlag.EDGE);
    assertThat(rim.candidates()).extracting(c -> c.area().code()).containsExactly("1", "2");

    // Outside, the community's boundary is nearer than that of any unit grid.
    Located away = index.locate(new Position(118.25, 32.0 - 3000 / LAT_METRES), 0);
    assertThat(away.neighbour()).map(AreaRef::code).contains("2");
    assertThat(away.distanceToBoundaryMetres()).isCloseTo(3000, within(5.0));
  }

  @Test
  void sharesAddUpToTheWholeCircleInside() {
    Random random = new Random(21);
    int several = 0;
    for (int i = 0; i < 300; i++) {
      Position at =
          new Position(118.9 + random.nextDouble() * 0.1, 32.1 + random.nextDouble() * 0.04);
      Located located = INDEX.locate(at, 300);
      double sum = located.candidates().stream().mapToDouble(Candidate::share).sum();
      if (located.flag() == PlaceFlag.EDGE) {
        several++;
        assertThat(sum).isCloseTo(1, within(1e-6));
      } else {
        assertThat(located.candidates()).isEmpty();
      }
    }
    assertThat(several).isPositive();
  }

  @Test
  void accuracyMustBeALength() {
    Position here = new Position(118.9, 32.1);
    for (double bad : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY, 1e9}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> INDEX.locate(here, bad))
          .withMessageContaining("accuracy");
    }
  }

  @Test
  void emptyGroundHoldsNothing() {
    GroundIndex empty =
        GroundIndex.build(new Boundaries(List.of(new Layer("grid", "网格")), List.of()));
    Located located = empty.locate(new Position(118.95, 32.15), 10);
    assertThat(located.flag()).isEqualTo(PlaceFlag.OUTSIDE);
    assertThat(located.distanceToBoundaryMetres()).isInfinite();
  }

  @Test
  void manyThreadsGetTheSameAnswers() throws InterruptedException, ExecutionException {
    GroundIndex fresh = GroundIndex.build(QIXIA);
    try (var threads = Executors.newFixedThreadPool(4)) {
      List<Future<List<Located>>> runs = new ArrayList<>();
      for (int t = 0; t < 4; t++) {
        runs.add(threads.submit(() -> walk(fresh)));
      }
      List<Located> alone = walk(INDEX);
      for (Future<List<Located>> run : runs) {
        assertThat(run.get()).isEqualTo(alone);
      }
    }
  }

  private static List<Located> walk(GroundIndex index) {
    Random random = new Random(33);
    List<Located> answers = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      answers.add(
          index.locate(
              new Position(118.78 + random.nextDouble() * 0.4, 32.03 + random.nextDouble() * 0.2),
              random.nextInt(3) * 50));
    }
    return answers;
  }

  private static double metresToBoundary(Geometry shape, Position at) {
    Geometry scaled = shape.getBoundary().copy();
    scaled.apply(
        (Coordinate c) -> {
          c.x = (c.x - at.lon()) * LON_METRES;
          c.y = (c.y - at.lat()) * LAT_METRES;
        });
    return scaled.distance(GEOMETRIES.createPoint(new Coordinate(0, 0)));
  }

  private static Optional<String> code(GroundIndex index, double lon, double lat) {
    return index.locate(new Position(lon, lat), 0).find("grid").map(AreaRef::code);
  }

  /** Four squares of a tenth of a degree: c d above a b. */
  static Boundaries squares() {
    return new Boundaries(
        List.of(new Layer("grid", "网格")),
        List.of(
            square("d", 118.2, 32.1, 0.1),
            square("c", 118.1, 32.1, 0.1),
            square("b", 118.2, 32.0, 0.1),
            square("a", 118.1, 32.0, 0.1)));
  }

  static Area square(String code, double lon, double lat, double size) {
    return square("grid", code, lon, lat, size);
  }

  private static Area square(String layer, String code, double lon, double lat, double size) {
    double east = Math.rint((lon + size) * 1e6) / 1e6;
    double north = Math.rint((lat + size) * 1e6) / 1e6;
    return new Area(
        layer,
        code,
        code,
        Optional.empty(),
        GEOMETRIES.toGeometry(new Envelope(lon, east, lat, north)));
  }

  private static Boundaries qixia() {
    Path folder = Path.of("..", "config", "cities", "qixia-sample", "boundaries");
    return CheckedBoundaries.read(
            LAYERS.stream()
                .map(
                    layer ->
                        new LayerSource(
                            folder.resolve(layer.id() + ".geojson"),
                            layer,
                            "code",
                            "name",
                            "parent",
                            new FileCrs.Unsaid()))
                .toList())
        .boundaries();
  }
}
