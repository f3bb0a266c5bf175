package org.gridline.gis.boundary;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.gridline.gis.boundary.Finding.Code;
import org.locationtech.jts.algorithm.Orientation;
import org.locationtech.jts.algorithm.RayCrossingCounter;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.geom.Location;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.index.strtree.STRtree;

/**
 * One polygon record of a shapefile: rings in any order, outer ones clockwise, holes the other way;
 * which hole belongs to which outer ring has to be found out.
 */
final class ShpPolygon implements FeatureFile.Drawing {
  private static final int COUNTS = 4 + 32;
  private static final int PARTS = COUNTS + 8;
  private static final int POINT = 16;

  /** Rings of one feature; the islands of a whole province are some thousands. */
  private static final int MAX_RINGS = 100_000;

  /** Vertices looked at to find the outer rings of holes, so that no drawing costs minutes. */
  private static final long MAX_WORK = 200_000_000;

  private record Holed(LinearRing shell, List<LinearRing> holes) {}

  private final ByteBuffer record;
  private final ShapeMaker shapes;
  private int rings;
  private int points;
  private long work;

  /**
   * @param record the content, little-endian
   */
  ShpPolygon(ByteBuffer record, ShapeMaker shapes) {
    this.record = record;
    this.shapes = shapes;
  }

  /** Reads the counts, before anything is made of them. */
  void expect() throws BadFile {
    int size = record.limit();
    if (size >= PARTS) {
      rings = record.getInt(COUNTS);
      points = record.getInt(COUNTS + 4);
    }
    if (size < PARTS
        || rings < 0
        || points < 0
        || PARTS + 4L * rings + (long) POINT * points > size) {
      throw new BadFile(
          Code.NOT_READABLE, "damaged .shp: a record has more rings or points than its length");
    }
    shapes.expect(points);
  }

  @Override
  public Geometry polygons() {
    if (rings > MAX_RINGS) {
      throw new BadShape(Code.TANGLED, "it has more than " + MAX_RINGS + " rings");
    }
    List<LinearRing> outer = new ArrayList<>();
    List<LinearRing> inner = new ArrayList<>();
    for (int ring = 0; ring < rings; ring++) {
      LinearRing line = ring(ring);
      boolean hole = Orientation.isCCW(line.getCoordinateSequence());
      (hole ? inner : outer).add(line);
    }
    if (outer.isEmpty()) { // Some programs turn all rings the wrong way; one ring is no hole.
      outer.addAll(inner);
      inner.clear();
    }
    return ShapeMaker.together(parts(outer, inner));
  }

  private LinearRing ring(int ring) {
    int from = record.getInt(PARTS + 4 * ring);
    int to = ring + 1 < rings ? record.getInt(PARTS + 4 * (ring + 1)) : points;
    if (from < 0 || to < from || to > points) {
      throw new BadShape(Code.NOT_CLOSED, "its rings begin and end in no order");
    }
    List<Coordinate> line = new ArrayList<>(to - from);
    for (int i = from; i < to; i++) {
      int at = PARTS + 4 * rings + POINT * i;
      line.add(shapes.place(i + 1, record.getDouble(at), record.getDouble(at + 8)));
    }
    return ShapeMaker.ring(line);
  }

  private List<Polygon> parts(List<LinearRing> outer, List<LinearRing> inner) {
    List<Holed> parts = new ArrayList<>();
    STRtree tree = new STRtree();
    for (LinearRing shell : outer) {
      Holed part = new Holed(shell, new ArrayList<>());
      parts.add(part);
      tree.insert(shell.getEnvelopeInternal(), part);
    }
    for (LinearRing hole : inner) {
      smallestAround(hole, tree).holes.add(hole);
    }
    List<Polygon> polygons = new ArrayList<>();
    for (Holed part : parts) {
      List<LinearRing> lines = new ArrayList<>();
      lines.add(part.shell);
      lines.addAll(part.holes);
      polygons.add(ShapeMaker.polygon(lines));
    }
    return polygons;
  }

  private Holed smallestAround(LinearRing hole, STRtree tree) {
    Holed best = null;
    for (Object one : tree.query(hole.getEnvelopeInternal())) {
      Holed part = (Holed) one;
      boolean smaller =
          best == null
              || part.shell.getEnvelopeInternal().getArea()
                  < best.shell.getEnvelopeInternal().getArea();
      if (smaller && isAround(part.shell, hole)) {
        best = part;
      }
    }
    if (best == null) {
      throw new BadShape(
          Code.BEYOND_REPAIR,
          "a hole lies in none of its outer rings, or an outer ring runs the wrong way",
          java.util.Optional.of(hole.getCoordinateN(0).copy()));
    }
    return best;
  }

  /** By the first vertex of the hole that is not on the shell itself. */
  private boolean isAround(LinearRing shell, LinearRing hole) {
    if (!shell.getEnvelopeInternal().covers(hole.getEnvelopeInternal())) {
      return false;
    }
    for (Coordinate vertex : hole.getCoordinates()) {
      work += shell.getNumPoints();
      if (work > MAX_WORK) {
        throw new BadShape(Code.TANGLED, "it has more nested rings than can be told apart");
      }
      int where = RayCrossingCounter.locatePointInRing(vertex, shell.getCoordinateSequence());
      if (where != Location.BOUNDARY) {
        return where == Location.INTERIOR;
      }
    }
    return true;
  }
}
