package org.gridline.gis.boundary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Locale;
import org.gridline.gis.boundary.Finding.Code;
import org.gridline.gis.boundary.PolygonRepair.Flaw;
import org.gridline.gis.boundary.PolygonRepair.Repaired;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.io.ParseException;
import org.locationtech.jts.io.WKTReader;

class PolygonRepairTest {
  @Test
  void soundShapesAreLeftAlone() {
    Geometry shape = wkt("POLYGON((0 0,4 0,4 4,0 4,0 0),(1 1,2 1,2 2,1 2,1 1))");
    Repaired repaired = PolygonRepair.repair(shape);
    assertThat(repaired.shape().equalsExact(shape)).isTrue();
    assertThat(repaired.flaws()).isEmpty();
  }

  /** Units of 0.0001°, about 11 m; what is left is told in those units too. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          spike                  | POLYGON((0 0,4 0,4 4,9 9,4 4,0 4,0 0))                      | SELF_CROSSING  | 16
          spike inwards          | POLYGON((0 0,4 0,2 2,4 0,4 4,0 4,0 0))                      | SELF_TOUCH     | 16
          ring around a hole     | POLYGON((0 0,8 0,8 8,4 8,5 5,3 5,4 8,0 8,0 0))              | SELF_TOUCH     | 61
          two lobes at one point | POLYGON((0 0,2 2,4 0,4 4,2 2,0 4,0 0))                      | SELF_TOUCH     | 8
          hole cuts in two       | POLYGON((0 0,8 0,8 8,0 8,0 0),(4 0,6 4,4 8,2 4,4 0))        | SELF_TOUCH     | 48
          part on a line         | MULTIPOLYGON(((0 0,4 0,4 4,0 4,0 0)),((6 6,7 7,8 8,6 6)))   | ZERO_AREA_PART | 16
          part on a point        | MULTIPOLYGON(((0 0,4 0,4 4,0 4,0 0)),((6 6,6 6,6 6,6 6)))   | ZERO_AREA_PART | 16
          hole on a line         | POLYGON((0 0,4 0,4 4,0 4,0 0),(1 1,2 2,3 3,1 1))            | ZERO_AREA_PART | 16
          parts share an edge    | MULTIPOLYGON(((0 0,4 0,4 4,0 4,0 0)),((4 0,8 0,8 4,4 4,4 0))) | SELF_CROSSING | 32
          """)
  void whatLeavesNothingOpenIsMended(String what, String shape, Code code, double area) {
    Repaired repaired = PolygonRepair.repair(scaled(shape, 1e-4));
    assertThat(repaired.flaws()).as(what).extracting(Flaw::code).containsExactly(code);
    assertThat(repaired.flaws().getFirst().movedSquareMetres()).isZero();
    assertThat(repaired.flaws().getFirst().at()).isPresent();
    assertThat(repaired.shape().isValid()).isTrue();
    assertThat(repaired.shape().getArea()).isCloseTo(area * 1e-8, within(1e-15));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "POLYGON((0 0,4 4,4 0,0 4,0 0))", // an even bow-tie
        "POLYGON((0 0,10 10,10 0,4 10,0 0))", // an uneven one
        "POLYGON((0 0,4 0,4 4,0 4,0 0,4 0,4 4,0 4,0 0))", // drawn twice
        "POLYGON((0 0,4 0,4 4,0 4,0 0),(6 6,8 6,8 8,6 8,6 6))", // a hole outside
        "POLYGON((0 0,9 0,9 9,0 9,0 0),(1 1,8 1,8 8,1 8,1 1),(2 2,5 2,5 5,2 5,2 2))", // in a hole
        "MULTIPOLYGON(((0 0,9 0,9 9,0 9,0 0)),((1 1,3 1,3 3,1 3,1 1)))", // a part in a part
        "MULTIPOLYGON(((0 0,9 0,9 9,0 9,0 0)),((0 0,9 0,9 9,0 9,0 0)))" // a part twice
      })
  void whatChangesTheMeaningIsRefusedAtEverySize(String shape) {
    for (double degrees : new double[] {1e-6, 1e-4, 1e-2, 1}) {
      assertThatExceptionOfType(BadShape.class)
          .isThrownBy(() -> PolygonRepair.repair(scaled(shape, degrees)))
          .satisfies(bad -> assertThat(bad.code()).isEqualTo(Code.BEYOND_REPAIR))
          .satisfies(bad -> assertThat(bad.at()).isPresent())
          .withMessageContaining("%");
    }
  }

  /** An edge that crosses its neighbour by a hair of a given width and length. */
  @ParameterizedTest
  @CsvSource({"0.0004, 1e-9", "0.01, 1e-7", "1, 1e-9", "5, 1e-9"})
  void hairlinesPassAtEverySize(double side, double width) {
    Repaired repaired = PolygonRepair.repair(hairline(side, width));
    Flaw flaw = repaired.flaws().getFirst();
    assertThat(flaw.code()).isEqualTo(Code.SELF_CROSSING);
    assertThat(flaw.movedSquareMetres()).isBetween(1e-9, PolygonRepair.MAX_SQUARE_METRES);
    assertThat(repaired.shape().isValid()).isTrue();
    assertThat(repaired.shape().getArea()).isCloseTo(side * side, within(side * side / 100));
  }

  @Test
  void aLobeOfMoreThanAThousandSquareMetresIsRefusedInTheLargestFeature() {
    // 0.5° × 1e-6° at the equator: 55 km × 11 cm, in halves.
    assertThatExceptionOfType(BadShape.class)
        .isThrownBy(() -> PolygonRepair.repair(hairline(1, 1e-6)))
        .withMessageContaining("0.00 %");
  }

  @Test
  void theAnswerIsTheSameEveryTimeAndCornersStay() {
    Geometry shape = hairline(0.01, 1e-7);
    Geometry once = PolygonRepair.repair(shape).shape();
    assertThat(PolygonRepair.repair(shape.copy()).shape().equalsExact(once)).isTrue();
    assertThat(once.getCoordinates())
        .contains(
            new Coordinate(0, 0),
            new Coordinate(0, 0.01),
            new Coordinate(0.01, 0.01),
            new Coordinate(0.01, 0),
            new Coordinate(0.0025, -1e-7));
  }

  @Test
  void nothingIsRefusedAsEmpty() {
    for (String shape :
        new String[] {"POLYGON EMPTY", "MULTIPOLYGON EMPTY", "POLYGON((1 1,2 2,3 3,1 1))"}) {
      assertThatExceptionOfType(BadShape.class)
          .isThrownBy(() -> PolygonRepair.repair(wkt(shape)))
          .satisfies(bad -> assertThat(bad.code()).isEqualTo(Code.EMPTY));
    }
  }

  @Test
  void tanglesAreRefusedBeforeTheyCostTime() {
    // A star of 20,001 vertices crosses itself some hundred million times.
    int points = 20_001;
    int step = points / 2;
    Coordinate[] star = new Coordinate[points + 1];
    for (int i = 0; i < points; i++) {
      double angle = 2 * Math.PI * i * step / points;
      star[i] = new Coordinate(Math.cos(angle), Math.sin(angle));
    }
    star[points] = star[0].copy();
    Geometry shape = new GeometryFactory().createPolygon(star);
    Assertions.assertTimeout(
        Duration.ofSeconds(20),
        () ->
            assertThatExceptionOfType(BadShape.class)
                .isThrownBy(() -> PolygonRepair.repair(shape))
                .satisfies(bad -> assertThat(bad.code()).isEqualTo(Code.TANGLED)));
  }

  /** A square whose south edge goes back once over a hair that crosses it. */
  private static Geometry hairline(double side, double width) {
    return wkt(
        String.format(
            Locale.ROOT,
            "POLYGON((0 0,%1$s 0,%2$s %3$s,%4$s -%3$s,%5$s 0,%5$s %5$s,0 %5$s,0 0))",
            side * 0.75,
            side * 0.75,
            width,
            side * 0.25,
            side));
  }

  private static Geometry scaled(String text, double by) {
    Geometry shape = wkt(text);
    shape.apply(
        (Coordinate c) -> {
          c.x *= by;
          c.y *= by;
        });
    return shape;
  }

  private static Geometry wkt(String text) {
    try {
      return new WKTReader().read(text);
    } catch (ParseException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
