package org.gridline.gis.owner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.Polygon;

/** Outlines of many long edges: a small file that would want a large index. */
class CrowdedEdgesTest {
  private static final GeometryFactory GEOMETRIES = new GeometryFactory();

  @Test
  void where_long_edges_want_too_many_cells_the_cells_are_larger_and_the_answers_the_same() {
    Polygon comb = comb(400);
    // The usual grid puts each of the 800 long edges into some 3,000 cells.
    OwnerGridBuilder builder = new OwnerGridBuilder(2_000_000);
    builder.area(comb);
    builder.layer();
    OwnerGrid grid = builder.build();
    OwnerGridBuilder usual = new OwnerGridBuilder();
    usual.area(comb);
    usual.layer();
    assertThat(grid.cells()).isLessThan(usual.build().cells());
    ExactOracle oracle = new ExactOracle();
    oracle.area(comb);
    oracle.ready();
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      double lon = random.nextDouble();
      double lat = i % 2 == 0 ? random.nextDouble() : random.nextInt(1_000) * 1e-3;
      assertThat(grid.owner(grid.find(lon, lat), 0))
          .as("%s %s", lon, lat)
          .isEqualTo(oracle.find(lon, lat, 0, 1));
    }
  }

  @Test
  void what_no_cells_can_hold_is_refused_before_it_costs_memory() {
    OwnerGridBuilder builder = new OwnerGridBuilder(4_000_000);
    builder.area(comb(100_000));
    builder.layer();
    assertThatThrownBy(builder::build)
        .isInstanceOf(TooManyEdges.class)
        .hasMessageContaining("edges")
        .hasMessageContaining("无法建立索引");
  }

  /** Teeth from west to east, each from one side of the square to the other. */
  private static Polygon comb(int teeth) {
    List<Coordinate> line = new ArrayList<>();
    double high = 1.0 / teeth;
    for (int i = 0; i < teeth; i++) {
      line.add(new Coordinate(0.001, i * high));
      line.add(new Coordinate(1, i * high + high * 0.3));
      line.add(new Coordinate(1, i * high + high * 0.4));
      line.add(new Coordinate(0.001, i * high + high * 0.7));
    }
    line.add(new Coordinate(0, 1));
    line.add(new Coordinate(0, 0));
    line.add(line.getFirst());
    return GEOMETRIES.createPolygon(line.toArray(Coordinate[]::new));
  }
}
