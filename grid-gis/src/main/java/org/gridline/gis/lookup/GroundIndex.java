package org.gridline.gis.lookup;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.gridline.gis.boundary.Area;
import org.gridline.gis.boundary.Boundaries;
import org.gridline.gis.boundary.Layer;
import org.gridline.gis.position.Position;
import org.gridline.gis.position.RawPosition;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.index.hprtree.HPRtree;
import org.locationtech.jts.operation.overlayng.OverlayNG;
import org.locationtech.jts.operation.overlayng.OverlayNGRobust;

/**
 * Finds the area of each layer that holds a position.
 *
 * <p>Immutable, safe for any number of threads, and takes no lock when it answers. Where areas meet
 * or overlap, the one with the lowest code (as text) owns the point, in each layer on its own.
 */
public final class GroundIndex {
  /** A circle larger than this says nothing about the place. */
  public static final double MAX_ACCURACY_METRES = 100_000;

  /** Below this, survey and rounding can't tell the two sides of a boundary apart. */
  private static final double SURVEY_METRES = 1;

  private static final double SAME_POINT_METRES = 1;

  private final List<HPRtree> layers = new ArrayList<>();
  private final BoundaryLines boundaries;
  private final List<Coordinate> defaultPoints = new ArrayList<>();

  private GroundIndex(Boundaries ground, List<Position> defaultPoints) {
    List<AreaEdges> finest = List.of();
    for (Layer layer : ground.layers()) {
      finest = ground.list(layer.id()).stream().map(AreaEdges::new).toList();
      HPRtree tree = new HPRtree();
      finest.forEach(area -> tree.insert(area.box(), area));
      tree.build();
      layers.add(tree);
    }
    boundaries = new BoundaryLines(finest);
    this.defaultPoints.add(new Coordinate(0, 0));
    defaultPoints.forEach(point -> this.defaultPoints.add(coordinate(point)));
  }

  /** An index with 0, 0 as the only known default point. */
  public static GroundIndex build(Boundaries boundaries) {
    return build(boundaries, List.of());
  }

  /**
   * @param defaultPoints positions that devices or forms give when they know none (the middle of
   *     the city, say); within a metre of one, a position is suspect
   */
  public static GroundIndex build(Boundaries boundaries, List<Position> defaultPoints) {
    return new GroundIndex(boundaries, defaultPoints);
  }

  /**
   * Looks a position up.
   *
   * @param accuracyMetres radius of the circle that the true place is in; 0 when the position is
   *     taken as exact
   * @throws IllegalArgumentException when the accuracy is negative, not a number, or above {@link
   *     #MAX_ACCURACY_METRES}
   */
  public Located locate(Position position, double accuracyMetres) {
    return locate(coordinate(position), accuracyMetres, false);
  }

  /**
   * Looks a position up as it was said. Other than {@link #locate(Position, double)} it judges
   * placeholders by the numbers before conversion too, and answers numbers that are only on earth
   * when swapped: suspect when the swapped position is inside.
   *
   * @throws IllegalArgumentException as above, and when the numbers are no position either way
   */
  public Located locate(RawPosition raw, double accuracyMetres) {
    checkAccuracy(accuracyMetres);
    Position position;
    try {
      position = raw.toWgs84();
    } catch (IllegalArgumentException e) {
      if (insideWhenSwapped(raw)) {
        return new Located(
            PlaceFlag.SUSPECT, List.of(), Double.POSITIVE_INFINITY, Optional.empty(), List.of());
      }
      throw e;
    }
    boolean suspect = looksMadeUp(new Coordinate(raw.lon(), raw.lat())) || insideWhenSwapped(raw);
    return locate(coordinate(position), accuracyMetres, suspect);
  }

  private Located locate(Coordinate point, double accuracyMetres, boolean alreadySuspect) {
    checkAccuracy(accuracyMetres);
    double radius = Math.max(SURVEY_METRES, accuracyMetres);
    List<AreaRef> areas = new ArrayList<>();
    Optional<AreaEdges> owner = Optional.empty();
    for (HPRtree layer : layers) {
      owner = owner(layer, point);
      owner.ifPresent(area -> areas.add(area.ref()));
    }
    TangentPlane plane = new TangentPlane(point);
    BoundaryLines.Nearest nearest = boundaries.nearest(point, plane, owner);
    boolean near = nearest.metres() < radius;
    PlaceFlag flag = PlaceFlag.OK;
    if (alreadySuspect || looksMadeUp(point) || (areas.isEmpty() && insideWhenSwapped(point))) {
      flag = PlaceFlag.SUSPECT;
    } else if (areas.isEmpty()) {
      flag = PlaceFlag.OUTSIDE;
    } else if (near) {
      flag = PlaceFlag.EDGE;
    }
    List<Candidate> candidates = near ? candidates(plane, radius) : List.of();
    return new Located(flag, areas, nearest.metres(), nearest.across(), candidates);
  }

  private static Optional<AreaEdges> owner(HPRtree layer, Coordinate point) {
    return query(layer, new Envelope(point)).stream()
        .filter(area -> area.covers(point))
        .min(Comparator.comparing(area -> area.ref().code()));
  }

  private List<Candidate> candidates(TangentPlane plane, double radius) {
    Geometry circle = plane.circle(radius);
    Geometry free = circle;
    List<Candidate> found = new ArrayList<>();
    List<AreaEdges> touched = query(layers.getLast(), circle.getEnvelopeInternal());
    touched.sort(Comparator.comparing(area -> area.ref().code()));
    for (AreaEdges edges : touched) {
      Area area = edges.area();
      // What an area with a lower code has taken is gone: overlaps are counted once.
      double share =
          OverlayNGRobust.overlay(free, area.shape(), OverlayNG.INTERSECTION).getArea()
              / circle.getArea();
      if (share > 0) {
        found.add(new Candidate(edges.ref(), Math.min(1, share)));
        free = OverlayNGRobust.overlay(free, area.shape(), OverlayNG.DIFFERENCE);
      }
    }
    found.sort(
        Comparator.comparingDouble(Candidate::share)
            .reversed()
            .thenComparing(candidate -> candidate.area().code()));
    return found;
  }

  private boolean looksMadeUp(Coordinate point) {
    if (point.x == Math.rint(point.x) && point.y == Math.rint(point.y)) {
      return true;
    }
    TangentPlane plane = new TangentPlane(point);
    return defaultPoints.stream().anyMatch(known -> plane.metresTo(known) < SAME_POINT_METRES);
  }

  private boolean insideWhenSwapped(RawPosition raw) {
    Coordinate asSaid = new Coordinate(raw.lon(), raw.lat());
    if (layers.stream().anyMatch(layer -> owner(layer, asSaid).isPresent())) {
      return false;
    }
    try {
      Position swapped = new RawPosition(raw.lat(), raw.lon(), raw.crs()).toWgs84();
      return inside(coordinate(swapped));
    } catch (IllegalArgumentException e) {
      return false; // No position this way round either; the caller reports the numbers as said.
    }
  }

  private boolean insideWhenSwapped(Coordinate point) {
    return inside(new Coordinate(point.y, point.x));
  }

  private boolean inside(Coordinate point) {
    return layers.stream().anyMatch(layer -> owner(layer, point).isPresent());
  }

  private static List<AreaEdges> query(HPRtree tree, Envelope box) {
    List<AreaEdges> found = new ArrayList<>();
    tree.query(box, item -> found.add((AreaEdges) item));
    return found;
  }

  private static Coordinate coordinate(Position position) {
    return new Coordinate(position.lon(), position.lat());
  }

  private static void checkAccuracy(double metres) {
    if (!(metres >= 0 && metres <= MAX_ACCURACY_METRES)) {
      throw new IllegalArgumentException(
          "accuracy must be 0 to " + MAX_ACCURACY_METRES + " metres, got " + metres);
    }
  }
}
