package org.gridline.gis.grids;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.gridline.gis.grids.UnitGrids.Made;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.locationtech.jts.coverage.CoverageUnion;
import org.locationtech.jts.coverage.CoverageValidator;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.util.GeometryEditor;
import org.locationtech.jts.io.ParseException;
import org.locationtech.jts.io.WKTReader;

class UnitGridsTest {
  private static final GeometryFactory GEOMETRIES = new GeometryFactory();
  private static final Plane PLANE = Plane.of(4549);
  private static final String ONE = "320113001001";
  private static final String TWO = "320113001002";

  /** Half a step of the lattice, along a border of some kilometres. */
  private static final double ROUNDING_SQUARE_METRES = 60;

  @Test
  void gridsTileTheirCommunitiesExactly() {
    List<Ground> grounds = neighbours();
    Made made = make(grounds, Optional.empty(), GridCodes.FIFTEEN);
    assertTiles(made.grids());
    assertThat(made.crumbs()).isZero();
    for (Ground ground : grounds) {
      List<UnitGrid> own = of(made, ground.code());
      Geometry union = CoverageUnion.union(shapes(own));
      double off = squareMetres(union.symDifference(ground.shape()));
      assertThat(off).isLessThan(ROUNDING_SQUARE_METRES);
      double sum = own.stream().mapToDouble(UnitGrid::squareMetres).sum();
      assertThat(sum).isCloseTo(squareMetres(ground.shape()), within(ROUNDING_SQUARE_METRES));
      assertThat(own).allMatch(grid -> grid.squareMetres() >= 4_000);
    }
  }

  @Test
  void gridsCoverWhatIsBuiltUpAndNothingElse() {
    List<Ground> grounds = neighbours();
    Geometry left = wave(118.9040, 32.1050, 0.0030, 9);
    Geometry right = wave(118.9110, 32.1050, 0.0040, 4);
    // Where two land polygons overlap, the first says what the land is.
    List<Land> land =
        List.of(
            new Land(left, Optional.of("R"), Optional.of("1")),
            new Land(right, Optional.of("M"), Optional.empty()));
    Made made = make(grounds, Optional.of(land), GridCodes.FIFTEEN);
    assertTiles(made.grids());
    Geometry built = left.union(right);
    Geometry wanted = built.intersection(grounds.get(0).shape().union(grounds.get(1).shape()));
    Geometry union = CoverageUnion.union(shapes(made.grids()));
    assertThat(squareMetres(union.symDifference(wanted)))
        .isLessThan(ROUNDING_SQUARE_METRES + made.crumbSquareMetres());
    assertThat(made.grids().stream().map(UnitGrid::use).distinct())
        .containsExactlyInAnyOrder(Optional.of("R"), Optional.of("M"));
    assertThat(made.grids())
        .allMatch(grid -> grid.use().equals(Optional.of("R")) == grid.grade().isPresent());
  }

  @Test
  void numbersRunFromWestToEastRowByRowFromNorthToSouth() {
    Coordinate corner = PLANE.toPlane(118.9, 32.1);
    double east = Math.floor(corner.x / 100) * 100;
    double north = Math.floor(corner.y / 100) * 100;
    Ground square = new Ground(ONE, "", plane(east, north, east + 300, north + 200));
    List<UnitGrid> grids = make(List.of(square), Optional.empty(), GridCodes.FIFTEEN).grids();
    assertThat(grids.stream().map(UnitGrid::code))
        .containsExactly(
            ONE + "001", ONE + "002", ONE + "003", ONE + "004", ONE + "005", ONE + "006");
    for (int i = 0; i < 6; i++) {
      Coordinate middle = grids.get(i).shape().getCentroid().getCoordinate();
      Coordinate at = PLANE.toPlane(middle.x, middle.y);
      assertThat(at.x).isCloseTo(east + 50 + i % 3 * 100, within(0.05));
      assertThat(at.y).isCloseTo(north + 150 - i / 3 * 100, within(0.05));
      assertThat(grids.get(i).squareMetres()).isCloseTo(10_000, within(1.5));
    }
    assertThat(make(List.of(square), Optional.empty(), GridCodes.FOURTEEN).grids().getLast().code())
        .isEqualTo(ONE + "06");
    assertThat(
            make(List.of(square), Optional.empty(), GridCodes.parse("6,3,3,4"))
                .grids()
                .getFirst()
                .code())
        .isEqualTo(ONE + "0001");
  }

  @Test
  void moreGridsThanNumbersIsAnErrorThatSaysWhatToDo() {
    List<Ground> wide = List.of(new Ground(ONE, "", box(118.90, 32.10, 118.915, 32.112)));
    assertThatThrownBy(() -> make(wide, Optional.empty(), GridCodes.FOURTEEN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(ONE)
        .hasMessageContaining("只到 99")
        .hasMessageContaining("--area")
        .hasMessageContaining("--segments 6,3,3,3");
  }

  @Test
  void theSameGroundGivesTheSameGridsInWhateverOrderTheVerticesCome() {
    List<UnitGrid> first = make(neighbours(), Optional.empty(), GridCodes.FIFTEEN).grids();
    List<Ground> turned =
        neighbours().stream()
            .map(g -> new Ground(g.code(), g.name(), g.shape().reverse()))
            .toList();
    List<UnitGrid> second = make(turned, Optional.empty(), GridCodes.FIFTEEN).grids();
    assertThat(second.stream().map(grid -> grid.code() + grid.shape()))
        .containsExactlyElementsOf(first.stream().map(g -> g.code() + g.shape()).toList());
  }

  @Test
  void overlappingCommunitiesAreDividedAndGapsStayGaps() {
    List<Ground> grounds =
        List.of(
            new Ground(ONE, "", box(118.900, 32.100, 118.906, 32.104)),
            new Ground(TWO, "", box(118.905, 32.100, 118.910, 32.104)));
    Made made = make(grounds, Optional.empty(), GridCodes.FIFTEEN);
    assertTiles(made.grids());
    Geometry first = CoverageUnion.union(shapes(of(made, ONE)));
    assertThat(squareMetres(first.symDifference(grounds.getFirst().shape())))
        .isLessThan(ROUNDING_SQUARE_METRES);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // a spike, a hole, two parts, a sliver of some centimetres, and ground below the lattice
        "POLYGON ((118.9 32.1, 118.904 32.1, 118.904 32.1000001, 118.904 32.103, 118.9 32.103, 118.9 32.1))",
        "POLYGON ((118.9 32.1, 118.905 32.1, 118.905 32.105, 118.9 32.105, 118.9 32.1), (118.902 32.102, 118.903 32.103, 118.903 32.102, 118.902 32.102))",
        "MULTIPOLYGON (((118.9 32.1, 118.902 32.1, 118.902 32.102, 118.9 32.102, 118.9 32.1)), ((118.91 32.1, 118.912 32.1, 118.912 32.102, 118.91 32.102, 118.91 32.1)))",
        "MULTIPOLYGON (((118.9 32.1, 118.902 32.1, 118.902 32.102, 118.9 32.102, 118.9 32.1)), ((118.91 32.1, 118.9100000001 32.1, 118.91 32.1000000001, 118.91 32.1)))"
      })
  void oddGroundIsTiledToo(String wkt) throws ParseException {
    Geometry shape = new WKTReader().read(wkt);
    Made made = make(List.of(new Ground(ONE, "", shape)), Optional.empty(), GridCodes.FIFTEEN);
    assertTiles(made.grids());
    Geometry union = CoverageUnion.union(shapes(made.grids()));
    assertThat(squareMetres(union.symDifference(shape))).isLessThan(ROUNDING_SQUARE_METRES);
  }

  @Test
  void groundThatIsTooWideOrHasNoLandIsRefused() {
    List<Ground> world = List.of(new Ground(ONE, "", box(118, 31, 121, 34)));
    assertThatThrownBy(() -> make(world, Optional.empty(), GridCodes.FIFTEEN))
        .hasMessageContaining("范围过大");
    List<Ground> here = neighbours();
    List<Land> elsewhere =
        List.of(new Land(box(118.7, 32.0, 118.701, 32.001), Optional.empty(), Optional.empty()));
    assertThatThrownBy(() -> make(here, Optional.of(elsewhere), GridCodes.FIFTEEN))
        .hasMessageContaining("没有可划分的土地");
    assertThatThrownBy(
            () ->
                make(
                    List.of(new Ground("A1", "", box(118.9, 32.1, 118.91, 32.11))),
                    Optional.empty(),
                    GridCodes.FIFTEEN))
        .hasMessageContaining("12 位数字");
  }

  @Test
  void patrolsAreSetsOfGridsOfOneCommunity() {
    List<UnitGrid> grids = make(neighbours(), Optional.empty(), GridCodes.FIFTEEN).grids();
    List<UnitGrid> patrols = GridGroups.byCount(grids, 20, GridCodes.FIFTEEN, "责任网格");
    assertTiles(patrols);
    assertThat(patrols.stream().mapToDouble(UnitGrid::squareMetres).sum())
        .isCloseTo(grids.stream().mapToDouble(UnitGrid::squareMetres).sum(), within(1e-6));
    assertThat(patrols.stream().map(UnitGrid::parent).collect(Collectors.toSet()))
        .containsExactlyInAnyOrder(ONE, TWO);
    assertThat(patrols)
        .hasSize(Math.round(of(grids, ONE) / 20f) + Math.round(of(grids, TWO) / 20f));
    assertThatThrownBy(() -> GridGroups.byCount(grids, 0, GridCodes.FIFTEEN, ""))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "6", "6,3,3,0", "6,3,3,7", "6,,3", "99,99", "6,3,3,-1", "a"})
  void codesThatCanNotBeAreRefused(String segments) {
    assertThatThrownBy(() -> GridCodes.parse(segments))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static long of(List<UnitGrid> grids, String community) {
    return grids.stream().filter(grid -> grid.parent().equals(community)).count();
  }

  private static Made make(List<Ground> grounds, Optional<List<Land>> land, GridCodes codes) {
    return UnitGrids.make(
        grounds, land, new GridWish(10_000, 0.4, codes, PLANE, 1, "单元网格"), line -> {});
  }

  private static void assertTiles(List<UnitGrid> grids) {
    assertThat(grids).isNotEmpty();
    assertThat(CoverageValidator.isValid(shapes(grids)))
        .as("no gap, no overlap, no vertex out of step")
        .isTrue();
    assertThat(grids).allMatch(grid -> grid.shape().isValid());
  }

  private static List<UnitGrid> of(Made made, String community) {
    return made.grids().stream().filter(grid -> grid.parent().equals(community)).toList();
  }

  private static Geometry[] shapes(List<UnitGrid> grids) {
    return grids.stream().map(UnitGrid::shape).toArray(Geometry[]::new);
  }

  /** Two communities with a crooked border between them. */
  private static List<Ground> neighbours() {
    Random random = new Random(7);
    List<Coordinate> border = new ArrayList<>();
    for (int step = 0; step <= 20; step++) {
      border.add(
          new Coordinate(
              118.908 + Math.rint(random.nextDouble() * 8000) / 1e7, 32.100 + step * 0.0005));
    }
    List<Coordinate> west = new ArrayList<>(border);
    west.add(new Coordinate(118.900, 32.110));
    west.add(new Coordinate(118.900, 32.100));
    west.add(border.getFirst());
    List<Coordinate> east = new ArrayList<>(border);
    east.add(new Coordinate(118.9153, 32.110));
    east.add(new Coordinate(118.9141, 32.100));
    east.add(border.getFirst());
    return List.of(
        new Ground(ONE, "尧化社区", GEOMETRIES.createPolygon(west.toArray(Coordinate[]::new))),
        new Ground(TWO, "尧新社区", GEOMETRIES.createPolygon(east.toArray(Coordinate[]::new))));
  }

  private static Geometry wave(double lon, double lat, double radius, int waves) {
    Coordinate[] ring = new Coordinate[61];
    for (int i = 0; i < 60; i++) {
      double angle = Math.PI * i / 30;
      double away = radius * (1 + 0.15 * Math.sin(waves * angle));
      ring[i] = new Coordinate(lon + away * Math.cos(angle), lat + 0.8 * away * Math.sin(angle));
    }
    ring[60] = ring[0];
    return GEOMETRIES.createPolygon(ring);
  }

  private static Geometry box(double west, double south, double east, double north) {
    return GEOMETRIES.createPolygon(
        new Coordinate[] {
          new Coordinate(west, south),
          new Coordinate(east, south),
          new Coordinate(east, north),
          new Coordinate(west, north),
          new Coordinate(west, south)
        });
  }

  private static Geometry plane(double west, double south, double east, double north) {
    return GEOMETRIES.createPolygon(
        Arrays.stream(box(west, south, east, north).getCoordinates())
            .map(at -> PLANE.toDegrees(at.x, at.y))
            .toArray(Coordinate[]::new));
  }

  private static double squareMetres(Geometry degrees) {
    return metres(degrees).getArea();
  }

  private static Geometry metres(Geometry degrees) {
    return new GeometryEditor()
        .edit(
            degrees,
            new GeometryEditor.CoordinateOperation() {
              @Override
              public Coordinate[] edit(Coordinate[] corners, Geometry part) {
                return Arrays.stream(corners)
                    .map(at -> PLANE.toPlane(at.x, at.y))
                    .toArray(Coordinate[]::new);
              }
            });
  }
}
