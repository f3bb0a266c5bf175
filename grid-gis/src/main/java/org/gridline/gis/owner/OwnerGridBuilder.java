package org.gridline.gis.owner;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.locationtech.jts.geom.CoordinateSequence;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.geom.util.LinearComponentExtracter;

/** Collects the areas of some layers and makes the grid. For one thread. */
public final class OwnerGridBuilder {
  /** So many cells, of four bytes, are read about as fast as a quarter of them. */
  private static final int USUAL_CELLS = 1 << 22;

  /**
   * Where many cells have an edge inside, smaller cells cost less than asking edges: with unit
   * grids of one hectare 27 % of points were beside an edge with the usual number, 14 % with this.
   */
  private static final int MOST_CELLS = 1 << 24;

  private static final double CROWDED_SHARE = 0.03;

  /** A few polygons need no more cells than this times their edges. */
  private static final int CELLS_AN_EDGE = 512;

  private static final int FEWEST_CELLS = 1 << 14;

  /**
   * Numbers that the grid may hold: a sixth of the heap at four bytes, 1 GB at most; while it is
   * made it takes up to three times that. A district wants 40 MB, 2,884 counties 600 MB; an outline
   * of long parallel edges that fills a few megabytes of a file would want any number.
   */
  private static final int MOST_NUMBERS =
      (int) Math.min(1 << 28, Runtime.getRuntime().maxMemory() / 24);

  private final Edges edges = new Edges();
  private final List<Integer> layerEnds = new ArrayList<>();
  private final int mostNumbers;
  private int areas;

  public OwnerGridBuilder() {
    this(MOST_NUMBERS);
  }

  /** With another bound; for tests. */
  OwnerGridBuilder(int mostNumbers) {
    this.mostNumbers = mostNumbers;
  }

  /**
   * Adds the next area of the current layer. Where areas of a layer overlap or meet, the one added
   * first owns the position.
   *
   * @param shape polygons in degrees, longitude first; what counts is which positions their rings
   *     enclose an odd number of times
   * @return its number, rising from 0 over all layers
   */
  public int area(Geometry shape) {
    for (Object part : LinearComponentExtracter.getLines(shape)) {
      CoordinateSequence ring = ((LineString) part).getCoordinateSequence();
      long fromX = Lattice.of(ring.getX(0));
      long fromY = Lattice.of(ring.getY(0));
      for (int i = 1; i < ring.size(); i++) {
        long toX = Lattice.of(ring.getX(i));
        long toY = Lattice.of(ring.getY(i));
        edges.add(areas, fromX, fromY, toX, toY);
        fromX = toX;
        fromY = toY;
      }
    }
    return areas++;
  }

  /** Ends a layer. */
  public void layer() {
    layerEnds.add(areas);
  }

  /**
   * The grid of all layers that were ended.
   *
   * @throws TooManyEdges when the outlines can't be held in bounded memory
   */
  public OwnerGrid build() {
    CellEdges cellEdges = inCells(most(USUAL_CELLS));
    if (cellEdges.share() > CROWDED_SHARE) cellEdges = inCells(most(MOST_CELLS));
    // Dividing crowded cells makes look-ups fast and the grid large; not dividing them is still
    // right.
    for (int levels = Slots.MOST_LEVELS; ; levels = Math.max(0, levels - 2)) {
      try {
        return build(cellEdges, levels);
      } catch (TooManyEdges tooFine) {
        int cells = cellEdges.extent().cells();
        if (levels == 0 && cells <= FEWEST_CELLS) throw tooFine;
        if (levels == 0) cellEdges = inCells(Math.max(FEWEST_CELLS, cells / 16));
      }
    }
  }

  /** What decides the grid that {@link #build} makes: the same text, the same grid. */
  public String key() {
    GridKey key = new GridKey();
    key.add(mostNumbers);
    key.add(layerEnds.size());
    layerEnds.forEach(key::add);
    edges.tell(key);
    return key.text();
  }

  /**
   * The grid that {@link #build} made of the same areas, without building.
   *
   * @param rows of a grid whose builder had the same {@link #key}
   */
  public OwnerGrid again(int[][] rows) {
    return OwnerGrid.ofKept(rows, edges);
  }

  private int[] ends() {
    return layerEnds.stream().mapToInt(Integer::intValue).toArray();
  }

  private OwnerGrid build(CellEdges cellEdges, int levels) {
    Owners owners = new Owners(ends());
    Extent extent = cellEdges.extent();
    Slots slots = new Slots(edges, owners, extent, levels, mostNumbers);
    int[] cells = new int[extent.cells()];
    AreaSet covering = new AreaSet();
    for (int row = 0; row < extent.rows(); row++) {
      long bottom = extent.bottom(row);
      covering.clear();
      int answer = 0;
      for (int column = 0; column < extent.columns(); column++) {
        int cell = row * extent.columns() + column;
        int[] inside = cellEdges.list(cell);
        if (inside.length == 0) {
          cells[cell] = answer;
          continue;
        }
        long left = extent.left(column);
        cells[cell] = slots.entry(left, bottom, inside, covering);
        if (walk(inside, covering, left, left + extent.side(), bottom)) {
          answer = owners.number(covering);
        }
      }
    }
    return slots.grid(extent, cells);
  }

  /** In so many cells, or in fewer where the edges would be in too many of them. */
  private CellEdges inCells(int most) {
    for (int cells = most; ; cells /= 4) {
      Optional<CellEdges> found = CellEdges.find(edges, Extent.of(edges, cells), mostNumbers / 2);
      if (found.isPresent()) return found.get();
      if (cells <= FEWEST_CELLS) throw new TooManyEdges(edges.size());
    }
  }

  private int most(int cells) {
    return Math.clamp((long) CELLS_AN_EDGE * edges.size(), FEWEST_CELLS, cells);
  }

  /** Goes along a horizontal line; true when an edge was crossed. */
  private boolean walk(int[] inside, AreaSet covering, long from, long to, long y) {
    boolean crossed = false;
    for (int edge : inside) {
      if (edges.spansHeight(edge, y) && edges.leftOf(edge, from, y) != edges.leftOf(edge, to, y)) {
        edges.toggle(edge, covering);
        crossed = true;
      }
    }
    return crossed;
  }
}
