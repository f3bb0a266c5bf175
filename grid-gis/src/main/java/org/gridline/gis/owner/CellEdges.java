package org.gridline.gis.owner;

import java.util.Arrays;
import java.util.Optional;

/** Which edges have a point in which cell. */
final class CellEdges {
  private static final int[] NONE = {};
  private final Extent extent;
  private final int[] starts;
  private final int[] lists;

  private CellEdges(Edges edges, Extent extent, int[] counts) {
    this.extent = extent;
    starts = counts;
    for (int cell = 1; cell < starts.length; cell++) starts[cell] += starts[cell - 1];
    lists = new int[starts[starts.length - 1]];
    int[] next = Arrays.copyOf(starts, starts.length);
    for (int edge = 0; edge < edges.size(); edge++) {
      int number = edge;
      if (edges.bounding(edge)) visit(edges, extent, edge, cell -> lists[next[cell]++] = number);
    }
  }

  /**
   * Long edges cross thousands of cells each, so a file of a few megabytes may want gigabytes here:
   * they are counted before they cost memory.
   *
   * @param most edges in all cells together, each as often as it is in one
   * @return empty when there are more
   */
  static Optional<CellEdges> find(Edges edges, Extent extent, int most) {
    int[] counts = new int[extent.cells() + 1];
    long[] total = {0};
    for (int edge = 0; edge < edges.size(); edge++) {
      if (!edges.bounding(edge)) continue;
      visit(
          edges,
          extent,
          edge,
          cell -> {
            counts[cell + 1]++;
            total[0]++;
          });
      if (total[0] > most) return Optional.empty();
    }
    return Optional.of(new CellEdges(edges, extent, counts));
  }

  /** The grid that the cells are of. */
  Extent extent() {
    return extent;
  }

  /** The share of cells that hold an edge. */
  double share() {
    int holding = 0;
    for (int cell = 1; cell < starts.length; cell++) {
      if (starts[cell] > starts[cell - 1]) holding++;
    }
    return (double) holding / Math.max(1, starts.length - 1);
  }

  int[] list(int cell) {
    int from = starts[cell];
    int to = starts[cell + 1];
    return from == to ? NONE : Arrays.copyOfRange(lists, from, to);
  }

  private interface Visitor {
    void visit(int cell);
  }

  /** Visits every cell whose closed square the edge touches. */
  private static void visit(Edges edges, Extent extent, int edge, Visitor visitor) {
    int firstColumn = (int) ((edges.ax(edge) - 1 - extent.originX()) >> extent.shift());
    int lastColumn = (int) ((edges.bx(edge) - extent.originX()) >> extent.shift());
    int firstRow = (int) ((edges.lowest(edge) - 1 - extent.originY()) >> extent.shift());
    int lastRow = (int) ((edges.highest(edge) - extent.originY()) >> extent.shift());
    boolean one = firstColumn == lastColumn && firstRow == lastRow;
    double slope =
        edges.ay(edge) == edges.by(edge)
            ? 0
            : (double) (edges.bx(edge) - edges.ax(edge)) / (edges.by(edge) - edges.ay(edge));
    for (int row = firstRow; row <= lastRow; row++) {
      long bottom = extent.bottom(row);
      long top = bottom + extent.side();
      int from = firstColumn;
      int to = lastColumn;
      if (slope != 0) {
        // Roughly where the edge enters and leaves the row; a column more on each side is enough.
        double enters = (bottom - edges.ay(edge)) * slope + edges.ax(edge) - extent.originX();
        double leaves = (top - edges.ay(edge)) * slope + edges.ax(edge) - extent.originX();
        from = (int) Math.max(from, Math.min(enters, leaves) / extent.side() - 1);
        to = (int) Math.min(to, Math.max(enters, leaves) / extent.side() + 1);
      }
      for (int column = from; column <= to; column++) {
        long left = extent.left(column);
        if (one || edges.touches(edge, left, bottom, left + extent.side(), top)) {
          visitor.visit(row * extent.columns() + column);
        }
      }
    }
  }
}
