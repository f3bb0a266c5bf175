package org.gridline.gis.position;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.gridline.gis.TestData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.util.GeometryFixer;
import org.locationtech.jts.io.ParseException;
import org.locationtech.jts.io.geojson.GeoJsonReader;

class RawPositionTest {
  private static final double METRES_PER_DEGREE = 111_320;

  @Test
  void spellingsAreThoseOfTheApi() {
    assertThat(Crs.find("WGS84")).contains(Crs.WGS84);
    assertThat(Crs.find("CGCS2000")).contains(Crs.CGCS2000);
    assertThat(Crs.find("GCJ-02")).contains(Crs.GCJ_02);
    assertThat(Crs.find("BD-09")).contains(Crs.BD_09);
    assertThat(Crs.find("GCJ_02")).isEmpty();
    assertThat(Crs.find("wgs84")).isEmpty();
  }

  @Test
  void unshiftedSystemsKeepTheirNumbers() {
    assertThat(new RawPosition(118.95, 32.1, Crs.WGS84).toWgs84())
        .isEqualTo(new Position(118.95, 32.1));
    assertThat(new RawPosition(118.95, 32.1, Crs.CGCS2000).toWgs84())
        .isEqualTo(new Position(118.95, 32.1));
  }

  @Test
  void roundTripsWithinAMillimetreAllOverChina() {
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      // Away from the rectangle's rim, where the two directions may disagree on who is inside.
      Position here = new Position(73 + random.nextDouble() * 62, 3 + random.nextDouble() * 51);
      assertSamePlace(ChinaOffset.toGcj02(here).toWgs84(), here);
      assertSamePlace(ChinaOffset.toBd09(here).toWgs84(), here);
    }
  }

  @Test
  void shiftIsSomeHundredMetresInNanjing() {
    Position here = new Position(118.95, 32.1);
    assertThat(metres(asPosition(ChinaOffset.toGcj02(here)), here)).isBetween(300.0, 700.0);
    assertThat(metres(asPosition(ChinaOffset.toBd09(here)), here)).isBetween(600.0, 1600.0);
  }

  @Test
  void gcjAgreesWithThePublishedExampleOfShanghai() {
    // The example pair that goes round with the algorithm: 31.1774276, 121.5272106.
    RawPosition gcj = ChinaOffset.toGcj02(new Position(121.5272106, 31.1774276));
    assertThat(gcj.lat()).isCloseTo(31.17530398364597, within(1e-9));
    assertThat(gcj.lon()).isCloseTo(121.531541859215, within(1e-9));
  }

  @ParameterizedTest
  @CsvSource({"2.35, 48.85", "-71.06, 42.36", "151.2, -33.9", "0, 0", "180, 90", "-180, -90"})
  void nothingIsShiftedOutsideChina(double lon, double lat) {
    Position here = new Position(lon, lat);
    assertThat(new RawPosition(lon, lat, Crs.GCJ_02).toWgs84()).isEqualTo(here);
    assertThat(new RawPosition(lon, lat, Crs.BD_09).toWgs84()).isEqualTo(here);
  }

  @Test
  void everyPositionOnEarthBecomesOne() {
    Random random = new Random(11);
    for (int i = 0; i < 50_000; i++) {
      double lon = random.nextDouble() * 360 - 180;
      double lat = random.nextDouble() * 180 - 90;
      for (Crs crs : Crs.values()) {
        Position there = new RawPosition(lon, lat, crs).toWgs84();
        assertThat(metres(there, new Position(lon, lat))).isLessThan(2500);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "NaN, 32, finite",
    "118.9, Infinity, finite",
    "181, 32, longitude 181.0",
    "118.9, -91, latitude -91.0",
    "32.1, 118.9, look swapped"
  })
  void nonsenseIsNamed(double lon, double lat, String words) {
    for (Crs crs : Crs.values()) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new RawPosition(lon, lat, crs).toWgs84())
          .withMessageContaining(words);
    }
  }

  @Test
  void metroStationsFallInTheDistrictsTheyName() throws IOException, ParseException {
    Map<String, Geometry> districts = new HashMap<>();
    JsonNode polygons =
        new ObjectMapper().readTree(TestData.get("china/datav_nanjing_districts.geojson").toFile());
    for (JsonNode feature : polygons.path("features")) {
      // Two of the eleven cross themselves, so the strict reader of boundaries won't take them.
      Geometry shape = new GeoJsonReader().read(feature.path("geometry").toString());
      districts.put(feature.path("properties").path("name").asText(), GeometryFixer.fix(shape));
    }
    // 白下区 was merged into 秦淮区 in 2013.
    districts.put("白下区", districts.get("秦淮区"));
    JsonNode stations =
        new ObjectMapper().readTree(TestData.get("address/nanjing_metro_poi_bd09.json").toFile());
    int named = 0;
    int unconverted = 0;
    int matched = 0;
    for (JsonNode station : stations) {
      String[] words = station.path("poi_street_address").asText().split(",");
      Geometry district = words.length > 2 ? districts.get(words[2]) : null;
      if (district == null) {
        continue;
      }
      named++;
      double lon = station.path("point").path("lng").asDouble();
      double lat = station.path("point").path("lat").asDouble();
      // The polygons are GCJ-02; through WGS 84 and back, so that both conversions are in it.
      RawPosition gcj = ChinaOffset.toGcj02(new RawPosition(lon, lat, Crs.BD_09).toWgs84());
      RawPosition direct = ChinaOffset.bd09ToGcj02(lon, lat);
      assertSamePlace(asPosition(gcj), asPosition(direct));
      unconverted += covers(district, lon, lat) ? 1 : 0;
      matched += covers(district, gcj.lon(), gcj.lat()) ? 1 : 0;
    }
    assertThat(named).isEqualTo(54);
    assertThat(unconverted).as("matches without conversion").isLessThan(45);
    assertThat(matched).isEqualTo(54);
  }

  private static boolean covers(Geometry area, double lon, double lat) {
    return area.covers(new GeometryFactory().createPoint(new Coordinate(lon, lat)));
  }

  private static Position asPosition(RawPosition raw) {
    return new Position(raw.lon(), raw.lat());
  }

  private static void assertSamePlace(Position actual, Position expected) {
    assertThat(metres(actual, expected)).isLessThan(1e-3);
  }

  private static double metres(Position a, Position b) {
    double east = (a.lon() - b.lon()) * METRES_PER_DEGREE * Math.cos(Math.toRadians(a.lat()));
    return Math.hypot(east, (a.lat() - b.lat()) * METRES_PER_DEGREE);
  }
}
