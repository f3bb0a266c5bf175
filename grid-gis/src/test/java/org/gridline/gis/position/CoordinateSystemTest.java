package org.gridline.gis.position;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CoordinateSystemTest {
  @ParameterizedTest
  @CsvSource({
    "WGS84, WGS84",
    "GCJ-02, GCJ-02",
    "EPSG:4326, WGS84",
    "EPSG:4490, CGCS2000",
    "epsg:2249, EPSG:2249",
    "urn:ogc:def:crs:EPSG::2249, EPSG:2249",
    "urn:ogc:def:crs:EPSG:6.9:4549, EPSG:4549",
    "urn:x-ogc:def:crs:EPSG::4549, EPSG:4549",
    "http://www.opengis.net/def/crs/EPSG/0/3857, EPSG:3857",
    "urn:ogc:def:crs:OGC:1.3:CRS84, WGS84",
    "urn:ogc:def:crs:OGC::CRS84, WGS84",
    "OGC:CRS84, WGS84",
  })
  void namesAreUnderstood(String name, String spelling) {
    assertThat(CoordinateSystem.find(name)).map(CoordinateSystem::spelling).contains(spelling);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "wgs84", "EPSG:", "EPSG:0", "EPSG:-1", "EPSG:22490000000", "2249", "EPSG:1e3"})
  void otherNamesAreNot(String name) {
    assertThat(CoordinateSystem.find(name)).isEmpty();
  }

  @Test
  void gaussKruegerOfNanjing() {
    // EPSG:4549 as published: 118.95, 32.10 is at 400,888 m east of the false origin.
    Position at = new Epsg(4549).toWgs84(400_888, 3_553_423.83);
    assertThat(at.lon()).isCloseTo(118.95, within(1e-5));
    assertThat(at.lat()).isCloseTo(32.10, within(1e-6));
    Position cgcs = new Epsg(4490).toWgs84(118.95, 32.10);
    assertThat(cgcs.lon()).isCloseTo(118.95, within(1e-6));
    assertThat(cgcs.lat()).isCloseTo(32.10, within(1e-6));
  }

  @Test
  void whatMeansNothingIsRefusedWithAReason() {
    Epsg unknown = new Epsg(999_999);
    assertThatIllegalArgumentException()
        .isThrownBy(unknown::check)
        .withMessageContaining("EPSG:999999");
    assertThatIllegalArgumentException().isThrownBy(() -> unknown.toWgs84(1, 2));
    Epsg boston = new Epsg(2249);
    for (double[] bad :
        new double[][] {
          {Double.NaN, 1}, {1, Double.POSITIVE_INFINITY}, {1e300, 1e300}, {-1e15, 1e12}
        }) {
      try {
        Position at = boston.toWgs84(bad[0], bad[1]);
        assertThat(at.lat()).isBetween(-90.0, 90.0);
      } catch (IllegalArgumentException e) {
        assertThat(e).hasMessageNotContaining("null");
      }
    }
  }
}
