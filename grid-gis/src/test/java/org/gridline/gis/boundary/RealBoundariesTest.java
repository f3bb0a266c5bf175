package org.gridline.gis.boundary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.gridline.gis.TestData;
import org.gridline.gis.boundary.Finding.Code;
import org.gridline.gis.position.CoordinateSystem;
import org.gridline.gis.position.Crs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.locationtech.jts.algorithm.distance.DiscreteHausdorffDistance;
import org.locationtech.jts.geom.Geometry;

/** Every polygon file of the test data is read, or refused for the stated reason. */
class RealBoundariesTest {
  @ParameterizedTest
  @CsvSource({
    "boston2015/wards.geojson.gz,               WARD,          22, 3, SELF_TOUCH",
    "boston2015/precincts.geojson.gz,           WARD_PRECINCT, 255, 2, SELF_TOUCH",
    "boston2015/police_districts.geojson.gz,    DISTRICT,      12, 0, SELF_TOUCH",
    "boston2015/neighborhoods.geojson.gz,       Name,          26, 1, SELF_TOUCH",
    "nyc/community_districts.geojson.gz,        BoroCD,        71, 0, SELF_TOUCH",
    "nyc/police_precincts.geojson.gz,           Precinct,      76, 1, ZERO_AREA_PART",
    "nyc/city_council.geojson.gz,               CounDist,      51, 4, ZERO_AREA_PART",
    "nyc/boroughs.geojson.gz,                   BoroCode,      5, 0, SELF_TOUCH",
    "nyc/fire_battalions.geojson.gz,            FireBN,        49, 0, SELF_TOUCH",
  })
  void citiesAreReadWithTheirRepairs(
      String file, String code, int areas, int repaired, Code finding) {
    BoundaryFile.Read read = read(file, code, new FileCrs.Unsaid());
    assertThat(read.areas()).hasSize(areas);
    assertThat(read.findings()).hasSize(repaired);
    assertThat(read.findings())
        .allSatisfy(
            found -> {
              assertThat(found.code()).isEqualTo(finding);
              assertThat(found.squareMetres()).isZero();
              assertThat(found.place()).isPresent();
            });
  }

  @Test
  void thousandsOfCountiesAreReadAndHundredsRepaired() {
    BoundaryFile.Read read =
        read("china/datav_counties_all.geojson.gz", "adcode", new FileCrs.Said(Crs.GCJ_02));
    assertThat(read.areas()).hasSize(2884);
    assertThat(read.findings()).hasSize(180);
    assertThat(read.findings())
        .allSatisfy(found -> assertThat(found.squareMetres()).isLessThan(110));
  }

  @Test
  void feetThatNobodyNamesAreRefusedAtOnce() {
    assertThatExceptionOfType(UnusableBoundaries.class)
        .isThrownBy(
            () ->
                read(
                    "boston2015/police_districts.epsg2249.geojson.gz",
                    "DISTRICT",
                    new FileCrs.Unsaid()))
        .withMessageContaining("feature 1 (A15)")
        .withMessageContaining("--crs EPSG:n")
        .satisfies(
            e ->
                assertThat(e.findings())
                    .extracting(Finding::code)
                    .containsExactly(Code.CRS_UNKNOWN));
  }

  @ParameterizedTest
  @CsvSource({"police_districts, DISTRICT", "precincts, WARD_PRECINCT"})
  void stateFeetBecomeThePolygonsThatAnotherHandReprojected(String name, String code) {
    List<Area> ours =
        read("boston2015/" + name + ".epsg2249.geojson.gz", code, said("EPSG:2249")).areas();
    List<Area> theirs = areas("boston2015/" + name + ".geojson.gz", code);
    assertThat(ours).extracting(Area::code).isEqualTo(theirs.stream().map(Area::code).toList());
    for (int i = 0; i < ours.size(); i++) {
      Geometry a = ours.get(i).shape();
      Geometry b = theirs.get(i).shape();
      // A metre here is 9e-6° of latitude and 1.2e-5° of longitude.
      assertThat(DiscreteHausdorffDistance.distance(a, b)).isLessThan(9e-6);
    }
  }

  @Test
  void aSystemThatTheRegisterLacksIsRefused() {
    assertThatExceptionOfType(UnusableBoundaries.class)
        .isThrownBy(() -> read("boston2015/wards.geojson.gz", "WARD", said("EPSG:999999")))
        .withMessageContaining("EPSG:999999 is not a system");
  }

  private static FileCrs said(String name) {
    return new FileCrs.Said(CoordinateSystem.find(name).orElseThrow());
  }

  static BoundaryFile.Read read(String file, String code, FileCrs crs) {
    return BoundaryFile.read(
        new LayerSource(TestData.get(file), new Layer("layer", "图层"), code, "", "", crs));
  }

  static List<Area> areas(String file, String code) {
    return read(file, code, new FileCrs.Unsaid()).areas();
  }
}
