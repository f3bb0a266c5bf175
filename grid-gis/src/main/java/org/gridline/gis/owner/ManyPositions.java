package org.gridline.gis.owner;

/**
 * One run of {@link OwnerGrid#find(double[], double[], int[])}: a thousand positions at a time take
 * each step together, first all cells, then all finer grids, then all divided cells, then all
 * chains. No step has to wait for the one before of the same position, and none is guessed.
 */
final class ManyPositions {
  /** Their numbers fit into the nearest cache. */
  static final int TOGETHER = 1024;

  private static final int ANSWER = 4;

  private final OwnerGrid grid;

  // Positions beside edges: which, where in their cell, what was found last.
  private final int[] point;
  private final int[] x;
  private final int[] y;
  private final int[] entry;

  // Which of them want which step next. Each has a place more, since a place is written before it
  // is known whether it counts.
  private final int[] split;
  private final int[] line;
  private final int[] chain;
  private int splits;
  private int lines;
  private int chains;

  ManyPositions(OwnerGrid grid, int size) {
    this.grid = grid;
    point = new int[size + 1];
    x = new int[size];
    y = new int[size];
    entry = new int[size];
    split = new int[size + 1];
    line = new int[size + 1];
    chain = new int[size + 1];
  }

  void find(double[] lons, double[] lats, int[] answers) {
    for (int from = 0; from < lons.length; from += TOGETHER) {
      int waiting = cells(lons, lats, answers, from, Math.min(from + TOGETHER, lons.length));
      splits = lines = chains = 0;
      for (int w = 0; w < waiting; w++) enter(w, lons[point[w]], lats[point[w]], answers);
      while (splits > 0) finer(lons, lats, answers);
      for (int i = 0; i < lines; i++) {
        int w = line[i];
        answers[point[w]] = grid.besideLine(~entry[w] >>> 2, x[w], y[w]);
      }
      for (int i = 0; i < chains; i++) {
        int w = chain[i];
        answers[point[w]] = grid.amongEdges(~entry[w] >>> 2, x[w], y[w]);
      }
    }
  }

  /** As in {@link OwnerGrid#find(double, double)}; answers how many have an edge in their cell. */
  private int cells(double[] lons, double[] lats, int[] answers, int from, int to) {
    double west = grid.west;
    double south = grid.south;
    double cellsADegree = grid.cellsADegree;
    int columns = grid.columns;
    int rows = grid.rows;
    int[] cells = grid.cells;
    int waiting = 0;
    for (int i = from; i < to; i++) {
      int column = (int) ((lons[i] - west) * cellsADegree);
      int row = (int) ((lats[i] - south) * cellsADegree);
      int found = 0;
      if (Integer.compareUnsigned(column, columns) < 0 && Integer.compareUnsigned(row, rows) < 0) {
        found = cells[row * columns + column];
      }
      answers[i] = found;
      point[waiting] = i;
      waiting += found >>> 31;
    }
    return waiting;
  }

  private void enter(int w, double lon, double lat, int[] answers) {
    int found = 0;
    if (!Double.isNaN(lon) && !Double.isNaN(lat)) {
      long wholeX = Lattice.of(lon) - grid.originX;
      long wholeY = Lattice.of(lat) - grid.originY;
      found = grid.cell(wholeX, wholeY);
      x[w] = (int) (wholeX & grid.mask);
      y[w] = (int) (wholeY & grid.mask);
    }
    answers[point[w]] = sort(w, found) == OwnerGrid.CROWD ? grid.onLattice(lon, lat) : found;
  }

  private void finer(double[] lons, double[] lats, int[] answers) {
    int[] slots = grid.slots;
    int now = splits;
    splits = 0;
    for (int i = 0; i < now; i++) {
      int w = split[i];
      int slot = ~entry[w] >>> 2;
      int finer = slots[slot];
      int found = slots[slot + 1 + ((y[w] >>> finer & 3) << 2 | (x[w] >>> finer & 3))];
      int p = point[w];
      answers[p] = sort(w, found) == OwnerGrid.CROWD ? grid.onLattice(lons[p], lats[p]) : found;
    }
  }

  /** Puts a position where its next step is taken. */
  private int sort(int w, int found) {
    entry[w] = found;
    int kind = found >= 0 ? ANSWER : ~found & 3;
    split[splits] = w;
    splits += kind == OwnerGrid.SPLIT ? 1 : 0;
    line[lines] = w;
    lines += kind == OwnerGrid.LINE ? 1 : 0;
    chain[chains] = w;
    chains += kind == OwnerGrid.CHAIN ? 1 : 0;
    return kind;
  }
}
