package org.gridline.dispatch.ground;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gridline.dispatch.ground.AreaOverlay.Change;
import org.gridline.dispatch.ground.AreaOverlay.Kind;
import org.gridline.gis.boundary.Area;
import org.junit.jupiter.api.Test;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.GeometryFactory;

/** Splits, mergers and new numbers on plain rectangles, and who follows them. */
class SuccessionTest {
  private static final GeometryFactory SHAPES = new GeometryFactory();

  @Test
  void a_split_area_is_followed_by_its_parts_but_no_part_stands_for_the_whole() {
    AreaOverlay.Found split =
        compare(List.of(area("A", 0, 10)), area("A1", 0, 6), area("A2", 6, 10));
    assertThat(split.changes())
        .extracting(Change::kind, Change::code)
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple(Kind.REMOVED, "A"),
            org.assertj.core.groups.Tuple.tuple(Kind.ADDED, "A1"),
            org.assertj.core.groups.Tuple.tuple(Kind.ADDED, "A2"));
    assertThat(split.heritage())
        .filteredOn(h -> h.newCode().equals("A1"))
        .singleElement()
        .satisfies(
            h -> {
              assertThat(h.shareOfOld()).isCloseTo(0.6, within(1e-6));
              assertThat(h.shareOfNew()).isCloseTo(1, within(1e-6));
              assertThat(h.oldStays()).isFalse();
            });
    Succession after = after(split);
    assertThat(after.follow(List.of("A"))).containsExactly("A", "A1", "A2");
    assertThat(after.follow(List.of("A1"))).containsExactly("A1");
  }

  @Test
  void a_part_that_is_cut_off_follows_the_code_that_stays() {
    Succession after = after(compare(List.of(area("A", 0, 10)), area("A", 0, 6), area("B", 6, 10)));
    assertThat(after.follow(List.of("A"))).containsExactly("A", "B");
    assertThat(after.follow(List.of("B"))).containsExactly("B");
  }

  @Test
  void merged_areas_are_followed_by_the_whole_and_the_whole_stands_for_them() {
    Succession after = after(compare(List.of(area("A", 0, 4), area("B", 4, 10)), area("C", 0, 10)));
    assertThat(after.follow(List.of("A"))).containsExactly("A", "C");
    assertThat(after.follow(List.of("C"))).containsExactly("A", "B", "C");
  }

  @Test
  void a_new_number_is_the_same_area() {
    AreaOverlay.Found found =
        compare(List.of(area("A", 0, 10), area("X", 10, 20)), area("N", 0, 10), area("X", 10, 20));
    assertThat(found.heritage()).hasSize(1);
    assertThat(after(found).follow(List.of("A"))).containsExactly("A", "N");
    assertThat(after(found).follow(List.of("N"))).containsExactly("A", "N");
    assertThat(after(found).follow(List.of("X"))).containsExactly("X");
  }

  @Test
  void a_line_that_moves_a_little_makes_nobody_an_heir() {
    AreaOverlay.Found found =
        compare(List.of(area("A", 0, 10), area("B", 10, 20)), area("A", 0, 9), area("B", 9, 20));
    assertThat(found.changes()).extracting(Change::kind).containsOnly(Kind.MOVED);
    assertThat(after(found).follow(List.of("A"))).containsExactly("A");
    assertThat(after(found).follow(List.of("B"))).containsExactly("B");
  }

  @Test
  void a_sliver_is_a_difference_of_drawing() {
    AreaOverlay.Found found =
        compare(
            List.of(area("A", 0, 10), area("B", 10, 20)),
            area("A", 0, 10.05),
            area("B", 10.05, 20));
    assertThat(found.heritage()).allSatisfy(h -> assertThat(h.oldCode()).isEqualTo(h.newCode()));
  }

  @Test
  void two_imports_in_a_row_are_followed_through() {
    AreaOverlay.Found first = compare(List.of(area("A", 0, 4), area("B", 4, 10)), area("C", 0, 10));
    AreaOverlay.Found second =
        compare(List.of(area("C", 0, 10)), area("D", 0, 5), area("E", 5, 10));
    AreaOverlay.Found third =
        compare(List.of(area("D", 0, 5), area("E", 5, 10)), area("F", 0, 5), area("E", 5, 10));
    Succession after = after(first, second, third);
    assertThat(after.follow(List.of("A"))).containsExactly("A", "C", "D", "E", "F");
    assertThat(after.follow(List.of("F"))).containsExactly("D", "F");
    assertThat(after.follow(List.of("C"))).containsExactly("A", "B", "C", "D", "E", "F");
  }

  @Test
  void a_code_that_is_used_again_inherits_nothing_from_its_own_past() {
    AreaOverlay.Found gone = compare(List.of(area("A", 0, 10)), area("B", 0, 10));
    AreaOverlay.Found again =
        compare(List.of(area("B", 0, 10)), area("B", 0, 10), area("A", 30, 40));
    Succession after = after(gone, again);
    assertThat(after.follow(List.of("A"))).containsExactly("A", "B");
    assertThat(after.follow(List.of("B"))).containsExactly("A", "B");
  }

  @Test
  void a_shape_written_in_another_order_is_the_same_shape() {
    Area turned =
        new Area(
            "L",
            "A",
            "A",
            Optional.empty(),
            SHAPES.createPolygon(
                new Coordinate[] {
                  new Coordinate(118.010, 32.01),
                  new Coordinate(118.010, 32),
                  new Coordinate(118, 32),
                  new Coordinate(118, 32.01),
                  new Coordinate(118.010, 32.01)
                }));
    assertThat(compare(List.of(area("A", 0, 10)), turned).changes()).isEmpty();
  }

  private static AreaOverlay.Found compare(List<Area> before, Area... after) {
    return AreaOverlay.compare("L", before, List.of(after));
  }

  private static Succession after(AreaOverlay.Found... versions) {
    List<Succession.Step> steps = new ArrayList<>();
    for (int i = 0; i < versions.length; i++)
      for (Heritage h : versions[i].heritage()) steps.add(new Succession.Step(i + 2, h));
    return new Succession(steps);
  }

  /** Thousandths of a degree eastwards, ten of them from south to north. */
  private static Area area(String code, double west, double east) {
    return new Area(
        "L",
        code,
        code,
        Optional.empty(),
        SHAPES.toGeometry(new Envelope(118 + west / 1000, 118 + east / 1000, 32, 32.01)));
  }
}
