package org.gridline.bench.routing;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.gridline.gis.boundary.Area;
import org.gridline.gis.boundary.CheckedBoundaries;
import org.gridline.gis.boundary.FileCrs;
import org.gridline.gis.boundary.Layer;
import org.gridline.gis.boundary.LayerSource;
import org.gridline.gis.owner.OwnerGrid;
import org.gridline.gis.owner.OwnerGridBuilder;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;

/**
 * The repaired polygons of one data set.
 *
 * @param layers each in the order in which its areas win
 */
record PolygonSet(String name, List<List<Geometry>> layers) {

  static PolygonSet read(String name, Path file, String code, FileCrs crs) {
    return new PolygonSet(name, List.of(layer(file, code, crs)));
  }

  static List<Geometry> layer(Path file, String code, FileCrs crs) {
    Layer layer = new Layer("layer", "layer");
    return CheckedBoundaries.read(List.of(new LayerSource(file, layer, code, "", "", crs)))
        .boundaries()
        .areas()
        .stream()
        .sorted(Comparator.comparing(Area::code))
        .map(Area::shape)
        .toList();
  }

  /** The layer that peers are asked for; they know one layer each. */
  List<Geometry> finest() {
    return layers.getLast();
  }

  List<Geometry> all() {
    return layers.stream().flatMap(List::stream).toList();
  }

  int vertices() {
    return all().stream().mapToInt(Geometry::getNumPoints).sum();
  }

  OwnerGrid build() {
    OwnerGridBuilder builder = new OwnerGridBuilder();
    for (List<Geometry> layer : layers) {
      layer.forEach(builder::area);
      builder.layer();
    }
    return builder.build();
  }

  Envelope box() {
    Envelope box = new Envelope();
    all().forEach(shape -> box.expandToInclude(shape.getEnvelopeInternal()));
    return box;
  }

  /** Points spread evenly over the ground of the finest layer. */
  Points onTheGround(OwnerGrid grid, int count, long seed) {
    Random random = new Random(seed);
    Envelope box = new Envelope();
    finest().forEach(shape -> box.expandToInclude(shape.getEnvelopeInternal()));
    Points points = new Points(count);
    for (int i = 0; i < count; ) {
      double lon = box.getMinX() + random.nextDouble() * box.getWidth();
      double lat = box.getMinY() + random.nextDouble() * box.getHeight();
      if (grid.owner(grid.find(lon, lat), layers.size() - 1) >= 0) points.set(i++, lon, lat);
    }
    return points;
  }

  /** Points anywhere in the box and a little around it. */
  Points anywhere(Random random, int count) {
    Envelope box = box();
    Points points = new Points(count);
    for (int i = 0; i < count; i++) {
      points.set(
          i,
          box.getMinX() + (random.nextDouble() * 1.04 - 0.02) * box.getWidth(),
          box.getMinY() + (random.nextDouble() * 1.04 - 0.02) * box.getHeight());
    }
    return points;
  }

  /** Vertices, points of edges, and points up to three steps of the lattice beside them. */
  Points nearEdges(Random random, int count) {
    List<Coordinate[]> rings = new ArrayList<>();
    all().forEach(shape -> rings.add(shape.getCoordinates()));
    Points points = new Points(count);
    for (int i = 0; i < count; i++) {
      Coordinate[] ring = rings.get(random.nextInt(rings.size()));
      int at = random.nextInt(ring.length - 1);
      double part = random.nextInt(3) == 0 ? 0 : random.nextDouble();
      points.set(
          i,
          ring[at].x + part * (ring[at + 1].x - ring[at].x) + (random.nextInt(7) - 3) * 1e-9,
          ring[at].y + part * (ring[at + 1].y - ring[at].y) + (random.nextInt(7) - 3) * 1e-9);
    }
    return points;
  }
}
