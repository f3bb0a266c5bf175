package org.gridline.gis.lookup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.gridline.gis.boundary.Boundaries;
import org.gridline.gis.boundary.Layer;
import org.gridline.gis.position.Crs;
import org.gridline.gis.position.Epsg;
import org.gridline.gis.position.Position;
import org.gridline.gis.position.RawPosition;
import org.junit.jupiter.api.Test;

class ReadingsTest {
  private static final GroundIndex NANJING =
      GroundIndex.build(GroundIndexTest.squares(), List.of(), List.of(new Epsg(4549)));

  /** 118.15, 32.05 in metres of the zone of Nanjing, central meridian 120° E. */
  private static final double EAST = 325_315;

  private static final double NORTH = 3_549_100;

  @Test
  void swappedAxesAreOfferedTheRightWayRound() {
    Located located = NANJING.locate(new RawPosition(32.05, 118.15, Crs.WGS84), 0);
    assertThat(located.flag()).isEqualTo(PlaceFlag.SUSPECT);
    assertThat(located.areas()).isEmpty();
    assertThat(located.readings()).extracting(Reading::how).containsExactly("swapped");
    assertThat(located.readings().getFirst().position()).isEqualTo(new Position(118.15, 32.05));
    assertThat(located.readings().getFirst().areas())
        .extracting(AreaRef::code)
        .containsExactly("a");
  }

  @Test
  void outsideAsSaidButInsideAsAnotherMapIsSuspect() {
    // Just east of the city; as GCJ-02 these numbers are some 500 m farther west, inside.
    RawPosition raw = new RawPosition(118.302, 32.05, Crs.WGS84);
    Located located = NANJING.locate(raw, 0);
    assertThat(located.flag()).isEqualTo(PlaceFlag.SUSPECT);
    assertThat(located.readings()).extracting(Reading::how).containsExactly("GCJ-02", "BD-09");
    assertThat(NANJING.locate(new RawPosition(118.25, 32.05, Crs.WGS84), 0).readings()).isEmpty();
    assertThat(NANJING.locate(new RawPosition(118.4, 32.05, Crs.WGS84), 0).flag())
        .isEqualTo(PlaceFlag.OUTSIDE);
  }

  @Test
  void elsewhereThanChinaTheMapsDoNotDiffer() {
    GroundIndex index =
        GroundIndex.build(
            new Boundaries(
                List.of(new Layer("grid", "网格")),
                List.of(GroundIndexTest.square("a", -71.1, 42.3, 0.1))));
    Located located = index.locate(new RawPosition(-71.105, 42.35, Crs.WGS84), 0);
    assertThat(located.flag()).isEqualTo(PlaceFlag.OUTSIDE);
    assertThat(located.readings()).isEmpty();
  }

  @Test
  void metresOfAListedSystemAreOfferedInBothOrders() {
    Located located = NANJING.locate(new RawPosition(EAST, NORTH, Crs.WGS84), 0);
    assertThat(located.flag()).isEqualTo(PlaceFlag.SUSPECT);
    assertThat(located.areas()).isEmpty();
    assertThat(located.readings()).extracting(Reading::how).containsExactly("EPSG:4549");
    // Surveyors of this country say the northing first.
    assertThat(NANJING.locate(new RawPosition(NORTH, EAST, Crs.CGCS2000), 0).readings())
        .extracting(Reading::how)
        .containsExactly("EPSG:4549 swapped");
  }

  @Test
  void numbersThatMakeSenseNowhereAreStillRefused() {
    for (RawPosition raw :
        List.of(
            new RawPosition(EAST + 9e6, NORTH, Crs.WGS84),
            new RawPosition(1e300, -1e300, Crs.WGS84),
            new RawPosition(Double.NaN, 32, Crs.WGS84),
            new RawPosition(Double.POSITIVE_INFINITY, NORTH, Crs.WGS84))) {
      assertThatIllegalArgumentException().isThrownBy(() -> NANJING.locate(raw, 0));
    }
    GroundIndex unlisted = GroundIndex.build(GroundIndexTest.squares());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> unlisted.locate(new RawPosition(EAST, NORTH, Crs.WGS84), 0));
    GroundIndex unknown =
        GroundIndex.build(GroundIndexTest.squares(), List.of(), List.of(new Epsg(999_999)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> unknown.locate(new RawPosition(EAST, NORTH, Crs.WGS84), 0));
  }

  @Test
  void aDefaultPointInsideKeepsItsAreas() {
    GroundIndex index =
        GroundIndex.build(GroundIndexTest.squares(), List.of(new Position(118.15, 32.05)));
    Located located = index.locate(new RawPosition(118.15, 32.05, Crs.WGS84), 0);
    assertThat(located.flag()).isEqualTo(PlaceFlag.SUSPECT);
    assertThat(located.areas()).extracting(AreaRef::code).containsExactly("a");
  }
}
