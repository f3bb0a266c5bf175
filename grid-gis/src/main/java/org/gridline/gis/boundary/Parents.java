package org.gridline.gis.boundary;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gridline.gis.boundary.Finding.Code;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.geom.TopologyException;
import org.locationtech.jts.operation.overlayng.OverlayNG;
import org.locationtech.jts.operation.overlayng.OverlayNGRobust;

/** Areas against those that they say they belong to. */
final class Parents {
  /** Edges of all children of one parent, more of which would take minutes to join. */
  private static final int MAX_EDGES = 300_000;

  private final Layer layer;
  private final List<Area> areas;
  private final Map<String, Area> coarser = new HashMap<>();
  private final LayerFit.Deadline deadline;
  private final Gaps gaps;
  private final Largest outside;
  private int leftOut;

  /**
   * @param coarser areas of the layers above, the nearest layer first
   */
  Parents(
      Layer layer, List<Area> areas, List<Area> coarser, LayerFit.Deadline deadline, Gaps gaps) {
    this.layer = layer;
    this.areas = areas;
    this.deadline = deadline;
    this.gaps = gaps;
    this.outside = new Largest(Code.OUTSIDE_PARENT, layer);
    coarser.forEach(area -> this.coarser.putIfAbsent(area.code(), area));
  }

  /** None while there is no coarser layer: nobody can say what a parent's code means. */
  List<Finding> find() {
    List<Finding> findings = new ArrayList<>();
    if (coarser.isEmpty()) {
      return findings;
    }
    Map<String, List<Area>> families = new LinkedHashMap<>();
    for (Area area : areas) {
      area.parent()
          .ifPresent(code -> families.computeIfAbsent(code, c -> new ArrayList<>()).add(area));
    }
    families.forEach(
        (code, children) ->
            Optional.ofNullable(coarser.get(code))
                .ifPresentOrElse(
                    parent -> check(parent, children),
                    () -> {
                      if (findings.size() < LayerFit.MOST_NAMED) {
                        findings.add(unknown(code, children));
                      }
                    }));
    findings.addAll(outside.list());
    if (leftOut > 0) {
      findings.add(
          LayerFit.notChecked(
              layer,
              leftOut + " areas were not compared with their parents: too many edges · 未与上级比较"));
    }
    return findings;
  }

  private Finding unknown(String code, List<Area> children) {
    Area first = children.getFirst();
    return new Finding(
        Code.PARENT_UNKNOWN,
        layer.id() + " " + first.code(),
        "its parent "
            + code
            + " is in no coarser layer"
            + (children.size() > 1 ? ", like that of " + (children.size() - 1) + " more" : "")
            + " · 上级代码不在上层图层中",
        LayerFit.placeIn(first.shape()),
        0);
  }

  private void check(Area parent, List<Area> children) {
    List<Geometry> shapes = children.stream().map(Area::shape).toList();
    int edges = shapes.stream().mapToInt(Geometry::getNumPoints).sum();
    if (edges > MAX_EDGES || deadline.isOver()) {
      leftOut += children.size();
      return;
    }
    try {
      for (Area child : children) {
        outside(parent, child);
      }
      Geometry rest = less(parent.shape(), OverlayNGRobust.union(shapes));
      for (int i = 0; i < rest.getNumGeometries(); i++) {
        if (rest.getGeometryN(i) instanceof Polygon piece && !piece.isEmpty()) {
          gaps.inside(parent, piece);
        }
      }
    } catch (BadShape | TopologyException e) {
      leftOut += children.size();
    }
  }

  private void outside(Area parent, Area child) {
    Geometry beyond = less(child.shape(), parent.shape());
    if (beyond.getArea() > 0) {
      outside.add(
          new Finding(
              Code.OUTSIDE_PARENT,
              layer.id() + " " + child.code(),
              String.format(
                  java.util.Locale.ROOT,
                  "%.2f %% of it lies outside its parent %s · 部分超出上级",
                  100 * beyond.getArea() / child.shape().getArea(),
                  parent.code()),
              LayerFit.placeIn(beyond),
              LayerFit.squareMetres(beyond),
              Optional.of(beyond)));
    }
  }

  private static Geometry less(Geometry one, Geometry other) {
    Crossings.check(one.getFactory().createGeometryCollection(new Geometry[] {one, other}));
    return OverlayNGRobust.overlay(one, other, OverlayNG.DIFFERENCE);
  }
}
