package org.gridline.gis.position;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Systems with their axes in the register's order. */
class MapCrsTest {
  private static final double LON = 118.95;
  private static final double LAT = 32.10;

  private static double[] written(int code) {
    double[] to = new double[2];
    new MapCrs(code).write(LON, LAT, to);
    return to;
  }

  @Test
  void crs84_says_longitude_first_and_the_geographic_systems_of_epsg_latitude_first() {
    assertThat(written(0)).containsExactly(LON, LAT);
    assertThat(written(4326)).containsExactly(LAT, LON);
    assertThat(written(4490)).containsExactly(LAT, LON);
    assertThat(new MapCrs(4326).latitudeFirst()).isTrue();
    assertThat(MapCrs.CRS84.latitudeFirst()).isFalse();
  }

  @Test
  void the_zone_of_nanjing_says_northing_first() {
    assertThat(MapCrs.gaussKruger(LON)).isEqualTo(new MapCrs(4549));
    double[] at = written(4549);
    // 400,888 m E is what the register gives for this point; northing is the larger number here.
    assertThat(at[0]).isBetween(3_500_000.0, 3_600_000.0);
    assertThat(at[1]).isCloseTo(400_888, within(1.0));
  }

  @Test
  void web_mercator_says_easting_first() {
    assertThat(written(3857)[0]).isCloseTo(13_241_453.4, within(1.0));
    assertThat(written(3857)[1]).isCloseTo(3_776_000, within(5_000.0));
  }

  @Test
  void another_systems_degrees_are_told_from_metres() {
    assertThat(new MapCrs(4269).degrees()).isTrue();
    assertThat(new MapCrs(4269).latitudeFirst()).isTrue();
    assertThat(new MapCrs(2249).degrees()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 4326, 4490, 3857, 4549})
  void what_is_written_is_read_back(int code) {
    double[] at = written(code);
    Position back = new MapCrs(code).read(at[0], at[1]);
    assertThat(back.lon()).isCloseTo(LON, within(1e-8));
    assertThat(back.lat()).isCloseTo(LAT, within(1e-8));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 181, 0",
    "0, 0, 91",
    "4326, 91, 0",
    "3857, 1e9, 0",
    "3857, 0, NaN",
    "4549, 1e12, 1e12",
    "4549, 1e300, 0",
    "4549, 0, Infinity",
    "4490, 0, 200"
  })
  void numbers_outside_the_system_are_refused(int code, double first, double second) {
    assertThatIllegalArgumentException().isThrownBy(() -> new MapCrs(code).read(first, second));
  }

  @Test
  void a_place_or_a_system_that_is_not_there_is_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new MapCrs(3857).write(0, 90.1, new double[2]));
    assertThatIllegalArgumentException().isThrownBy(() -> new MapCrs(1).check());
    assertThatIllegalArgumentException().isThrownBy(() -> new MapCrs(-1));
    assertThatIllegalArgumentException().isThrownBy(() -> MapCrs.gaussKruger(-71));
  }
}
