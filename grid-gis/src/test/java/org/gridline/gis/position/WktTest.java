package org.gridline.gis.position;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WktTest {
  private static final String CGCS2000 =
      "GEOGCS[\"CGCS2000\",DATUM[\"China_2000\",SPHEROID[\"CGCS2000\",6378137,298.257222101]],"
          + "PRIMEM[\"Greenwich\",0],UNIT[\"degree\",0.0174532925199433]]";

  private static String zone(String axes, int falseEasting, int falseNorthing) {
    return "PROJCS[\"城市独立坐标系\","
        + CGCS2000
        + ",PROJECTION[\"Transverse_Mercator\"],PARAMETER[\"latitude_of_origin\",0],"
        + "PARAMETER[\"central_meridian\",120],PARAMETER[\"scale_factor\",1],"
        + "PARAMETER[\"false_easting\","
        + falseEasting
        + "],PARAMETER[\"false_northing\","
        + falseNorthing
        + "],UNIT[\"metre\",1]"
        + axes
        + "]";
  }

  @Test
  void aCitysOwnZoneIsReadWhateverTheOrderOfItsAxes() {
    for (String axes :
        new String[] {
          "", ",AXIS[\"X\",NORTH],AXIS[\"Y\",EAST]", ",AXIS[\"E\",EAST],AXIS[\"N\",NORTH]"
        }) {
      CoordinateSystem local = CoordinateSystem.find(zone(axes, 50_000, -3_500_000)).orElseThrow();
      local.check();
      assertThat(local.spelling()).isEqualTo("城市独立坐标系");
      Position at = local.toWgs84(400_888 - 450_000, 3_553_423.83 - 3_500_000);
      assertThat(at.lon()).isCloseTo(118.95, within(1e-5));
      assertThat(at.lat()).isCloseTo(32.10, within(1e-6));
      assertThat(local.doubt()).isEmpty();
    }
  }

  @Test
  void anAffineLaysALocalSystemOverAnother() {
    String text =
        "FITTED_CS[\"工地坐标系\",PARAM_MT[\"Affine\",PARAMETER[\"num_row\",3],"
            + "PARAMETER[\"num_col\",3],PARAMETER[\"elt_0_2\",400000],PARAMETER[\"elt_1_2\",3553000]],"
            + zone("", 500_000, 0)
            + "]";
    Position at = new Wkt(text).toWgs84(888, 423.83);
    assertThat(at.lon()).isCloseTo(118.95, within(1e-5));
    assertThat(at.lat()).isCloseTo(32.10, within(1e-6));
  }

  @Test
  void aShiftedDatumIsTurnedAndMoved() {
    String datum =
        "GEOGCS[\"local\",DATUM[\"Local\",SPHEROID[\"Krassowsky\",6378245,298.3],"
            + "TOWGS84[15.8,-154.4,-82.3,0,0,0,0]],PRIMEM[\"Greenwich\",0],"
            + "UNIT[\"degree\",0.0174532925199433]]";
    Wkt shifted = new Wkt(datum);
    Wkt unshifted = new Wkt(datum.replace(",TOWGS84[15.8,-154.4,-82.3,0,0,0,0]", ""));
    assertThat(shifted.doubt()).isEmpty();
    assertThat(unshifted.doubt().orElseThrow()).contains("TOWGS84");
    Position there = shifted.toWgs84(118.95, 32.1);
    Position plain = unshifted.toWgs84(118.95, 32.1);
    assertThat(Math.abs(there.lon() - plain.lon())).isBetween(2e-4, 2e-3);
  }

  @Test
  void theSystemsOfChinaAndMassachusettsNeedNoDoubtAndXianDoes() {
    assertThat(new Epsg(4549).doubt()).isEmpty();
    assertThat(new Epsg(2249).doubt()).isEmpty();
    assertThat(new Epsg(3857).doubt()).isEmpty();
    assertThat(new Epsg(2384).doubt().orElseThrow()).contains("Xian");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PROJCS[",
        "GEOGCS[\"x\"]",
        "LOCAL_CS[\"x\",LOCAL_DATUM[\"y\",0],UNIT[\"m\",1],AXIS[\"a\",EAST]]",
        "FITTED_CS[\"x\",PARAM_MT[\"NTv2\",PARAMETER[\"Latitude and longitude difference file\","
            + "\"http://127.0.0.1:1/grid\"]],GEOGCS[\"y\"]]",
        "GEOGCS[\"x\",DATUM[\"y\",SPHEROID[\"z\",6378137,298]],PRIMEM[\"g\",0],"
            + "UNIT[\"degree\",0.01],PARAMETER[\"a\",\"http://127.0.0.1:1/\"]]"
      })
  void whatIsNoSystemIsRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> new Wkt(text).check());
  }

  @Test
  void deepAndLongTextsAreRefusedBeforeTheyAreParsed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Wkt("PROJCS" + "[a".repeat(5_000)).check())
        .withMessageContaining("deeper");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Wkt("PROJCS[\"" + "a".repeat(50_000) + "\"]").check())
        .withMessageContaining("longer");
  }

  @Test
  void degreesBeyondThePoleAreNoPlace() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Wkt(CGCS2000).toWgs84(118, 320));
    assertThatIllegalArgumentException().isThrownBy(() -> new Wkt(CGCS2000).toWgs84(361, 32));
  }
}
