package org.gridline.gis.boundary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.gridline.gis.Boston;
import org.gridline.gis.TestData;
import org.gridline.gis.boundary.Finding.Code;
import org.gridline.gis.position.CoordinateSystem;
import org.gridline.gis.position.Crs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.locationtech.jts.algorithm.distance.DiscreteHausdorffDistance;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.util.AffineTransformation;
import org.locationtech.jts.operation.distance.DistanceOp;

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

  /** Every request of a year, by the rule of the look-up: the lowest of the codes that cover it. */
  @Test
  void precinctsInStateFeetGiveTheSameCodesAMetreFromAnyBoundary() throws IOException {
    List<Area> feet =
        read("boston2015/precincts.epsg2249.geojson.gz", "WARD_PRECINCT", said("EPSG:2249"))
            .areas();
    List<Area> degrees = areas("boston2015/precincts.geojson.gz", "WARD_PRECINCT");
    OwnerByTree byFeet = new OwnerByTree(feet);
    OwnerByTree byDegrees = new OwnerByTree(degrees);
    Map<String, Coordinate> differ = new TreeMap<>();
    Set<Coordinate> seen = new HashSet<>();
    for (Boston.Request request : Boston.requests()) {
      Coordinate at =
          new Coordinate(Double.parseDouble(request.lon()), Double.parseDouble(request.lat()));
      if (seen.add(at) && !byFeet.code(at).equals(byDegrees.code(at))) {
        differ.put(request.id(), at);
      }
    }
    assertThat(seen).hasSizeGreaterThan(10_000);
    for (Coordinate at : differ.values()) {
      assertThat(
              degrees.stream()
                  .mapToDouble(area -> metresToOutline(area, at))
                  .min()
                  .orElse(Double.POSITIVE_INFINITY))
          .isLessThan(1);
    }
  }

  private static double metresToOutline(Area area, Coordinate at) {
    double shrink = Math.cos(Math.toRadians(at.y));
    Geometry flat =
        AffineTransformation.scaleInstance(111_195 * shrink, 111_195)
            .transform(area.shape().getBoundary());
    return DistanceOp.distance(
        flat,
        flat.getFactory().createPoint(new Coordinate(at.x * 111_195 * shrink, at.y * 111_195)));
  }

  /** The rule of the look-up, in its plainest form. */
  private static final class OwnerByTree {
    private final AreaTree tree;

    OwnerByTree(List<Area> areas) {
      List<Area> byCode = new ArrayList<>(areas);
      byCode.sort(Comparator.comparing(Area::code));
      tree = new AreaTree(byCode);
    }

    String code(Coordinate at) {
      return tree.find(at).map(Area::code).orElse("");
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
