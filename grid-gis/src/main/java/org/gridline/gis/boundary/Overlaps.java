package org.gridline.gis.boundary;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.gridline.gis.boundary.Finding.Code;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.TopologyException;
import org.locationtech.jts.index.strtree.STRtree;
import org.locationtech.jts.operation.overlayng.OverlayNG;
import org.locationtech.jts.operation.overlayng.OverlayNGRobust;

/** Ground that two areas of a layer both claim. */
final class Overlaps {
  /** Below so many pairs of edges, crossings can't be too many. */
  private static final long FEW_EDGE_PAIRS = 100_000;

  private record Pair(int one, int other) {}

  private record Overlap(Pair pair, Geometry ground) {}

  private final Layer layer;
  private final List<Area> areas;
  private final LayerFit.Deadline deadline;
  private final IntConsumer percent;
  private int compared;
  private final STRtree tree = new STRtree();
  private final AtomicInteger leftOut = new AtomicInteger();

  Overlaps(Layer layer, List<Area> areas, LayerFit.Deadline deadline, IntConsumer percent) {
    this.layer = layer;
    this.percent = percent;
    this.areas = areas;
    this.deadline = deadline;
    for (int area = 0; area < areas.size(); area++) {
      tree.insert(areas.get(area).shape().getEnvelopeInternal(), area);
    }
    tree.build();
  }

  /**
   * Begins at areas with loose edges and goes on from every overlap: ground that is claimed twice
   * ends at loose edges, but the areas in its middle need not have any.
   */
  List<Finding> find(LooseEdges loose) {
    Largest small = new Largest(Code.OVERLAP, layer);
    Largest large = new Largest(Code.OVERLAP_LARGE, layer);
    boolean[] begins = loose.areas();
    BitSet done = new BitSet();
    List<Integer> round = new ArrayList<>();
    for (int area = 0; area < begins.length; area++) {
      if (begins[area]) {
        round.add(area);
      }
    }
    while (!round.isEmpty()) {
      List<Overlap> found = overlaps(round, done);
      round.clear();
      BitSet next = new BitSet();
      for (Overlap overlap : found) {
        Finding finding = finding(overlap);
        (finding.code() == Code.OVERLAP ? small : large).add(finding);
        next.set(overlap.pair.one);
        next.set(overlap.pair.other);
      }
      next.andNot(done);
      next.stream().forEach(round::add);
    }
    List<Finding> findings = new ArrayList<>(large.list());
    findings.addAll(small.list());
    if (leftOut.get() > 0) {
      findings.add(
          LayerFit.notChecked(
              layer,
              leftOut
                  + " pairs of areas were not compared: they cross each other too often, or there"
                  + " are too many · 有相邻区域未比较"));
    }
    return findings;
  }

  /** In rounds of bounded size, so that pairs need no more memory than areas. */
  private List<Overlap> overlaps(List<Integer> round, BitSet done) {
    List<Overlap> found = new ArrayList<>();
    for (int area : round) {
      if (deadline.isOver()) {
        leftOut.incrementAndGet();
        done.set(area);
        continue;
      }
      percent.accept((int) (100L * compared++ / areas.size()));
      List<Pair> pairs = new ArrayList<>();
      for (Object near : tree.query(areas.get(area).shape().getEnvelopeInternal())) {
        int other = (Integer) near;
        if (other != area && !done.get(other)) {
          pairs.add(new Pair(area, other));
        }
      }
      done.set(area);
      found.addAll(
          // One after the other: a server that checks an import has other things to do too.
          pairs.stream()
              .map(this::overlap)
              .flatMap(Optional::stream)
              .sorted(java.util.Comparator.comparingInt(overlap -> overlap.pair.other))
              .toList());
    }
    return found;
  }

  private Optional<Overlap> overlap(Pair pair) {
    Geometry one = areas.get(pair.one).shape();
    Geometry other = areas.get(pair.other).shape();
    Envelope shared = one.getEnvelopeInternal().intersection(other.getEnvelopeInternal());
    if (shared.getArea() == 0) {
      return Optional.empty();
    }
    try {
      if (deadline.isOver()) {
        leftOut.incrementAndGet();
        return Optional.empty();
      }
      if ((long) one.getNumPoints() * other.getNumPoints() > FEW_EDGE_PAIRS) {
        Crossings.check(one.getFactory().createGeometryCollection(new Geometry[] {one, other}));
      }
      Geometry ground = OverlayNGRobust.overlay(one, other, OverlayNG.INTERSECTION);
      return ground.getArea() > 0 ? Optional.of(new Overlap(pair, ground)) : Optional.empty();
    } catch (BadShape | TopologyException tooMany) {
      leftOut.incrementAndGet();
      return Optional.empty();
    }
  }

  private Finding finding(Overlap overlap) {
    Area one = areas.get(overlap.pair.one);
    Area other = areas.get(overlap.pair.other);
    boolean first = Area.OWNER_FIRST.compare(one, other) < 0;
    Area owner = first ? one : other;
    Area loser = first ? other : one;
    double size = LayerFit.squareMetres(overlap.ground);
    double share =
        overlap.ground.getArea() / Math.min(one.shape().getArea(), other.shape().getArea());
    boolean sliver = size <= PolygonRepair.MAX_SQUARE_METRES && share <= PolygonRepair.MAX_SHARE;
    return new Finding(
        sliver ? Code.OVERLAP : Code.OVERLAP_LARGE,
        layer.id() + " " + owner.code() + " / " + loser.code(),
        String.format(
            java.util.Locale.ROOT,
            "both claim this ground, %.2f %% of the smaller; it goes to %s, %s",
            100 * share,
            owner.code(),
            one.priority().equals(other.priority())
                ? "the lower code · 重叠处归代码较小者"
                : "whose priority comes first · 重叠处归优先级在前者"),
        LayerFit.placeIn(overlap.ground),
        size,
        Optional.of(overlap.ground));
  }
}
