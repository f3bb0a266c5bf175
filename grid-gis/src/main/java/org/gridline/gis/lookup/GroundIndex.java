package org.gridline.gis.lookup;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.gridline.gis.boundary.Area;
import org.gridline.gis.boundary.Boundaries;
import org.gridline.gis.boundary.Layer;
import org.gridline.gis.position.CoordinateSystem;
import org.gridline.gis.position.Crs;
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
  private final Envelope box = new Envelope();
  private final Readings readings;
  private final List<AreaEdges> finest;

  private GroundIndex(
      Boundaries ground, List<Position> defaultPoints, List<CoordinateSystem> systems) {
    List<AreaEdges> finest = List.of();
    for (Layer layer : ground.layers()) {
      finest = ground.list(layer.id()).stream().map(AreaEdges::new).toList();
      HPRtree tree = new HPRtree();
      finest.forEach(area -> tree.insert(area.box(), area));
      finest.forEach(area -> box.expandToInclude(area.box()));
      tree.build();
      layers.add(tree);
    }
    this.finest = finest;
    boundaries = new BoundaryLines(finest);
    readings = new Readings(systems, box, point -> refs(owners(point)));
    this.defaultPoints.add(new Coordinate(0, 0));
    defaultPoints.forEach(point -> this.defaultPoints.add(coordinate(point)));
  }

  /** An index with 0, 0 as the only known default point. */
  public static GroundIndex build(Boundaries boundaries) {
    return build(boundaries, List.of());
  }

  /** As the longer form, for a city whose data come in degrees only. */
  public static GroundIndex build(Boundaries boundaries, List<Position> defaultPoints) {
    return build(boundaries, defaultPoints, List.of());
  }

  /**
   * @param defaultPoints positions that devices or forms give when they know none (the middle of
   *     the city, say); within a metre of one, a position is suspect
   * @param systems that numbers may be in which are no degrees, or degrees outside; they are only
   *     offered as readings
   */
  public static GroundIndex build(
      Boundaries boundaries, List<Position> defaultPoints, List<CoordinateSystem> systems) {
    return new GroundIndex(boundaries, defaultPoints, systems);
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
    return locate(new RawPosition(position.lon(), position.lat(), Crs.WGS84), accuracyMetres);
  }

  /**
   * Looks a position up as it was said. Placeholders are judged by the numbers before and after
   * conversion; numbers that are nowhere or outside as said, but inside when read another way, are
   * suspect, with those readings.
   *
   * @throws IllegalArgumentException as above, and when the numbers are no position in any reading
   */
  public Located locate(RawPosition raw, double accuracyMetres) {
    checkAccuracy(accuracyMetres);
    Position position;
    try {
      position = raw.toWgs84();
    } catch (IllegalArgumentException nowhere) {
      List<Reading> others = readings.list(raw);
      if (others.isEmpty()) {
        throw nowhere;
      }
      return new Located(
          PlaceFlag.SUSPECT,
          List.of(),
          Double.POSITIVE_INFINITY,
          Optional.empty(),
          List.of(),
          others);
    }
    Coordinate point = coordinate(position);
    double radius = Math.max(SURVEY_METRES, accuracyMetres);
    List<AreaEdges> owners = owners(point);
    Optional<AreaEdges> owner = inFinest(owners);
    TangentPlane plane = new TangentPlane(point);
    BoundaryLines.Nearest nearest = boundaries.nearest(point, plane, owner);
    boolean near = nearest.metres() < radius;
    boolean madeUp = madeUp(raw, point);
    List<Reading> others = madeUp || owners.isEmpty() ? readings.list(raw) : List.of();
    return new Located(
        flag(madeUp, owners.isEmpty(), !others.isEmpty(), near),
        refs(owners),
        nearest.metres(),
        nearest.across(),
        near ? candidates(plane, radius) : List.of(),
        others);
  }

  /**
   * The flag and the finest layer's area that {@link #locate(RawPosition, double)} would answer for
   * an exact position, without the distance to the boundary, which costs most.
   *
   * @throws IllegalArgumentException when the numbers are no position in any reading
   */
  Judged judge(RawPosition raw) {
    Position position;
    try {
      position = raw.toWgs84();
    } catch (IllegalArgumentException nowhere) {
      if (readings.list(raw).isEmpty()) {
        throw nowhere;
      }
      return new Judged(PlaceFlag.SUSPECT, Optional.empty());
    }
    Coordinate point = coordinate(position);
    List<AreaEdges> owners = owners(point);
    boolean madeUp = madeUp(raw, point);
    boolean other = !madeUp && owners.isEmpty() && !readings.list(raw).isEmpty();
    boolean near =
        !madeUp
            && !owners.isEmpty()
            && boundaries.anyWithin(SURVEY_METRES, point, new TangentPlane(point));
    return new Judged(
        flag(madeUp, owners.isEmpty(), other, near), inFinest(owners).map(AreaEdges::area));
  }

  /** A flag and the area of the finest layer. */
  record Judged(PlaceFlag flag, Optional<Area> area) {}

  /** The areas of the finest layer, in the order of the boundaries. */
  List<AreaEdges> finest() {
    return finest;
  }

  Optional<AreaEdges> ownerInFinest(Coordinate point) {
    return owner(layers.getLast(), point);
  }

  int layerCount() {
    return layers.size();
  }

  List<Coordinate> defaultPoints() {
    return defaultPoints;
  }

  private static PlaceFlag flag(boolean madeUp, boolean outside, boolean other, boolean near) {
    if (madeUp || (outside && other)) {
      return PlaceFlag.SUSPECT;
    }
    if (outside) {
      return PlaceFlag.OUTSIDE;
    }
    return near ? PlaceFlag.EDGE : PlaceFlag.OK;
  }

  /** The owner in each layer that has one, coarse to fine. */
  private List<AreaEdges> owners(Coordinate point) {
    List<AreaEdges> owners = new ArrayList<>();
    for (HPRtree layer : layers) {
      owner(layer, point).ifPresent(owners::add);
    }
    return owners;
  }

  private Optional<AreaEdges> inFinest(List<AreaEdges> owners) {
    return owners.isEmpty() || finest.isEmpty()
        ? Optional.empty()
        : Optional.of(owners.getLast())
            .filter(last -> last.ref().layer().equals(finest.getFirst().ref().layer()));
  }

  private static List<AreaRef> refs(List<AreaEdges> owners) {
    return owners.stream().map(AreaEdges::ref).toList();
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

  private boolean madeUp(RawPosition raw, Coordinate point) {
    return looksMadeUp(new Coordinate(raw.lon(), raw.lat())) || looksMadeUp(point);
  }

  private boolean looksMadeUp(Coordinate point) {
    if (point.x == Math.rint(point.x) && point.y == Math.rint(point.y)) {
      return true;
    }
    TangentPlane plane = new TangentPlane(point);
    return defaultPoints.stream().anyMatch(known -> plane.metresTo(known) < SAME_POINT_METRES);
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
