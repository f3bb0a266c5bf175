package org.gridline.gis.lookup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.gridline.gis.TestData;
import org.gridline.gis.boundary.Area;
import org.gridline.gis.boundary.Boundaries;
import org.gridline.gis.boundary.CheckedBoundaries;
import org.gridline.gis.boundary.FileCrs;
import org.gridline.gis.boundary.Layer;
import org.gridline.gis.boundary.LayerSource;
import org.gridline.gis.position.Crs;
import org.gridline.gis.position.Position;
import org.gridline.gis.position.RawPosition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;

class QuickLookupTest {
  private static final int POINTS = 1000;
  private static final Layer LAYER = new Layer("layer", "图层");

  /**
   * Three ways to the same answer: every repaired polygon by plain arithmetic, the exact index, the
   * table.
   */
  @ParameterizedTest
  @CsvSource({
    "boston2015/wards.geojson.gz,             WARD",
    "boston2015/precincts.geojson.gz,         WARD_PRECINCT",
    "boston2015/police_districts.geojson.gz,  DISTRICT",
    "nyc/community_districts.geojson.gz,      BoroCD",
    "nyc/police_precincts.geojson.gz,         Precinct",
    "nyc/city_council.geojson.gz,             CounDist",
  })
  void tableIndexAndPolygonsAgree(String file, String code) {
    Boundaries ground = read(file, code, new FileCrs.Unsaid());
    GroundIndex index = GroundIndex.build(ground);
    QuickLookup quick = QuickLookup.build(index);
    PlainOwners owners = new PlainOwners(ground.areas());
    for (Coordinate point : points(ground, new Random(11))) {
      Optional<String> byPolygons = owners.find(point);
      Located located = index.locate(new Position(point.x, point.y), 0);
      assertThat(located.find("layer").map(AreaRef::code)).as("%s", point).isEqualTo(byPolygons);
      int answer = quick.look(point.x, point.y);
      assertThat(code(quick, answer)).as("%s", point).isEqualTo(byPolygons);
      assertThat(QuickLookup.flag(answer)).as("%s", point).isEqualTo(located.flag());
    }
  }

  @Test
  void shiftedNumbersBesideTheRimAreSuspectInTheTableToo() {
    Boundaries ground =
        read("china/datav_nanjing_districts.geojson", "adcode", new FileCrs.Said(Crs.GCJ_02));
    GroundIndex index = GroundIndex.build(ground, List.of(new Position(118.8, 32.05)));
    QuickLookup quick = QuickLookup.build(index);
    int suspects = 0;
    for (Coordinate point : points(ground, new Random(12))) {
      RawPosition raw = new RawPosition(point.x, point.y, Crs.WGS84);
      Located located = index.locate(raw, 0);
      assertThat(QuickLookup.flag(quick.look(point.x, point.y))).isEqualTo(located.flag());
      suspects += located.flag() == PlaceFlag.SUSPECT ? 1 : 0;
      assertThat(located.flag() == PlaceFlag.SUSPECT)
          .isEqualTo(located.areas().isEmpty() && !located.readings().isEmpty());
    }
    assertThat(suspects).isPositive();
    assertThat(QuickLookup.flag(quick.look(118.8, 32.05))).isEqualTo(PlaceFlag.SUSPECT);
    assertThat(QuickLookup.flag(quick.look(118.800001, 32.05))).isEqualTo(PlaceFlag.SUSPECT);
    assertThat(QuickLookup.flag(quick.look(119, 32))).isEqualTo(PlaceFlag.SUSPECT);
  }

  @Test
  void numbersThatAreNowhereAreSaidToBe() {
    QuickLookup quick = QuickLookup.build(GroundIndex.build(GroundIndexTest.squares()));
    for (double[] bad :
        new double[][] {
          {Double.NaN, 32}, {118, Double.NaN}, {1e300, 1}, {-181, 0}, {Double.NEGATIVE_INFINITY, 0}
        }) {
      assertThat(quick.look(bad[0], bad[1])).isEqualTo(QuickLookup.NOWHERE);
    }
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> QuickLookup.build(GroundIndex.build(new Boundaries(List.of(LAYER), List.of()))));
    assertThatIllegalArgumentException().isThrownBy(() -> QuickLookup.build(GroundIndexTest.INDEX));
  }

  /** Anywhere in the box and around it; on vertices, on edges, and within metres of them. */
  private static List<Coordinate> points(Boundaries ground, Random random) {
    List<Coordinate> points = new ArrayList<>();
    Envelope box = new Envelope();
    ground.areas().forEach(area -> box.expandToInclude(area.shape().getEnvelopeInternal()));
    box.expandBy(box.getWidth() / 20, box.getHeight() / 20);
    for (int i = 0; i < POINTS; i++) {
      points.add(
          new Coordinate(
              box.getMinX() + random.nextDouble() * box.getWidth(),
              box.getMinY() + random.nextDouble() * box.getHeight()));
    }
    for (int i = 0; i < POINTS; i++) {
      Area area = ground.areas().get(random.nextInt(ground.areas().size()));
      Coordinate[] ring = area.shape().getCoordinates();
      int at = random.nextInt(ring.length - 1);
      double part = random.nextInt(5) / 4.0;
      double far = random.nextInt(3) * random.nextGaussian() * 2e-5;
      points.add(
          new Coordinate(
              ring[at].x + part * (ring[at + 1].x - ring[at].x) + far,
              ring[at].y + part * (ring[at + 1].y - ring[at].y) - far));
    }
    return points;
  }

  private static Optional<String> code(QuickLookup quick, int answer) {
    int area = QuickLookup.area(answer);
    return area < 0 ? Optional.empty() : Optional.of(quick.areas().get(area).code());
  }

  private static Boundaries read(String file, String code, FileCrs crs) {
    return CheckedBoundaries.read(
            List.of(new LayerSource(TestData.get(file), LAYER, code, "", "", crs)))
        .boundaries();
  }
}
