package org.gridline.dispatch.ground;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.gridline.gis.boundary.Area;
import org.gridline.gis.boundary.LayerFit;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.index.strtree.STRtree;
import org.locationtech.jts.operation.overlayng.OverlayNG;
import org.locationtech.jts.operation.overlayng.OverlayNGRobust;

/**
 * Lays a layer over the one before it: what was added, removed, moved or renamed, and which ground
 * became which. Areas that kept code and shape are skipped. Pure; seconds of computing when
 * everything changed.
 */
public final class AreaOverlay {
  /** Less than this of either area is a difference of drawing, not of ground. */
  private static final double LEAST_SHARE = 0.01;

  /** Rounding on the way through files and other systems moves less than this. */
  private static final double LEAST_METRES = 1;

  /** An area that keeps half of its ground, or of which half is its old ground, is still itself. */
  private static final double STILL_ITSELF = 0.5;

  /** Files are written to seven decimals, a centimetre. */
  private static final double SAME_POINT_DEGREES = 1e-7;

  private final String layer;
  private final Map<String, Area> old = new LinkedHashMap<>();
  private final Map<String, Area> fresh = new LinkedHashMap<>();
  private final List<Change> changes = new ArrayList<>();
  private final List<Heritage> heritage = new ArrayList<>();
  private final Set<String> begun = new TreeSet<>();

  private final Patience patience;

  private AreaOverlay(String layer, List<Area> before, List<Area> after, Patience patience) {
    this.patience = patience;
    this.layer = layer;
    before.forEach(area -> old.put(area.code(), area));
    after.forEach(area -> fresh.put(area.code(), area));
  }

  /** What happened to an area. */
  public enum Kind {
    ADDED,
    REMOVED,
    MOVED,
    /** Same ground, other name, parent or priority. */
    RENAMED
  }

  /**
   * An area that is not as it was.
   *
   * @param squareMetresBefore 0 for an added one
   * @param squareMetres 0 for a removed one
   * @param moved ground that it lost plus ground that it won, in square metres
   * @param kept how much of its old ground it still has, 0 to 1; 0 for an added or removed one
   */
  public record Change(
      Kind kind,
      String code,
      String name,
      double squareMetresBefore,
      double squareMetres,
      double moved,
      double kept) {}

  /**
   * Changes in the order of codes, first what is gone.
   *
   * @param begun codes that were not there before, or that kept less than half of their ground and
   *     consist of other ground for more than half: they don't mean what they meant
   */
  public record Found(List<Change> changes, List<Heritage> heritage, Set<String> begun) {
    public Found {
      changes = List.copyOf(changes);
      heritage = List.copyOf(heritage);
      begun = Set.copyOf(begun);
    }
  }

  /**
   * Compares the areas of one layer.
   *
   * @param patience asked between any two areas; one pair of a million points each takes seconds
   * @throws Patience.Over when it is over: half of the lineage would mislead whoever follows it
   */
  public static Found compare(
      String layer, List<Area> before, List<Area> after, Patience patience) {
    AreaOverlay overlay = new AreaOverlay(layer, before, after, patience);
    overlay.compare();
    return new Found(overlay.changes, overlay.heritage, overlay.begun);
  }

  private void compare() {
    Map<String, Area> oldChanged = new LinkedHashMap<>(old);
    Map<String, Area> freshChanged = new LinkedHashMap<>(fresh);
    for (Area was : old.values()) {
      patience.check();
      Area is = fresh.get(was.code());
      if (is == null || !sameShape(was.shape(), is.shape())) continue;
      oldChanged.remove(was.code());
      freshChanged.remove(was.code());
      if (calledOtherwise(was, is))
        changes.add(change(Kind.RENAMED, is, was.shape(), is.shape(), 0, 1));
    }
    STRtree tree = new STRtree();
    freshChanged.values().forEach(a -> tree.insert(a.shape().getEnvelopeInternal(), a));
    fresh.keySet().stream().filter(code -> !old.containsKey(code)).forEach(begun::add);
    Map<String, Double> stayed = new HashMap<>();
    for (Area was : oldChanged.values()) overlay(was, tree, stayed);
    oldChanged.values().stream()
        .filter(was -> !fresh.containsKey(was.code()))
        .forEach(was -> changes.add(gone(was)));
    for (Area is : freshChanged.values()) {
      patience.check();
      Optional.ofNullable(old.get(is.code()))
          .ifPresentOrElse(
              was -> moved(was, is, stayed.getOrDefault(is.code(), 0.0)),
              () -> changes.add(come(is)));
    }
  }

  private static boolean calledOtherwise(Area was, Area is) {
    return !was.name().equals(is.name())
        || !was.parent().equals(is.parent())
        || !was.priority().equals(is.priority());
  }

  private static boolean sameShape(Geometry a, Geometry b) {
    if (a.getNumPoints() != b.getNumPoints()) return false;
    return a.equalsExact(b, SAME_POINT_DEGREES) || a.equalsNorm(b);
  }

  /** What two areas share, and how much that is of each. */
  private record Both(Area is, double area, double ofOld, double ofNew) {}

  private void overlay(Area was, STRtree tree, Map<String, Double> stayed) {
    List<Both> shared = new ArrayList<>();
    for (Object found : tree.query(was.shape().getEnvelopeInternal())) {
      patience.check();
      shared.add(both(was, (Area) found));
    }
    Optional<Both> itself =
        shared.stream().filter(b -> b.is().code().equals(was.code())).findFirst();
    itself.ifPresent(b -> stayed.put(was.code(), b.area()));
    boolean there = fresh.containsKey(was.code());
    boolean other = there && itself.filter(AreaOverlay::sameGround).isEmpty();
    if (other) begun.add(was.code());
    for (Both b : shared) {
      if (b.ofOld() < LEAST_SHARE && b.ofNew() < LEAST_SHARE) continue;
      boolean same = b.is().code().equals(was.code());
      if (same && b.ofOld() > 1 - LEAST_SHARE && b.ofNew() > 1 - LEAST_SHARE) continue;
      heritage.add(
          new Heritage(layer, was.code(), b.is().code(), b.ofOld(), b.ofNew(), there && !other));
    }
  }

  private static Both both(Area was, Area is) {
    double area =
        OverlayNGRobust.overlay(was.shape(), is.shape(), OverlayNG.INTERSECTION).getArea();
    return new Both(
        is,
        area,
        Math.min(1, area / was.shape().getArea()),
        Math.min(1, area / is.shape().getArea()));
  }

  private static boolean sameGround(Both itself) {
    return itself.ofOld() >= STILL_ITSELF || itself.ofNew() >= STILL_ITSELF;
  }

  private void moved(Area was, Area is, double stayedDegrees) {
    double before = LayerFit.squareMetres(was.shape());
    double after = LayerFit.squareMetres(is.shape());
    double stayed = was.shape().getArea() > 0 ? stayedDegrees / was.shape().getArea() : 0;
    double moved = Math.max(0, before + after - 2 * stayed * before);
    if (moved >= LEAST_METRES)
      changes.add(change(Kind.MOVED, is, was.shape(), is.shape(), moved, Math.min(1, stayed)));
    else if (calledOtherwise(was, is))
      changes.add(change(Kind.RENAMED, is, was.shape(), is.shape(), 0, 1));
  }

  private static Change change(
      Kind kind, Area area, Geometry was, Geometry is, double moved, double kept) {
    return new Change(
        kind,
        area.code(),
        area.name(),
        LayerFit.squareMetres(was),
        LayerFit.squareMetres(is),
        moved,
        kept);
  }

  private static Change gone(Area was) {
    double size = LayerFit.squareMetres(was.shape());
    return new Change(Kind.REMOVED, was.code(), was.name(), size, 0, size, 0);
  }

  private static Change come(Area is) {
    double size = LayerFit.squareMetres(is.shape());
    return new Change(Kind.ADDED, is.code(), is.name(), 0, size, size, 0);
  }
}
