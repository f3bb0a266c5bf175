package org.gridline.gis.boundary;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.function.Predicate;
import org.gridline.gis.boundary.Finding.Code;
import org.gridline.gis.position.Position;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;

/**
 * Whether areas that are sound each fit together: overlaps and gaps within a layer, areas that
 * reach outside the one they belong to.
 *
 * <p><b>Overlaps.</b> The ground of two areas of a layer goes to the lower priority, then to the
 * lower code ({@link Area#OWNER_FIRST}), at every look-up; the outlines stay as they were drawn, so
 * that shared edges stay shared and no new hairline arises beside the cut. An overlap of at most 1
 * % of the smaller area and 1,000 m² is a sliver, and so settled: {@code OVERLAP}. A larger one is
 * settled the same way but reported for somebody to look at, {@code OVERLAP_LARGE}. It is not
 * refused, because nothing is moved, and because outlines that were generalised for a whole country
 * (7,218 pairs of 2,884 counties, by up to 0.4 % of the smaller) are still good for knowing the
 * county.
 *
 * <p><b>Gaps</b> stay gaps; the finding names the area of a coarser layer that such a place falls
 * back to.
 *
 * <p>Bounded: every step is limited in edges and crossings, the whole in time; what was left out is
 * said in a {@code NOT_CHECKED}.
 */
public final class LayerFit {
  /** Each kind of finding names so many places, the largest; the rest is summed up. */
  static final int MOST_NAMED = 100;

  /** Smaller pieces are what rounding to 0.1 mm leaves along an edge: summed up, not named. */
  static final double NAMED_SQUARE_METRES = 0.1;

  static final long MAX_SECONDS = 120;

  private LayerFit() {}

  /** What does not fit, layer by layer; none is fatal. */
  public static List<Finding> check(Boundaries boundaries) {
    return check(boundaries, layer -> true, percent -> {});
  }

  /** The same for one layer, within itself and inside those coarser than it. */
  public static List<Finding> check(Boundaries boundaries, String layerId) {
    return check(boundaries, layerId, percent -> {});
  }

  /**
   * The same, telling how far it is.
   *
   * @param percent told now and then, rising from 0 to 100
   */
  public static List<Finding> check(Boundaries boundaries, String layerId, IntConsumer percent) {
    return check(boundaries, layer -> layer.id().equals(layerId), percent);
  }

  private static List<Finding> check(
      Boundaries boundaries, Predicate<Layer> wanted, IntConsumer percent) {
    List<Finding> findings = new ArrayList<>();
    List<Area> coarser = new ArrayList<>();
    for (Layer layer : boundaries.layers()) {
      List<Area> areas = boundaries.list(layer.id());
      if (wanted.test(layer)) findings.addAll(check(layer, areas, coarser, percent));
      coarser.addAll(0, areas);
    }
    return findings;
  }

  private static List<Finding> check(
      Layer layer, List<Area> areas, List<Area> coarser, IntConsumer percent) {
    Deadline deadline = new Deadline(MAX_SECONDS);
    LooseEdges loose = LooseEdges.of(areas);
    // Overlaps cost most by far; the rest is the last tenth.
    List<Finding> findings =
        new ArrayList<>(
            new Overlaps(layer, areas, deadline, done -> percent.accept(done * 9 / 10))
                .find(loose));
    Gaps gaps = new Gaps(layer, areas, List.copyOf(coarser), deadline);
    gaps.enclosed(loose);
    findings.addAll(new Parents(layer, areas, coarser, deadline, gaps).find());
    findings.addAll(gaps.findings());
    percent.accept(100);
    return findings;
  }

  /** When the checks of a layer give up; a net under the limits of each step. */
  static final class Deadline {
    private final long endNanos;

    Deadline(long seconds) {
      endNanos = System.nanoTime() + seconds * 1_000_000_000L;
    }

    boolean isOver() {
      return System.nanoTime() - endNanos > 0;
    }
  }

  /** The m² of a shape in degrees, within 1 %. */
  public static double squareMetres(Geometry shape) {
    Envelope box = shape.getEnvelopeInternal();
    double lat = (box.getMinY() + box.getMaxY()) / 2;
    return shape.getArea()
        * Position.METRES_A_DEGREE
        * Position.METRES_A_DEGREE
        * Math.cos(Math.toRadians(lat));
  }

  /** A place inside, to point at. */
  static Optional<Position> placeIn(Geometry shape) {
    if (shape.isEmpty()) {
      return Optional.empty();
    }
    Coordinate at = shape.getInteriorPoint().getCoordinate();
    return Optional.of(new Position(at.x, at.y));
  }

  static Finding notChecked(Layer layer, String what) {
    return new Finding(Code.NOT_CHECKED, layer.id(), what);
  }
}
