package org.gridline.bench.routing;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.gridline.gis.owner.OwnerGrid;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.triangulate.VoronoiDiagramBuilder;

/** The same ground divided into 10 to 20,000 polygons. */
final class Growth {
  private static final int[] SIZES = {10, 100, 500, 1_000, 5_000, 20_000};
  private static final int POINTS = 1 << 19;
  private static final Envelope GROUND = new Envelope(118.7, 119.2, 31.9, 32.3);

  private Growth() {}

  static void measure(PrintStream out, ArrayNode json) {
    out.printf(
        "%n%10s %10s %12s %12s %12s %12s%n",
        "polygons", "vertices", "build ms", "MB", "ns bulk", "ns single");
    for (int size : SIZES) {
      PolygonSet set = new PolygonSet("growth " + size, List.of(divide(size)));
      OwnerGrid grid = set.build();
      double build = RoutingBench.buildMillis(set);
      Points points = set.onTheGround(grid, POINTS, size);
      Peer bulk = new Peers.Bulk(grid, POINTS);
      Peer single = new Peers.Single(grid);
      Stopwatch.warm(bulk, points, 1);
      Stopwatch.warm(single, points, 1);
      Duel duel = Duel.fight(bulk, single, points, points);
      out.printf(
          Locale.ROOT,
          "%10d %10d %12.0f %12.1f %12.1f %12.1f%n",
          size,
          set.vertices(),
          build,
          grid.bytes() / 1e6,
          duel.ours(),
          duel.nanos());
      json.addObject()
          .put("polygons", size)
          .put("build_ms", Math.round(build))
          .put("index_bytes", grid.bytes())
          .put("ns_bulk", duel.ours())
          .put("ns_single", duel.nanos());
    }
  }

  private static List<Geometry> divide(int count) {
    Random random = new Random(count);
    List<Coordinate> sites = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      sites.add(
          new Coordinate(
              GROUND.getMinX() + random.nextDouble() * GROUND.getWidth(),
              GROUND.getMinY() + random.nextDouble() * GROUND.getHeight()));
    }
    VoronoiDiagramBuilder diagram = new VoronoiDiagramBuilder();
    diagram.setSites(sites);
    diagram.setClipEnvelope(GROUND);
    Geometry parts = diagram.getDiagram(new GeometryFactory());
    List<Geometry> shapes = new ArrayList<>();
    for (int i = 0; i < parts.getNumGeometries(); i++) shapes.add(parts.getGeometryN(i));
    return shapes;
  }
}
