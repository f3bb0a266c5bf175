package org.gridline.gis.owner;

/**
 * Tells which area of each layer owns a position. Immutable; answers without locks or memory of its
 * own.
 *
 * <p>A flat grid lies over the ground. Most of its cells have no boundary inside and hold their
 * answer. The others point into {@code slots}: to a finer grid of 4 × 4, to one edge that divides
 * the cell, or to some edges with the areas that cover the cell's lower left corner. From that
 * corner one walks along the lower side and then up to the position, and each edge crossed turns
 * the areas on its two hands.
 *
 * <p>What a number in the grid or in a finer grid means: 0 and above an answer; below, the
 * complement of {@code place * 4 + kind}.
 */
public final class OwnerGrid {
  static final int SPLIT = 0;
  static final int LINE = 1;
  static final int CHAIN = 2;
  static final int CROWD = 3;

  /** Words of a divided cell: ends of the edge, then the answers right of it, left of it, on it. */
  static final int LINE_WORDS = 7;

  /** Words before the edges of a chain: corner's height, areas at the corner, table, edges. */
  static final int CHAIN_HEAD = 4;

  static final int CHAIN_EDGE = 5;
  static final int LEFT_OF_CORNER = 1 << 31;
  static final int SPANS_CORNER = 1 << 30;
  static final int TURNS = SPANS_CORNER - 1;

  final long originX;
  final long originY;
  final double west;
  final double south;
  final double cellsADegree;
  final int shift;
  final long mask;
  final int columns;
  final int rows;
  final int[] cells;
  final int[] slots;
  private final int[] tables;
  private final Crowd[] crowds;
  private final Owners owners;

  OwnerGrid(
      long originX,
      long originY,
      int shift,
      int columns,
      int rows,
      int[] cells,
      int[] slots,
      int[] tables,
      Crowd[] crowds,
      Owners owners) {
    this.originX = originX;
    this.originY = originY;
    this.west = Lattice.degrees(originX);
    this.south = Lattice.degrees(originY);
    this.cellsADegree = 1 / Lattice.degrees(1L << shift);
    this.shift = shift;
    this.mask = (1L << shift) - 1;
    this.columns = columns;
    this.rows = rows;
    this.cells = cells;
    this.slots = slots;
    this.tables = tables;
    this.crowds = crowds;
    this.owners = owners;
  }

  /**
   * The combination of owners at a position; 0 where no layer has an area, or when the numbers are
   * no position.
   *
   * <p>A position less than half a step left of a cell's side belongs on the side, but is looked up
   * in the cell before it. Where that cell has no edge, its sides included, the answer is the same;
   * where it has one, the cell is found again on whole numbers.
   *
   * @param lon degrees east, WGS 84
   * @param lat degrees north
   */
  public int find(double lon, double lat) {
    // What is not a number becomes 0: the first column and row, whose ground without edges is free.
    int column = (int) ((lon - west) * cellsADegree);
    int row = (int) ((lat - south) * cellsADegree);
    if (Integer.compareUnsigned(column, columns) >= 0 || Integer.compareUnsigned(row, rows) >= 0) {
      return 0;
    }
    int found = cells[row * columns + column];
    return found >= 0 ? found : onLattice(lon, lat);
  }

  /**
   * Answers many positions, each as {@link #find(double, double)} does. Faster than one by one
   * where many have an edge near: positions that need the same kind of step take it together, so
   * that the processor need not guess which step comes next, and waits for many cells at once.
   *
   * @param lons degrees east
   * @param lats degrees north, as many
   * @param answers where the combinations go, at least as many
   */
  public void find(double[] lons, double[] lats, int[] answers) {
    if (lats.length != lons.length || answers.length < lons.length) {
      throw new IllegalArgumentException(
          lons.length
              + " longitudes, "
              + lats.length
              + " latitudes, "
              + answers.length
              + " places");
    }
    new ManyPositions(this, Math.min(ManyPositions.TOGETHER, lons.length))
        .find(lons, lats, answers);
  }

  /** Whether an edge runs through the cell of a position, so that one read does not answer it. */
  public boolean besideEdge(double lon, double lat) {
    return cell(Lattice.of(lon) - originX, Lattice.of(lat) - originY) < 0;
  }

  int onLattice(double lon, double lat) {
    if (Double.isNaN(lon) || Double.isNaN(lat)) return 0;
    long x = Lattice.of(lon) - originX;
    long y = Lattice.of(lat) - originY;
    int found = cell(x, y);
    return found >= 0 ? found : inside(found, (int) (x & mask), (int) (y & mask), x, y);
  }

  /** What the cell of a place on the lattice holds; 0 beside the grid. */
  int cell(long x, long y) {
    long column = x >>> shift;
    long row = y >>> shift;
    if (Long.compareUnsigned(column, columns) >= 0 || Long.compareUnsigned(row, rows) >= 0) {
      return 0;
    }
    return cells[(int) row * columns + (int) column];
  }

  /**
   * The owner in one layer.
   *
   * @param combination as {@link #find} gave it
   * @return the area's number in the order of building over all layers, or −1
   */
  public int owner(int combination, int layer) {
    return owners.get(combination, layer);
  }

  /** How many combinations of owners there are. */
  public int combinations() {
    return owners.size();
  }

  /** How many cells lie over the ground. */
  public int cells() {
    return cells.length;
  }

  /** Bytes of the arrays. */
  public long bytes() {
    return 4L * cells.length + 4L * slots.length + 4L * tables.length;
  }

  /** How many {@link #rowsToKeep} gives. */
  public static final int KEPT_ROWS = 6;

  /**
   * Everything that this grid was made with, but for the edges; not to be changed. {@link
   * OwnerGridBuilder#again} makes the grid of them again.
   */
  public int[][] rowsToKeep() {
    int[] shape = {
      (int) (originX >> 32),
      (int) originX,
      (int) (originY >> 32),
      (int) originY,
      shift,
      columns,
      rows
    };
    Words gathered = new Words();
    for (Crowd crowd : crowds) crowd.write(gathered);
    return new int[][] {shape, cells, slots, tables, owners.row(), gathered.array()};
  }

  /** The same grid again. */
  static OwnerGrid ofKept(int[][] kept, Edges edges) {
    int[] shape = kept[0];
    Owners owners = Owners.ofRow(kept[4]);
    return new OwnerGrid(
        Words.wide(shape[0], shape[1]),
        Words.wide(shape[2], shape[3]),
        shape[4],
        shape[5],
        shape[6],
        kept[1],
        kept[2],
        kept[3],
        Crowd.read(kept[5], edges, owners),
        owners);
  }

  private int inside(int entry, int x, int y, long wholeX, long wholeY) {
    int found = entry;
    while (true) {
      int slot = ~found >>> 2;
      switch (~found & 3) {
        case SPLIT -> {
          int finer = slots[slot];
          found = slots[slot + 1 + ((y >>> finer & 3) << 2 | (x >>> finer & 3))];
          if (found >= 0) return found;
        }
        case LINE -> {
          return besideLine(slot, x, y);
        }
        case CHAIN -> {
          return amongEdges(slot, x, y);
        }
        default -> {
          return crowds[slot].find(wholeX + originX, wholeY + originY);
        }
      }
    }
  }

  int besideLine(int slot, int x, int y) {
    int[] words = slots;
    long dx = (long) words[slot + 2] - words[slot];
    long dy = (long) words[slot + 3] - words[slot + 1];
    long side = dx * (y - words[slot + 1]) - dy * (x - words[slot]);
    // 4 right, 5 left, 6 on the line; the edge runs through the cell, so on the line is on the
    // edge.
    int answer = (int) (1 + (side >> 63)) + (side == 0 ? 1 : 0);
    return words[slot + 4 + answer];
  }

  int amongEdges(int slot, int x, int y) {
    int[] words = slots;
    int cornerY = words[slot];
    int covering = words[slot + 1];
    int table = words[slot + 2];
    int end = slot + CHAIN_HEAD + CHAIN_EDGE * words[slot + 3];
    int on = 0;
    for (int at = slot + CHAIN_HEAD; at < end; at += CHAIN_EDGE) {
      int ax = words[at];
      int ay = words[at + 1];
      int bx = words[at + 2];
      int by = words[at + 3];
      int turns = words[at + 4];
      long dx = (long) bx - ax;
      long dy = (long) by - ay;
      long reach = dy * (x - ax);
      // 1 on the left hand, 0 on the right, of the foot on the lower side and of the position.
      long foot = ~(dx * (cornerY - ay) - reach) >>> 63;
      long side = dx * (y - ay) - reach;
      long here = ~side >>> 63;
      long crossedBelow = (turns >>> 30 & 1) & ((turns >>> 31) ^ foot);
      long spans = ~((long) x - ax | (long) bx - 1 - x) >>> 63;
      long crossedAbove = spans & (foot ^ here);
      covering ^= turns & TURNS & -(int) (crossedBelow ^ crossedAbove);
      if (side == 0 && x >= ax && x <= bx && y >= Math.min(ay, by) && y <= Math.max(ay, by)) {
        on |= turns & TURNS;
      }
    }
    return tables[table + (covering | on)];
  }
}
