package org.gridline.gis.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.gridline.gis.boundary.Area;
import org.gridline.gis.boundary.Boundaries;
import org.gridline.gis.boundary.Layer;
import org.gridline.gis.owner.ExactOracle;
import org.gridline.gis.position.Position;
import org.junit.jupiter.api.Test;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;

/** Who owns what areas of a layer share: the lower priority, then the lower code. */
class PriorityTest {
  private static final GeometryFactory GEOMETRIES = new GeometryFactory();
  private static final Layer LAYER = new Layer("police", "警区");

  @Test
  void the_lower_number_wins_then_the_lower_code_and_who_has_none_comes_last() {
    assertThat(owner(area("1", 2), area("2", 1))).isEqualTo("2");
    assertThat(owner(area("1", 1), area("2", 1))).isEqualTo("1");
    assertThat(owner(area("1"), area("2", 999_999))).isEqualTo("2");
    assertThat(owner(area("1"), area("2"))).isEqualTo("1");
    assertThat(owner(area("1", 0), area("2", -5))).isEqualTo("2");
    assertThat(owner(area("1", Integer.MAX_VALUE), area("0"))).isEqualTo("1");
    assertThat(owner(area("1", Integer.MIN_VALUE), area("0", Integer.MAX_VALUE))).isEqualTo("1");
  }

  @Test
  void exact_arithmetic_in_that_order_answers_the_same() {
    Random random = new Random(12);
    for (int round = 0; round < 4; round++) {
      List<Area> areas = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        OptionalInt priority =
            random.nextInt(4) == 0 ? OptionalInt.empty() : OptionalInt.of(random.nextInt(5) - 2);
        areas.add(area("A" + (10 + i), priority, star(random)));
      }
      Collections.shuffle(areas, random);
      // The order written out plainly, not by the comparator that the index uses.
      List<Area> first = new ArrayList<>();
      for (int p = -2; p <= 3; p++)
        for (int i = 0; i < 40; i++)
          for (Area one : areas)
            if (one.code().equals("A" + (10 + i)) && one.priority().orElse(3) == p) first.add(one);
      ExactOracle oracle = new ExactOracle();
      first.forEach(one -> oracle.area(one.shape()));
      oracle.ready();
      GroundIndex index = GroundIndex.build(new Boundaries(List.of(LAYER), areas));
      for (int i = 0; i < 1_500; i++) {
        Coordinate at = point(random, areas, i);
        int expected = oracle.find(at.x, at.y, 0, first.size());
        List<AreaRef> found = index.locate(new Position(at.x, at.y), 0).areas();
        assertThat(found.stream().map(AreaRef::code).toList())
            .as("%s in round %s", at, round)
            .isEqualTo(expected < 0 ? List.of() : List.of(first.get(expected).code()));
      }
    }
  }

  /** Anywhere, on corners, and beside edges. */
  private static Coordinate point(Random random, List<Area> areas, int i) {
    if (i % 2 == 0)
      return new Coordinate(118.9 + random.nextDouble() * 0.2, 32 + random.nextDouble() * 0.2);
    Coordinate[] ring = areas.get(random.nextInt(areas.size())).shape().getCoordinates();
    int at = random.nextInt(ring.length - 1);
    double t = i % 4 == 1 ? 0 : random.nextDouble();
    return new Coordinate(
        ring[at].x + t * (ring[at + 1].x - ring[at].x) + (random.nextInt(5) - 2) * 1e-9,
        ring[at].y + t * (ring[at + 1].y - ring[at].y) + (random.nextInt(5) - 2) * 1e-9);
  }

  private static Geometry star(Random random) {
    int corners = 5 + random.nextInt(20);
    double x = 118.95 + random.nextDouble() * 0.1;
    double y = 32.05 + random.nextDouble() * 0.1;
    Coordinate[] ring = new Coordinate[corners + 1];
    for (int i = 0; i < corners; i++) {
      double r = 0.03 * (0.4 + 0.6 * random.nextDouble());
      double angle = 2 * Math.PI * i / corners;
      ring[i] = new Coordinate(x + r * Math.cos(angle), y + r * Math.sin(angle));
    }
    ring[corners] = ring[0];
    return GEOMETRIES.createPolygon(ring);
  }

  private static String owner(Area... areas) {
    GroundIndex index = GroundIndex.build(new Boundaries(List.of(LAYER), List.of(areas)));
    return index.locate(new Position(119, 32.1), 0).areas().getFirst().code();
  }

  private static Area area(String code) {
    return area(code, OptionalInt.empty(), square());
  }

  private static Area area(String code, int priority) {
    return area(code, OptionalInt.of(priority), square());
  }

  private static Area area(String code, OptionalInt priority, Geometry shape) {
    return new Area(LAYER.id(), code, code, Optional.empty(), priority, shape);
  }

  private static Geometry square() {
    return GEOMETRIES.toGeometry(new org.locationtech.jts.geom.Envelope(118.9, 119.1, 32, 32.2));
  }
}
