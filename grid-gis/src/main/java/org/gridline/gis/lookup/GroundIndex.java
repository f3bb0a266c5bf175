package org.gridline.gis.lookup;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.gridline.gis.boundary.Area;
import org.gridline.gis.boundary.Boundaries;
import org.gridline.gis.boundary.Finding;
import org.gridline.gis.boundary.Layer;
import org.gridline.gis.boundary.UnusableBoundaries;
import org.gridline.gis.kept.KeptGrids;
import org.gridline.gis.owner.OwnerGrid;
import org.gridline.gis.owner.OwnerGridBuilder;
import org.gridline.gis.owner.TooManyEdges;
import org.gridline.gis.position.CoordinateSystem;
import org.gridline.gis.position.Crs;
import org.gridline.gis.position.Position;
import org.gridline.gis.position.RawPosition;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;

/**
 * Finds the area of each layer that holds a position.
 *
 * <p>Immutable, safe for any number of threads, and takes no lock when it answers; but one that was
 * {@linkplain #open opened} makes some of itself once, when that is first needed. Where areas meet
 * or overlap, the one of the lowest priority, then of the lowest code (as text), owns the point, in
 * each layer on its own. A layer may leave ground uncovered: what is said of boundaries is said of
 * the finest layer that has an owner there.
 */
public final class GroundIndex {
  /** A circle larger than this says nothing about the place. */
  public static final double MAX_ACCURACY_METRES = 100_000;

  /** Below this, survey and rounding can't tell the two sides of a boundary apart. */
  private static final double SURVEY_METRES = 1;

  private static final double SAME_POINT_METRES = 1;

  /** Coarse to fine. */
  private final List<GroundLayer> layers = new ArrayList<>();

  /** All areas of all layers by their numbers in the grid. */
  private final List<AreaEdges> areas = new ArrayList<>();

  private final OwnerGrid grid;
  private final List<Coordinate> defaultPoints = new ArrayList<>();
  private final Readings readings;

  private GroundIndex(
      Boundaries ground,
      List<Position> defaultPoints,
      List<CoordinateSystem> systems,
      Function<OwnerGridBuilder, OwnerGrid> grids) {
    OwnerGridBuilder builder = new OwnerGridBuilder();
    Envelope box = new Envelope();
    for (Layer layer : ground.layers()) {
      List<AreaEdges> ofLayer = new ArrayList<>();
      // Who is added first owns what areas share.
      ground.list(layer.id()).stream()
          .sorted(Area.OWNER_FIRST)
          .forEach(
              area -> ofLayer.add(new AreaEdges(builder.area(area.shape()), layers.size(), area)));
      builder.layer();
      ofLayer.forEach(area -> box.expandToInclude(area.box()));
      layers.add(new GroundLayer(ofLayer));
      areas.addAll(ofLayer);
    }
    grid = build(builder, grids);
    readings = new Readings(systems, box, point -> refs(owners(point)));
    this.defaultPoints.add(new Coordinate(0, 0));
    defaultPoints.forEach(point -> this.defaultPoints.add(coordinate(point)));
  }

  private static OwnerGrid build(
      OwnerGridBuilder builder, Function<OwnerGridBuilder, OwnerGrid> grids) {
    try {
      return grids.apply(builder);
    } catch (TooManyEdges tooMany) {
      throw UnusableBoundaries.of(
          "the layers together",
          new Finding(Finding.Code.TOO_BIG, "all layers", String.valueOf(tooMany.getMessage())));
    }
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
   * @throws UnusableBoundaries when the outlines can't be held in bounded memory
   */
  public static GroundIndex build(
      Boundaries boundaries, List<Position> defaultPoints, List<CoordinateSystem> systems) {
    GroundIndex whole =
        new GroundIndex(boundaries, defaultPoints, systems, OwnerGridBuilder::build);
    whole.finish();
    return whole;
  }

  /**
   * The same for a start, which should be quick: the grid comes from where it was kept, and what
   * only distances need is made by {@link #finish} or by the first who needs it.
   *
   * @throws UnusableBoundaries as above
   */
  public static GroundIndex open(
      Boundaries boundaries,
      List<Position> defaultPoints,
      List<CoordinateSystem> systems,
      KeptGrids kept) {
    return new GroundIndex(boundaries, defaultPoints, systems, kept::get);
  }

  /** Makes what the first look-up would have to make otherwise. */
  public void finish() {
    layers.forEach(GroundLayer::lines);
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
    TangentPlane plane = new TangentPlane(point);
    Border border = border(point, plane, owners);
    BoundaryLines.Nearest nearest = border.nearest();
    boolean near = nearest.metres() < radius;
    boolean madeUp = madeUp(raw, point);
    List<Reading> others = madeUp || owners.isEmpty() ? readings.list(raw) : List.of();
    return new Located(
        flag(madeUp, owners.isEmpty(), !others.isEmpty(), near),
        refs(owners),
        nearest.metres(),
        nearest.across(),
        near ? border.layer().candidates(plane, radius) : List.of(),
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
            && layers
                .get(owners.getLast().layer())
                .lines()
                .anyWithin(SURVEY_METRES, point, new TangentPlane(point));
    Optional<AreaEdges> inFinest =
        owners.isEmpty() || owners.getLast().layer() < layers.size() - 1
            ? Optional.empty()
            : Optional.of(owners.getLast());
    return new Judged(flag(madeUp, owners.isEmpty(), other, near), inFinest);
  }

  /** A flag and the area of the finest layer. */
  record Judged(PlaceFlag flag, Optional<AreaEdges> area) {}

  /** The areas of the finest layer, rising by code. */
  List<AreaEdges> finest() {
    return layers.getLast().areas();
  }

  /** The finest layer's area that owns a position. */
  Optional<AreaEdges> ownerInFinest(Coordinate point) {
    return owner(grid.find(point.x, point.y), layers.size() - 1);
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
    int combination = grid.find(point.x, point.y);
    List<AreaEdges> owners = new ArrayList<>(layers.size());
    for (int layer = 0; layer < layers.size(); layer++) {
      owner(combination, layer).ifPresent(owners::add);
    }
    return owners;
  }

  private Optional<AreaEdges> owner(int combination, int layer) {
    int number = grid.owner(combination, layer);
    return number < 0 ? Optional.empty() : Optional.of(areas.get(number));
  }

  private record Border(GroundLayer layer, BoundaryLines.Nearest nearest) {}

  /**
   * The nearest boundary of the finest layer that owns the point; where none does, of the layer
   * that comes nearest, the finer one of two.
   */
  private Border border(Coordinate point, TangentPlane plane, List<AreaEdges> owners) {
    if (!owners.isEmpty()) {
      AreaEdges owner = owners.getLast();
      GroundLayer layer = layers.get(owner.layer());
      return new Border(layer, layer.lines().nearest(point, plane, Optional.of(owner)));
    }
    Border found = new Border(layers.getLast(), BoundaryLines.Nearest.NONE);
    for (GroundLayer layer : layers.reversed()) {
      BoundaryLines.Nearest nearest = layer.lines().nearest(point, plane, Optional.empty());
      if (nearest.metres() < found.nearest.metres() - BoundaryLines.SAME_EDGE_METRES) {
        found = new Border(layer, nearest);
      }
    }
    return found;
  }

  private static List<AreaRef> refs(List<AreaEdges> owners) {
    return owners.stream().map(AreaEdges::ref).toList();
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
