package org.gridline.gis.grids;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;
import org.gridline.gis.grids.Raster.Cell;
import org.locationtech.jts.algorithm.locate.IndexedPointInAreaLocator;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.CoordinateArrays;
import org.locationtech.jts.geom.CoordinateList;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.Location;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.geom.PrecisionModel;
import org.locationtech.jts.index.strtree.STRtree;
import org.locationtech.jts.noding.NodedSegmentString;
import org.locationtech.jts.noding.SegmentString;
import org.locationtech.jts.noding.snapround.SnapRoundingNoder;
import org.locationtech.jts.operation.polygonize.Polygonizer;

/**
 * All lines at once – borders of grounds, outlines of land, sides of squares – cut where they meet,
 * and the faces between them. Because every line is cut once for both of its sides, what is put
 * together from faces has no gap and no overlap.
 */
final class Arrangement {
  /**
   * A piece of ground that no line crosses, on the {@link Lattice}.
   *
   * @param ground number of the ground it is part of
   * @param land number of the land it is part of, where land was asked for
   */
  record Face(Polygon shape, Cell cell, int ground, OptionalInt land) {}

  /** An undirected piece of line between neighbouring points. */
  record Edge(Coordinate from, Coordinate to) {
    static Edge of(Coordinate a, Coordinate b) {
      return a.compareTo(b) <= 0 ? new Edge(a, b) : new Edge(b, a);
    }
  }

  private Arrangement() {}

  /**
   * The faces inside the grounds, and inside the land where there is any; where grounds overlap,
   * the first has the face.
   */
  static List<Face> faces(List<Ground> grounds, Optional<List<Land>> land, Raster raster) {
    List<Geometry> shapes = grounds.stream().map(Ground::shape).toList();
    List<Geometry> lands = land.orElse(List.of()).stream().map(Land::shape).toList();
    Set<Cell> cells = raster.cells(land.isPresent() ? lands : shapes);
    Lines lines = new Lines(lands);
    lands.forEach(lines::addAll);
    shapes.forEach(lines::addNearLand);
    for (List<Coordinate> side : raster.sides(cells)) {
      lines.add(side.toArray(Coordinate[]::new));
    }
    return inside(
        polygons(lines.list), new Holders(shapes), land.map(l -> new Holders(lands)), raster);
  }

  /** Lines to be cut; what two neighbours share is taken once. */
  private static final class Lines {
    private final List<SegmentString> list = new ArrayList<>();
    private final Set<Edge> taken = new HashSet<>();
    private final STRtree land = new STRtree();

    Lines(List<Geometry> lands) {
      for (Geometry shape : lands) {
        for (Coordinate[] ring : Lattice.rings(shape)) {
          Envelope box = CoordinateArrays.envelope(ring);
          land.insert(box, box);
        }
      }
    }

    void add(Coordinate[] line) {
      list.add(new NodedSegmentString(line, null));
    }

    void addAll(Geometry shape) {
      Lattice.rings(shape).forEach(ring -> addUntaken(ring, edge -> true));
    }

    /** Borders that no land comes near cut nothing. */
    void addNearLand(Geometry shape) {
      if (land.isEmpty()) {
        addAll(shape);
        return;
      }
      for (Coordinate[] ring : Lattice.rings(shape)) {
        addUntaken(ring, edge -> !land.query(new Envelope(edge.from, edge.to)).isEmpty());
      }
    }

    private void addUntaken(Coordinate[] ring, Predicate<Edge> wanted) {
      CoordinateList line = new CoordinateList();
      for (int i = 1; i < ring.length; i++) {
        Edge edge = Edge.of(ring[i - 1], ring[i]);
        if (wanted.test(edge) && taken.add(edge)) {
          line.add(ring[i - 1], false);
          line.add(ring[i], false);
        } else if (!line.isEmpty()) {
          add(line.toCoordinateArray());
          line.clear();
        }
      }
      if (!line.isEmpty()) {
        add(line.toCoordinateArray());
      }
    }
  }

  private static List<Polygon> polygons(List<SegmentString> lines) {
    SnapRoundingNoder noder = new SnapRoundingNoder(new PrecisionModel(1));
    noder.computeNodes(lines);
    Set<Edge> edges = new HashSet<>();
    Polygonizer polygonizer = new Polygonizer();
    for (Object noded : noder.getNodedSubstrings()) {
      Coordinate[] points = ((SegmentString) noded).getCoordinates();
      for (int i = 1; i < points.length; i++) {
        if (!points[i - 1].equals2D(points[i]) && edges.add(Edge.of(points[i - 1], points[i]))) {
          polygonizer.add(
              Lattice.GEOMETRIES.createLineString(new Coordinate[] {points[i - 1], points[i]}));
        }
      }
    }
    List<Polygon> polygons = new ArrayList<>();
    for (Object found : (Collection<?>) polygonizer.getPolygons()) {
      polygons.add((Polygon) found);
    }
    return polygons;
  }

  private static List<Face> inside(
      List<Polygon> polygons, Holders grounds, Optional<Holders> lands, Raster raster) {
    record At(Coordinate inside, Face face) {}
    List<At> faces = new ArrayList<>();
    for (Polygon polygon : polygons) {
      Coordinate inside = polygon.getInteriorPoint().getCoordinate();
      OptionalInt ground = grounds.find(inside);
      OptionalInt land = lands.isPresent() ? lands.get().find(inside) : OptionalInt.empty();
      if (ground.isPresent() && (lands.isEmpty() || land.isPresent())) {
        Face face = new Face(polygon, raster.cellAt(inside), ground.getAsInt(), land);
        faces.add(new At(inside, face));
      }
    }
    // The order in which polygons are found is nobody's promise.
    faces.sort(Comparator.comparing(At::inside));
    return faces.stream().map(At::face).toList();
  }

  /** Finds the first of some shapes that holds a point of the lattice. */
  private static final class Holders {
    private record Holder(int number, IndexedPointInAreaLocator shape) {}

    private final STRtree tree = new STRtree();

    Holders(List<Geometry> shapes) {
      for (int number = 0; number < shapes.size(); number++) {
        List<Polygon> rings = new ArrayList<>();
        Lattice.rings(shapes.get(number))
            .forEach(ring -> rings.add(Lattice.GEOMETRIES.createPolygon(ring)));
        // Counting crossings needs no sound polygon, only all of its rings.
        Geometry all = Lattice.GEOMETRIES.createMultiPolygon(rings.toArray(Polygon[]::new));
        if (!all.isEmpty()) {
          tree.insert(
              all.getEnvelopeInternal(), new Holder(number, new IndexedPointInAreaLocator(all)));
        }
      }
    }

    OptionalInt find(Coordinate point) {
      int least = Integer.MAX_VALUE;
      for (Object found : tree.query(new Envelope(point))) {
        Holder holder = (Holder) found;
        if (holder.number < least && holder.shape.locate(point) != Location.EXTERIOR) {
          least = holder.number;
        }
      }
      return least == Integer.MAX_VALUE ? OptionalInt.empty() : OptionalInt.of(least);
    }
  }
}
