package org.gridline.gis.boundary;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gridline.gis.boundary.Finding.Code;
import org.gridline.gis.boundary.Finding.Severity;
import org.junit.jupiter.api.Test;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;

class LayerFitTest {
  private static final Layer STREET = new Layer("street", "街道");
  private static final Layer GRID = new Layer("grid", "网格");
  private static final GeometryFactory GEOMETRIES = new GeometryFactory();

  /** About a metre of latitude. */
  private static final double METRE = 1 / 111_195.0;

  @Test
  void neighboursThatShareTheirEdgesHaveNothing() {
    assertThat(check(box("1", 0, 0, 100, 100), box("2", 100, 0, 200, 100))).isEmpty();
  }

  @Test
  void aSliverGoesToTheLowerCode() {
    List<Finding> found = check(box("2", 0, 0, 100, 100), box("1", 99.5, 0, 200, 100));
    assertThat(found).hasSize(1);
    Finding overlap = found.getFirst();
    assertThat(overlap.code()).isEqualTo(Code.OVERLAP);
    assertThat(overlap.severity()).isEqualTo(Severity.REPAIRED);
    assertThat(overlap.feature()).isEqualTo("grid 1 / 2");
    assertThat(overlap.reason()).contains("it goes to 1, the lower code").contains("归代码较小者");
    assertThat(overlap.squareMetres()).isBetween(49.0, 51.0);
    assertThat(overlap.place()).isPresent();
    assertThat(overlap.ground()).isPresent();
  }

  @Test
  void aPriorityDecidesBeforeTheCode() {
    Area first = box("2", 0, 0, 100, 100);
    first =
        new Area(
            first.layer(),
            first.code(),
            first.name(),
            first.parent(),
            java.util.OptionalInt.of(1),
            first.shape());
    Finding overlap = check(box("1", 99.5, 0, 200, 100), first).getFirst();
    assertThat(overlap.feature()).isEqualTo("grid 2 / 1");
    assertThat(overlap.reason()).contains("it goes to 2, whose priority comes first", "优先级");
  }

  @Test
  void aLargerOverlapIsForSomebodyToLookAt() {
    assertThat(codes(check(box("1", 0, 0, 100, 100), box("2", 90, 0, 200, 100))))
        .containsExactly(Code.OVERLAP_LARGE);
    assertThat(codes(check(box("1", 0, 0, 1000, 1000), box("2", 998.9, 0, 2000, 1000))))
        .containsExactly(Code.OVERLAP_LARGE);
    // One inside the other, and one twice: no edges cross.
    assertThat(codes(check(box("1", 0, 0, 100, 100), box("2", 20, 20, 40, 40))))
        .containsExactly(Code.OVERLAP_LARGE);
    assertThat(codes(check(box("1", 0, 0, 100, 100), box("2", 0, 0, 100, 100))))
        .containsExactly(Code.OVERLAP_LARGE);
  }

  @Test
  void twoWholeSheetsOnTopOfEachOtherOverlapInTheirMiddlesToo() {
    List<Area> areas = new ArrayList<>();
    for (int x = 0; x < 5; x++) {
      for (int y = 0; y < 5; y++) {
        areas.add(box("a" + x + y, 100 * x, 100 * y, 100 * x + 100, 100 * y + 100));
        areas.add(box("b" + x + y, 100 * x + 50, 100 * y + 50, 100 * x + 150, 100 * y + 150));
      }
    }
    assertThat(check(areas.toArray(Area[]::new)))
        .filteredOn(found -> found.code() == Code.OVERLAP_LARGE)
        .hasSize(81);
  }

  @Test
  void aGapNamesWhoTakesItsPlaces() {
    Area street = box("S", 0, 0, 300, 100);
    Area west = box("1", 0, 0, 100, 100, "S");
    Area east = box("2", 100.5, 0, 300, 100, "S");
    List<Finding> found = check(List.of(STREET, GRID), street, west, east);
    assertThat(found).hasSize(1);
    assertThat(found.getFirst().code()).isEqualTo(Code.GAP);
    assertThat(found.getFirst().severity()).isEqualTo(Severity.NOTED);
    assertThat(found.getFirst().reason()).contains("falls back to street S");
    assertThat(found.getFirst().squareMetres()).isBetween(49.0, 51.0);
  }

  @Test
  void anEnclosedGapIsFoundOnceAndWithoutParentsToo() {
    Area frame = framed("1", 0, 0, 100, 100, 40, 40, 60, 60);
    assertThat(check(frame))
        .singleElement()
        .satisfies(
            gap -> {
              assertThat(gap.code()).isEqualTo(Code.GAP);
              assertThat(gap.reason()).contains("a person decides");
            });
    Area child = new Area("grid", "1", "1", Optional.of("S"), frame.shape());
    assertThat(codes(check(List.of(STREET, GRID), box("S", 0, 0, 100, 100), child)))
        .containsExactly(Code.GAP);
  }

  @Test
  void childrenOutsideTheirParentsAndUnknownParentsAreNamed() {
    Area street = box("S", 0, 0, 100, 100);
    List<Finding> found =
        check(
            List.of(STREET, GRID),
            street,
            box("1", 0, 0, 100, 50, "S"),
            box("2", 0, 50, 110, 100, "S"),
            box("3", 500, 0, 600, 100, "T"));
    assertThat(codes(found)).containsExactlyInAnyOrder(Code.PARENT_UNKNOWN, Code.OUTSIDE_PARENT);
    assertThat(found)
        .filteredOn(one -> one.code() == Code.OUTSIDE_PARENT)
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.feature()).isEqualTo("grid 2");
              assertThat(one.squareMetres()).isBetween(490.0, 510.0);
            });
  }

  @Test
  void tenThousandGridsAreCheckedInAMoment() {
    List<Area> areas = new ArrayList<>();
    areas.add(box("S", 0, 0, 10_000, 10_000));
    for (int x = 0; x < 100; x++) {
      for (int y = 0; y < 100; y++) {
        areas.add(
            box(
                String.format(java.util.Locale.ROOT, "%05d", 100 * x + y),
                100 * x,
                100 * y,
                100 * x + 100,
                100 * y + 100,
                "S"));
      }
    }
    // One pair that overlaps among them.
    areas.set(5_051, box("05050", 5_000, 5_000, 5_100.5, 5_100, "S"));
    org.junit.jupiter.api.Assertions.assertTimeout(
        Duration.ofSeconds(30),
        () ->
            assertThat(codes(check(List.of(STREET, GRID), areas.toArray(Area[]::new))))
                .containsExactly(Code.OVERLAP));
  }

  @Test
  void combsThatCrossAMillionTimesAreNotCompared() {
    List<Finding> found =
        org.junit.jupiter.api.Assertions.assertTimeout(
            Duration.ofSeconds(60), () -> check(comb("1", false), comb("2", true)));
    assertThat(found).extracting(Finding::code).contains(Code.NOT_CHECKED);
  }

  private static Area comb(String code, boolean turned) {
    int teeth = 2_000;
    List<Coordinate> line = new ArrayList<>();
    for (int tooth = 0; tooth < teeth; tooth++) {
      line.add(new Coordinate(2 * tooth * METRE, 5 * METRE));
      line.add(new Coordinate(2 * tooth * METRE, 2 * teeth * METRE));
      line.add(new Coordinate((2 * tooth + 1) * METRE, 2 * teeth * METRE));
      line.add(new Coordinate((2 * tooth + 1) * METRE, 5 * METRE));
    }
    line.add(new Coordinate((2 * teeth + 1) * METRE, 0));
    line.add(new Coordinate(0, 0));
    line.add(line.getFirst().copy());
    if (turned) {
      line.replaceAll(at -> new Coordinate(at.y, at.x));
    }
    return area(code, Optional.empty(), GEOMETRIES.createPolygon(line.toArray(Coordinate[]::new)));
  }

  private static List<Code> codes(List<Finding> findings) {
    return findings.stream().map(Finding::code).toList();
  }

  private static List<Finding> check(Area... areas) {
    return check(List.of(GRID), areas);
  }

  /** The first area is the street, where there are two layers. */
  private static List<Finding> check(List<Layer> layers, Area... areas) {
    List<Area> all = new ArrayList<>(List.of(areas));
    if (layers.size() == 2) {
      Area street = all.getFirst();
      all.set(0, new Area("street", street.code(), street.name(), street.parent(), street.shape()));
    }
    return LayerFit.check(new Boundaries(layers, all));
  }

  private static Area box(
      String code, double west, double south, double east, double north, String... parent) {
    Geometry shape =
        GEOMETRIES.toGeometry(
            new Envelope(
                Snapping.degrees(west * METRE),
                Snapping.degrees(east * METRE),
                Snapping.degrees(south * METRE),
                Snapping.degrees(north * METRE)));
    return area(code, List.of(parent).stream().findFirst(), shape);
  }

  private static Area framed(
      String code,
      double w,
      double s,
      double e,
      double n,
      double hw,
      double hs,
      double he,
      double hn) {
    return area(
        code,
        Optional.empty(),
        box(code, w, s, e, n).shape().difference(box(code, hw, hs, he, hn).shape()));
  }

  private static Area area(String code, Optional<String> parent, Geometry shape) {
    return new Area("grid", code, code, parent, shape);
  }
}
