package org.gridline.gis.boundary;

import java.util.ArrayList;
import java.util.List;
import org.gridline.gis.boundary.Finding.Code;
import org.locationtech.jts.algorithm.LineIntersector;
import org.locationtech.jts.algorithm.RobustLineIntersector;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.geom.util.LinearComponentExtracter;
import org.locationtech.jts.noding.MCIndexNoder;
import org.locationtech.jts.noding.NodedSegmentString;
import org.locationtech.jts.noding.SegmentIntersector;
import org.locationtech.jts.noding.SegmentString;

/**
 * Stops a drawing that is tangled on purpose before it costs hours: n vertices can make n²
 * crossings, and both the check for validity and the repair would walk all of them.
 */
final class Crossings implements SegmentIntersector {
  /** The worst of 2,884 real county outlines has under ten; 10,000 are mended in seconds. */
  static final int MAX_CROSSINGS = 10_000;

  /** Pairs of edges whose boxes meet; real outlines need under ten a vertex. */
  private static final long FREE_PAIRS = 4_000_000;

  private static final long PAIRS_A_VERTEX = 64;

  private final LineIntersector pair = new RobustLineIntersector();
  private final long maxPairs;
  private long pairs;
  private int crossings;

  private final int maxCrossings;

  private Crossings(int vertices, int maxCrossings) {
    this.maxCrossings = maxCrossings;
    this.maxPairs = FREE_PAIRS + PAIRS_A_VERTEX * vertices;
  }

  /**
   * @throws BadShape when the rings cross too often
   */
  static void check(Geometry shape) {
    check(shape, MAX_CROSSINGS);
  }

  /**
   * @throws BadShape when the lines cross more often than that
   */
  static void check(Geometry shape, int maxCrossings) {
    List<SegmentString> rings = new ArrayList<>();
    for (Object line : LinearComponentExtracter.getLines(shape)) {
      rings.add(new NodedSegmentString(((LineString) line).getCoordinates(), null));
    }
    Crossings crossings = new Crossings(shape.getNumPoints(), maxCrossings);
    new MCIndexNoder(crossings).computeNodes(rings);
    if (crossings.isDone()) {
      throw new BadShape(
          Code.TANGLED, "its rings cross themselves more than " + maxCrossings + " times");
    }
  }

  @Override
  public void processIntersections(SegmentString a, int from, SegmentString b, int to) {
    pairs++;
    if (isDone() || (a == b && Math.abs(from - to) <= 1)) {
      return;
    }
    pair.computeIntersection(
        a.getCoordinate(from),
        a.getCoordinate(from + 1),
        b.getCoordinate(to),
        b.getCoordinate(to + 1));
    if (pair.hasIntersection() && pair.isProper()) {
      crossings++;
    }
  }

  @Override
  public boolean isDone() {
    return crossings > maxCrossings || pairs > maxPairs;
  }
}
