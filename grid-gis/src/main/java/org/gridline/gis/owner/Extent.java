package org.gridline.gis.owner;

/** Where the grid lies, in steps of the lattice. */
record Extent(long originX, long originY, int shift, int columns, int rows) {
  /** The finest grid of at most so many cells, whose sides are powers of two. */
  static Extent of(Edges edges, int mostCells) {
    long left = Long.MAX_VALUE;
    long right = Long.MIN_VALUE;
    long bottom = Long.MAX_VALUE;
    long top = Long.MIN_VALUE;
    for (int edge = 0; edge < edges.size(); edge++) {
      left = Math.min(left, edges.ax(edge));
      right = Math.max(right, edges.bx(edge));
      bottom = Math.min(bottom, edges.lowest(edge));
      top = Math.max(top, edges.highest(edge));
    }
    if (edges.size() == 0) return new Extent(0, 0, 0, 0, 0);
    // One step of free ground around: the first column's corners are outside of everything.
    long width = right - left + 3;
    long height = top - bottom + 3;
    int shift = 0;
    while (((width >> shift) + 1.0) * ((height >> shift) + 1.0) > mostCells) shift++;
    return new Extent(
        left - 1, bottom - 1, shift, (int) (width >> shift) + 1, (int) (height >> shift) + 1);
  }

  int cells() {
    return columns * rows;
  }

  long side() {
    return 1L << shift;
  }

  long left(int column) {
    return originX + ((long) column << shift);
  }

  long bottom(int row) {
    return originY + ((long) row << shift);
  }
}
