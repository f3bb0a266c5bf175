package org.gridline.gis.owner;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.io.ParseException;
import org.locationtech.jts.io.WKTReader;
import org.locationtech.jts.triangulate.VoronoiDiagramBuilder;

class OwnerGridTest {
  private static final GeometryFactory GEOMETRIES = new GeometryFactory();

  /** Layers of areas, the same in the grid and in the oracle. */
  private static final class Ground {
    final OwnerGridBuilder builder = new OwnerGridBuilder();
    final ExactOracle oracle = new ExactOracle();
    final List<Integer> ends = new ArrayList<>();
    final List<Coordinate> vertices = new ArrayList<>();
    String seed = "";
    int areas;

    Ground layer(List<? extends Geometry> shapes) {
      for (Geometry shape : shapes) {
        builder.area(shape);
        oracle.area(shape);
        areas++;
        vertices.addAll(List.of(shape.getCoordinates()));
      }
      builder.layer();
      ends.add(areas);
      return this;
    }

    void agrees(Random random, int points) {
      OwnerGrid grid = builder.build();
      oracle.ready();
      Envelope box = new Envelope();
      vertices.forEach(box::expandToInclude);
      box.expandBy(box.getWidth() * 0.02, box.getHeight() * 0.02);
      for (int i = 0; i < points; i++) {
        double lon = box.getMinX() + random.nextDouble() * box.getWidth();
        double lat = box.getMinY() + random.nextDouble() * box.getHeight();
        if (i % 2 == 1 && !vertices.isEmpty()) {
          // On an edge or a vertex, or a few steps beside it.
          int at = random.nextInt(vertices.size() - 1);
          Coordinate a = vertices.get(at);
          Coordinate b = vertices.get(at + 1);
          double t = i % 4 == 1 ? 0 : random.nextDouble();
          lon = a.x + t * (b.x - a.x) + (random.nextInt(5) - 2) * 1e-9;
          lat = a.y + t * (b.y - a.y) + (random.nextInt(5) - 2) * 1e-9;
        }
        int found = grid.find(lon, lat);
        int[] many = new int[1];
        grid.find(new double[] {lon}, new double[] {lat}, many);
        assertThat(many[0]).as("%s %s among many %s", lon, lat, seed).isEqualTo(found);
        for (int layer = 0; layer < ends.size(); layer++) {
          int expected =
              oracle.find(lon, lat, layer == 0 ? 0 : ends.get(layer - 1), ends.get(layer));
          assertThat(grid.owner(found, layer))
              .as("%s %s in layer %s %s", lon, lat, layer, seed)
              .isEqualTo(expected);
        }
      }
    }
  }

  @Test
  void nobody_owns_the_ground_of_an_empty_grid() {
    OwnerGrid grid = new OwnerGridBuilder().build();
    assertThat(grid.find(118.9, 32.1)).isZero();
    assertThat(grid.find(Double.NaN, 32.1)).isZero();
    assertThat(grid.find(Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY)).isZero();
  }

  @Test
  void numbers_that_are_no_position_are_owned_by_nobody() throws ParseException {
    OwnerGridBuilder builder = new OwnerGridBuilder();
    builder.area(polygon("POLYGON((0 0, 1 0, 1 1, 0 1, 0 0))"));
    builder.layer();
    OwnerGrid grid = builder.build();
    assertThat(grid.owner(grid.find(0.5, 0.5), 0)).isZero();
    for (double no :
        new double[] {Double.NaN, Double.NEGATIVE_INFINITY, 1e300, -1e300, 1e10, -1e10}) {
      assertThat(grid.find(no, 0.5)).isZero();
      assertThat(grid.find(0.5, no)).isZero();
      int[] many = new int[3];
      grid.find(new double[] {no, 0.5, 0.5}, new double[] {0.5, no, 0.5}, many);
      assertThat(many).startsWith(0, 0);
      assertThat(grid.owner(many[2], 0)).isZero();
    }
  }

  /**
   * Where the quick arithmetic of degrees and the whole numbers could part: beside cells' sides.
   */
  @Test
  void positions_half_a_step_from_every_cell_side() throws ParseException {
    for (int exponent = -7; exponent <= 1; exponent++) {
      double size = Math.pow(10, exponent);
      OwnerGridBuilder builder = new OwnerGridBuilder();
      ExactOracle oracle = new ExactOracle();
      for (int i = 0; i < 9; i++) {
        int row = i / 3;
        double x = 118.123456789 + i % 3 * size;
        double y = -32.1 + row * size;
        Geometry square =
            GEOMETRIES.toGeometry(new Envelope(x, x + size, y, y + size * (1 + i % 2 * 0.01)));
        builder.area(square);
        oracle.area(square);
      }
      builder.layer();
      OwnerGrid grid = builder.build();
      oracle.ready();
      long west = Math.round(118.123456789e9) - 1;
      long south = Math.round(-32.1e9) - 1;
      long steps = Math.round(3 * size * 1e9);
      Random random = new Random(exponent);
      for (int i = 0; i < 20_000; i++) {
        // All sides of cells are multiples of a power of two from the origin.
        long mask = -1L << random.nextInt(Long.SIZE - Long.numberOfLeadingZeros(steps));
        double lon = (west + (random.nextLong(steps + 8) & mask)) / 1e9;
        double lat = (south + (random.nextLong(steps + 8) & mask)) / 1e9;
        for (double aside : new double[] {0, -0.5e-9, -0.4999e-9, -0.5001e-9, 0.5e-9}) {
          double x = Math.nextAfter(lon + aside, random.nextInt(3) - 1 + lon);
          double y = i % 2 == 0 ? lat + aside : lat;
          assertThat(grid.owner(grid.find(x, y), 0))
              .as("%s %s of size %s", x, y, size)
              .isEqualTo(oracle.find(x, y, 0, 9));
        }
      }
    }
  }

  @Test
  void corners_edges_and_the_first_one_wins() throws ParseException {
    new Ground()
        .layer(
            List.of(
                polygon("POLYGON((0 0, 0.1 0, 0.1 0.1, 0 0.1, 0 0))"),
                polygon("POLYGON((0.1 0, 0.2 0, 0.2 0.1, 0.1 0.1, 0.1 0))"),
                polygon("POLYGON((0.05 0.05, 0.15 0.05, 0.15 0.15, 0.05 0.15, 0.05 0.05))")))
        .layer(
            List.of(
                polygon(
                    "POLYGON((0 0, 0.2 0, 0.2 0.2, 0 0.2, 0 0),(0.02 0.02, 0.02 0.03, 0.03 0.03, 0.02 0.02))")))
        .agrees(new Random(1), 20_000);
  }

  @Test
  void slivers_spikes_collinear_runs_and_far_edges() throws ParseException {
    new Ground()
        .layer(
            List.of(
                polygon("POLYGON((0 0, 0.1 0, 0.1 0.000000001, 0 0.000000002, 0 0))"),
                polygon(
                    "POLYGON((0 0.01, 0.02 0.01, 0.04 0.01, 0.06 0.01, 0.06 0.05, 0.03 0.010000001, 0 0.05, 0 0.01))"),
                polygon(
                    "POLYGON((0.07 0.07, 0.09 0.07, 0.09 0.07, 0.08 0.07, 0.08 0.09, 0.07 0.07))")))
        .layer(List.of(polygon("POLYGON((-170 -80, 170 -79, 169 80, 0 0.02, -171 81, -170 -80))")))
        .agrees(new Random(2), 20_000);
  }

  @Test
  void many_areas_that_meet_in_one_point() {
    List<Polygon> fan = new ArrayList<>();
    int parts = 40;
    for (int i = 0; i < parts; i++) {
      double from = 2 * Math.PI * i / parts;
      double to = 2 * Math.PI * (i + 1) / parts;
      fan.add(
          GEOMETRIES.createPolygon(
              new Coordinate[] {
                new Coordinate(0.5, 0.5),
                new Coordinate(0.5 + Math.cos(from) / 3, 0.5 + Math.sin(from) / 3),
                new Coordinate(0.5 + Math.cos(to) / 3, 0.5 + Math.sin(to) / 3),
                new Coordinate(0.5, 0.5)
              }));
    }
    new Ground().layer(fan).agrees(new Random(3), 20_000);
  }

  @Test
  void random_divisions_of_the_ground_in_several_layers() {
    Random random = new Random(4);
    for (int round = 0; round < 6; round++) {
      double size = Math.pow(10, -random.nextInt(5));
      Ground ground = new Ground();
      for (int layer = 0; layer < 3; layer++) ground.layer(voronoi(random, 4 << (2 * layer), size));
      ground.agrees(random, 10_000);
    }
  }

  @Test
  void random_overlapping_stars_with_holes() {
    Random random = new Random(5);
    List<Polygon> stars = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      double x = random.nextDouble();
      double y = random.nextDouble();
      double radius = 0.02 + random.nextDouble() * 0.2;
      stars.add(
          GEOMETRIES.createPolygon(
              star(random, x, y, radius).getExteriorRing(),
              new org.locationtech.jts.geom.LinearRing[] {
                star(random, x, y, radius / 8).getExteriorRing()
              }));
    }
    new Ground().layer(stars).agrees(random, 40_000);
  }

  /** A different world each run; the seed of a failure is in its message. */
  @Test
  void random_worlds_of_every_kind() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int round = 0; round < 12; round++) {
      double size = Math.pow(10, -random.nextInt(7));
      List<Geometry> shapes = new ArrayList<>();
      for (int i = 0; i < 30; i++) {
        double x = random.nextDouble() * size;
        double y = random.nextDouble() * size;
        shapes.add(
            switch (random.nextInt(4)) {
              case 0 -> withHole(random, x, y, size / 4);
              case 1 ->
                  GEOMETRIES.createMultiPolygon(
                      new Polygon[] {
                        star(random, x, y, size / 9), star(random, x + size / 3, y, size / 9)
                      });
              case 2 -> sliver(random, x, y, size);
              default -> steps(random, x, y, size);
            });
      }
      Ground ground = new Ground().layer(shapes).layer(voronoi(random, 40, size));
      ground.seed = "round " + round + " of seed " + seed;
      ground.agrees(random, 4_000);
    }
  }

  private static Polygon withHole(Random random, double x, double y, double radius) {
    return GEOMETRIES.createPolygon(
        star(random, x, y, radius).getExteriorRing(),
        new org.locationtech.jts.geom.LinearRing[] {
          star(random, x, y, radius / 8).getExteriorRing()
        });
  }

  /** A triangle a few steps of the lattice wide, or none at all. */
  private static Polygon sliver(Random random, double x, double y, double length) {
    double width = random.nextInt(4) * 1e-9;
    double dx = random.nextDouble() * length;
    double dy = random.nextDouble() * length;
    return GEOMETRIES.createPolygon(
        new Coordinate[] {
          new Coordinate(x, y),
          new Coordinate(x + dx, y + dy),
          new Coordinate(x + dx - width, y + dy + width),
          new Coordinate(x, y)
        });
  }

  /** A staircase on a coarse raster, many points to a side: shared edges and collinear runs. */
  private static Polygon steps(Random random, double x, double y, double size) {
    double raster = Math.max(2e-9, Math.rint(size / 16 * 1e9) / 1e9);
    double west = Math.floor(x / raster) * raster;
    double south = Math.floor(y / raster) * raster;
    int wide = 1 + random.nextInt(4);
    int high = 1 + random.nextInt(4);
    List<Coordinate> ring = new ArrayList<>();
    for (int i = 0; i < wide; i++) ring.add(new Coordinate(west + i * raster, south));
    for (int i = 0; i < high; i++) {
      ring.add(new Coordinate(west + wide * raster, south + i * raster));
    }
    for (int i = wide; i > 0; i--) {
      ring.add(new Coordinate(west + i * raster, south + high * raster));
    }
    for (int i = high; i > 0; i--) ring.add(new Coordinate(west, south + i * raster));
    ring.add(ring.getFirst());
    return GEOMETRIES.createPolygon(ring.toArray(Coordinate[]::new));
  }

  private static Polygon star(Random random, double x, double y, double radius) {
    int corners = 5 + random.nextInt(40);
    Coordinate[] ring = new Coordinate[corners + 1];
    for (int i = 0; i < corners; i++) {
      double r = radius * (0.4 + 0.6 * random.nextDouble());
      double angle = 2 * Math.PI * i / corners;
      ring[i] = new Coordinate(x + r * Math.cos(angle), y + r * Math.sin(angle));
    }
    ring[corners] = ring[0];
    return GEOMETRIES.createPolygon(ring);
  }

  private static List<Geometry> voronoi(Random random, int sites, double size) {
    List<Coordinate> points = new ArrayList<>();
    for (int i = 0; i < sites; i++) {
      points.add(new Coordinate(118 + random.nextDouble() * size, 32 + random.nextDouble() * size));
    }
    VoronoiDiagramBuilder diagram = new VoronoiDiagramBuilder();
    diagram.setSites(points);
    Geometry cells = diagram.getDiagram(GEOMETRIES);
    List<Geometry> parts = new ArrayList<>();
    for (int i = 0; i < cells.getNumGeometries(); i++) parts.add(cells.getGeometryN(i));
    return parts;
  }

  private static Geometry polygon(String wkt) throws ParseException {
    return new WKTReader(GEOMETRIES).read(wkt);
  }
}
