package org.gridline.gis.lookup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.gridline.gis.boundary.Boundaries;
import org.gridline.gis.boundary.Layer;
import org.gridline.gis.position.Crs;
import org.gridline.gis.position.Position;
import org.gridline.gis.position.RawPosition;
import org.junit.jupiter.api.Test;

class SuspectPositionTest {
  @Test
  void placeholdersAreSuspect() {
    GroundIndex index =
        GroundIndex.build(
            GroundIndexTest.squares(),
            List.of(new Position(118.1234, 32.0567), new Position(116.4, 39.9)));
    assertThat(index.locate(new Position(0, 0), 0).flag()).isEqualTo(PlaceFlag.SUSPECT);
    assertThat(index.locate(new Position(119, 32), 0).flag()).isEqualTo(PlaceFlag.SUSPECT);
    Located known = index.locate(new Position(118.123401, 32.0567), 0);
    assertThat(known.flag()).isEqualTo(PlaceFlag.SUSPECT);
    assertThat(known.areas()).hasSize(1);
    assertThat(index.locate(new Position(118.1244, 32.0567), 0).flag()).isEqualTo(PlaceFlag.OK);
    assertThat(index.locate(new RawPosition(119, 32, Crs.GCJ_02), 0).flag())
        .isEqualTo(PlaceFlag.SUSPECT);
  }

  @Test
  void swappedAxesAreSuspectWhenThatWouldBeInside() {
    assertThat(GroundIndexTest.INDEX.locate(new RawPosition(32.12, 118.89, Crs.WGS84), 0).flag())
        .isEqualTo(PlaceFlag.SUSPECT);
    assertThat(GroundIndexTest.INDEX.locate(new RawPosition(32.12, 118.89, Crs.BD_09), 0).areas())
        .isEmpty();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> GroundIndexTest.INDEX.locate(new RawPosition(12, 118.89, Crs.WGS84), 0));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> GroundIndexTest.INDEX.locate(new RawPosition(Double.NaN, 32.1, Crs.WGS84), 0));
    GroundIndex near =
        GroundIndex.build(
            new Boundaries(
                List.of(new Layer("grid", "网格")),
                List.of(GroundIndexTest.square("a", 20, 40, 0.1))));
    assertThat(near.locate(new Position(40.05, 20.05), 0).flag()).isEqualTo(PlaceFlag.SUSPECT);
    assertThat(near.locate(new Position(20.05, 40.05), 0).flag()).isEqualTo(PlaceFlag.OK);
    assertThat(near.locate(new Position(41.05, 20.05), 0).flag()).isEqualTo(PlaceFlag.OUTSIDE);
  }
}
