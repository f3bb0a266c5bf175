package org.gridline.dispatch.ground;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
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
    assertThat(after(gone).follow(List.of("A"))).containsExactly("A", "B");
    Succession after = after(gone, again);
    assertThat(after.follow(List.of("A"))).as("means the ground in the east").containsExactly("A");
    assertThat(after.follow(List.of("B"))).as("A is somebody else's now").containsExactly("B");
  }

  @Test
  void a_code_that_moves_to_other_ground_begins_anew_and_its_old_ground_is_inherited() {
    AreaOverlay.Found found =
        compare(
            List.of(area("A", 0, 10), area("X", 10, 20)),
            area("B", 0, 10),
            area("X", 10, 20),
            area("A", 30, 40));
    assertThat(found.begun()).containsExactlyInAnyOrder("A", "B");
    assertThat(found.heritage())
        .singleElement()
        .satisfies(h -> assertThat(h.oldStays()).as("only its name stays").isFalse());
    assertThat(after(found).follow(List.of("A"))).containsExactly("A");
    assertThat(after(found).follow(List.of("B"))).containsExactly("B");
  }

  @Test
  void an_area_that_lost_or_won_more_than_half_is_still_itself() {
    assertThat(compare(List.of(area("A", 0, 10)), area("A", 0, 3), area("B", 3, 10)).begun())
        .containsExactly("B");
    assertThat(compare(List.of(area("A", 0, 3), area("B", 3, 10)), area("A", 0, 10)).begun())
        .isEmpty();
  }

  @Test
  void an_heir_whose_code_means_other_ground_by_now_is_passed_through_but_not_seen() {
    AreaOverlay.Found first = compare(List.of(area("A", 0, 10)), area("B", 0, 10));
    AreaOverlay.Found second = compare(List.of(area("B", 0, 10)), area("C", 0, 10));
    AreaOverlay.Found third =
        compare(List.of(area("C", 0, 10)), area("C", 0, 10), area("B", 30, 40));
    AreaOverlay.Found fourth =
        compare(List.of(area("C", 0, 10), area("B", 30, 40)), area("C", 0, 10), area("D", 30, 40));
    assertThat(after(first, second, third, fourth).follow(List.of("A"))).containsExactly("A", "C");
    assertThat(after(first, second, third, fourth).follow(List.of("C"))).containsExactly("A", "C");
    assertThat(after(first, second, third, fourth).follow(List.of("B"))).containsExactly("B", "D");
  }

  @Test
  void what_began_in_a_version_that_was_taken_back_does_not_count_for_those_after_it() {
    AreaOverlay.Found west =
        compare(List.of(area("A", 0, 10)), area("A1", 0, 6), area("A2", 6, 10));
    AreaOverlay.Found other =
        compare(List.of(area("A", 0, 10)), area("A1", 4, 10), area("A0", 0, 4));
    List<AreaMeanings.Link> links =
        List.of(
            new AreaMeanings.Link("1", 1, Optional.empty()),
            new AreaMeanings.Link("2", 2, Optional.of("1")),
            new AreaMeanings.Link("3", 3, Optional.of("1")));
    List<AreaMeanings.Begun> begun = new ArrayList<>(List.of(new AreaMeanings.Begun("1", "A")));
    west.begun().forEach(code -> begun.add(new AreaMeanings.Begun("2", code)));
    AreaMeanings back = new AreaMeanings(links.subList(0, 2), begun, Optional.of("1"));
    assertThat(back.still("2", "A1")).as("means nothing else yet").isTrue();
    other.begun().forEach(code -> begun.add(new AreaMeanings.Begun("3", code)));
    AreaMeanings now = new AreaMeanings(links, begun, Optional.of("3"));
    assertThat(now.still("2", "A1")).isFalse();
    assertThat(now.still("3", "A1")).isTrue();
    assertThat(now.still("1", "A")).isTrue();
    assertThat(now.still("unknown", "A1")).as("nothing is known, nothing is taken").isTrue();
  }

  @Test
  void comparing_ends_when_nobody_waits_any_more() {
    List<Area> before = new ArrayList<>();
    List<Area> after = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      before.add(area("A" + i, i, i + 1));
      after.add(area("B" + i, i + 0.5, i + 1.5));
    }
    assertThatThrownBy(() -> AreaOverlay.compare("L", before, after, Patience.of(Duration.ZERO)))
        .isInstanceOf(Patience.Over.class)
        .hasMessageContaining("took too long");
    Thread.currentThread().interrupt();
    assertThatThrownBy(
            () -> AreaOverlay.compare("L", before, after, Patience.of(Duration.ofMinutes(1))))
        .isInstanceOf(Patience.Over.class);
    assertThat(Thread.interrupted()).isTrue();
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
    return AreaOverlay.compare("L", before, List.of(after), Patience.of(Duration.ofMinutes(1)));
  }

  /** Versions 2, 3 … on a first one. */
  private static Succession after(AreaOverlay.Found... versions) {
    List<Succession.Step> steps = new ArrayList<>();
    List<AreaMeanings.Link> links = new ArrayList<>();
    List<AreaMeanings.Begun> begun = new ArrayList<>();
    links.add(new AreaMeanings.Link("1", 1, Optional.empty()));
    for (int i = 0; i < versions.length; i++) {
      String name = String.valueOf(i + 2);
      links.add(new AreaMeanings.Link(name, i + 2, Optional.of(String.valueOf(i + 1))));
      for (Heritage h : versions[i].heritage()) steps.add(new Succession.Step(i + 2, h));
      versions[i].begun().forEach(code -> begun.add(new AreaMeanings.Begun(name, code)));
    }
    return new Succession(
        steps, new AreaMeanings(links, begun, Optional.of(links.getLast().version())));
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
