package org.gridline.gis.boundary;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gridline.gis.boundary.Finding.Code;
import org.locationtech.jts.algorithm.locate.IndexedPointInAreaLocator;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.geom.Location;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.geom.TopologyException;
import org.locationtech.jts.index.strtree.STRtree;
import org.locationtech.jts.operation.overlayng.OverlayNGRobust;
import org.locationtech.jts.operation.polygonize.Polygonizer;

/** Ground of a layer that nobody claims although it is enclosed, and who it falls back to. */
final class Gaps {
  /** Layers whose neighbours were drawn apart from each other have nothing but loose edges. */
  static final int MAX_LOOSE_EDGES = 300_000;

  private static final int MAX_CROSSINGS = 100_000;
  private static final GeometryFactory GEOMETRIES = new GeometryFactory();

  private final Layer layer;
  private final AreaTree areas;
  private final AreaTree coarser;
  private final LayerFit.Deadline deadline;
  private final Largest found;
  private final STRtree known = new STRtree();
  private final List<Polygon> enclosed = new ArrayList<>();
  private final List<Finding> leftOut = new ArrayList<>();

  /**
   * @param coarser areas of the layers above, the nearest layer first
   */
  Gaps(Layer layer, List<Area> areas, List<Area> coarser, LayerFit.Deadline deadline) {
    this.layer = layer;
    this.areas = new AreaTree(areas);
    this.coarser = new AreaTree(coarser);
    this.deadline = deadline;
    this.found = new Largest(Code.GAP, layer);
  }

  List<Finding> findings() {
    List<Finding> all = new ArrayList<>(found.list());
    all.addAll(leftOut);
    return all;
  }

  /** The faces between loose edges that no area covers. */
  void enclosed(LooseEdges loose) {
    int edges = loose.count();
    if (edges > MAX_LOOSE_EDGES) {
      leftOut.add(
          LayerFit.notChecked(
              layer,
              "gaps were not looked for: "
                  + edges
                  + " edges are not shared with a neighbour, so the outlines were drawn apart from"
                  + " each other · 相邻边界各自绘制，未检查空隙"));
      return;
    }
    try {
      for (Polygon face : faces(loose)) {
        Coordinate inside = face.getInteriorPoint().getCoordinate();
        if (deadline.isOver()) {
          leftOut.add(LayerFit.notChecked(layer, "the search for gaps took too long · 空隙检查超时"));
          return;
        }
        if (areas.find(inside).isEmpty()) {
          enclosed.add(face);
          known.insert(face.getEnvelopeInternal(), face);
          add(face, "nobody claims this ground, which is enclosed · 被包围而无归属");
        }
      }
    } catch (BadShape | TopologyException e) {
      leftOut.add(
          LayerFit.notChecked(
              layer, "gaps were not looked for: the outlines cross too often · 边界交错，未检查空隙"));
    }
  }

  /** A part of a parent that its children leave over; one that is enclosed is known already. */
  void inside(Area parent, Polygon piece) {
    Coordinate inside = piece.getInteriorPoint().getCoordinate();
    for (Object one : known.query(new Envelope(inside))) {
      if (new IndexedPointInAreaLocator((Polygon) one).locate(inside) != Location.EXTERIOR) {
        return;
      }
    }
    if (areas.find(inside).isEmpty()) {
      add(piece, "nobody claims this ground inside " + parent.code() + " · 上级范围内无归属");
    }
  }

  private void add(Polygon gap, String what) {
    Optional<Area> owner = coarser.find(gap.getInteriorPoint().getCoordinate());
    String fallback =
        owner
            .map(area -> "; it falls back to " + area.layer() + " " + area.code() + " · 由其承接")
            .orElse("; no coarser layer has it, a person decides · 由人工确定");
    found.add(
        new Finding(
            Code.GAP,
            layer.id(),
            what + fallback,
            LayerFit.placeIn(gap),
            LayerFit.squareMetres(gap),
            Optional.of(gap)));
  }

  private static List<Polygon> faces(LooseEdges loose) {
    List<LineString> lines = runs(loose);
    if (lines.isEmpty()) {
      return List.of();
    }
    Geometry all = GEOMETRIES.createMultiLineString(lines.toArray(LineString[]::new));
    Crossings.check(all, MAX_CROSSINGS);
    Geometry noded = OverlayNGRobust.union(all);
    Polygonizer polygonizer = new Polygonizer();
    polygonizer.add(noded);
    List<Polygon> faces = new ArrayList<>();
    for (Object face : polygonizer.getPolygons()) {
      faces.add((Polygon) face);
    }
    return faces;
  }

  /** Edges that follow each other as one line: far fewer to cut at each other. */
  private static List<LineString> runs(LooseEdges loose) {
    List<LineString> lines = new ArrayList<>();
    List<Coordinate> run = new ArrayList<>();
    loose.visit(
        (area, x1, y1, x2, y2) -> {
          Coordinate from = new Coordinate(x1, y1);
          if (!run.isEmpty() && !run.getLast().equals2D(from)) {
            lines.add(GEOMETRIES.createLineString(run.toArray(Coordinate[]::new)));
            run.clear();
          }
          if (run.isEmpty()) {
            run.add(from);
          }
          run.add(new Coordinate(x2, y2));
        });
    if (!run.isEmpty()) {
      lines.add(GEOMETRIES.createLineString(run.toArray(Coordinate[]::new)));
    }
    return lines;
  }
}
