package org.gridline.gis.owner;

import java.util.Arrays;

/**
 * All edges of all areas on the lattice, each once, however many areas it bounds.
 *
 * <p>An edge runs from left to right; a vertical one runs down. So the half plane on its left hand,
 * closed, is what {@link #leftOf} says of a point moved up and right by less than a step, the
 * upward move being the larger one. That one rule decides all ties, as in Simulation of Simplicity
 * (Edelsbrunner and Mücke 1990).
 */
final class Edges {
  private static final int NONE = -1;

  private long[] ax = new long[1024];
  private long[] ay = new long[1024];
  private long[] bx = new long[1024];
  private long[] by = new long[1024];
  private int[] firstBound = new int[1024];
  private int size;

  // Which areas an edge bounds, as chains.
  private int[] boundArea = new int[1024];
  private int[] nextBound = new int[1024];
  private int bounds;

  // Open addressing: edge number + 1, 0 for free.
  private int[] places = new int[4096];

  /** All that was added, so that other edges, or in another order, give another key. */
  void tell(GridKey key) {
    for (int edge = 0; edge < size; edge++) {
      key.add(ax[edge]);
      key.add(ay[edge]);
      key.add(bx[edge]);
      key.add(by[edge]);
      for (int b = firstBound[edge]; b != NONE; b = nextBound[b]) key.add(boundArea[b]);
      key.add(NONE);
    }
  }

  int size() {
    return size;
  }

  /**
   * Adds one edge of an area's outline. The same edge twice in one area is a hairline without
   * ground: both fall out.
   */
  void add(int area, long fromX, long fromY, long toX, long toY) {
    if (fromX == toX && fromY == toY) return;
    boolean turn = fromX > toX || (fromX == toX && fromY < toY);
    int edge = turn ? number(toX, toY, fromX, fromY) : number(fromX, fromY, toX, toY);
    int before = NONE;
    for (int b = firstBound[edge]; b != NONE; before = b, b = nextBound[b]) {
      if (boundArea[b] == area) {
        if (before == NONE) firstBound[edge] = nextBound[b];
        else nextBound[before] = nextBound[b];
        return;
      }
    }
    if (bounds == boundArea.length) {
      boundArea = Arrays.copyOf(boundArea, bounds * 2);
      nextBound = Arrays.copyOf(nextBound, bounds * 2);
    }
    boundArea[bounds] = area;
    nextBound[bounds] = firstBound[edge];
    firstBound[edge] = bounds++;
  }

  private int number(long fromX, long fromY, long toX, long toY) {
    if (2 * (size + 1) > places.length) spread();
    int at = hash(fromX, fromY, toX, toY) & (places.length - 1);
    while (places[at] != 0) {
      int edge = places[at] - 1;
      if (ax[edge] == fromX && ay[edge] == fromY && bx[edge] == toX && by[edge] == toY) return edge;
      at = (at + 1) & (places.length - 1);
    }
    if (size == ax.length) grow();
    ax[size] = fromX;
    ay[size] = fromY;
    bx[size] = toX;
    by[size] = toY;
    firstBound[size] = NONE;
    places[at] = size + 1;
    return size++;
  }

  private void grow() {
    ax = Arrays.copyOf(ax, size * 2);
    ay = Arrays.copyOf(ay, size * 2);
    bx = Arrays.copyOf(bx, size * 2);
    by = Arrays.copyOf(by, size * 2);
    firstBound = Arrays.copyOf(firstBound, size * 2);
  }

  private void spread() {
    int[] wider = new int[places.length * 2];
    for (int edge = 0; edge < size; edge++) {
      int at = hash(ax[edge], ay[edge], bx[edge], by[edge]) & (wider.length - 1);
      while (wider[at] != 0) at = (at + 1) & (wider.length - 1);
      wider[at] = edge + 1;
    }
    places = wider;
  }

  private static int hash(long fromX, long fromY, long toX, long toY) {
    long mixed = fromX * 0x9E3779B97F4A7C15L + fromY;
    mixed = (mixed ^ (mixed >>> 29)) * 0xBF58476D1CE4E5B9L + toX;
    mixed = (mixed ^ (mixed >>> 32)) * 0x94D049BB133111EBL + toY;
    return (int) (mixed ^ (mixed >>> 31));
  }

  long ax(int edge) {
    return ax[edge];
  }

  long ay(int edge) {
    return ay[edge];
  }

  long bx(int edge) {
    return bx[edge];
  }

  long by(int edge) {
    return by[edge];
  }

  long lowest(int edge) {
    return Math.min(ay[edge], by[edge]);
  }

  long highest(int edge) {
    return Math.max(ay[edge], by[edge]);
  }

  /** False for a hairline: it bounds nothing. */
  boolean bounding(int edge) {
    return firstBound[edge] != NONE;
  }

  /** The areas that an edge bounds go into or out of a set. */
  void toggle(int edge, AreaSet areas) {
    for (int b = firstBound[edge]; b != NONE; b = nextBound[b]) areas.toggle(boundArea[b]);
  }

  /** Adds the areas that an edge bounds. */
  void collect(int edge, AreaSet areas) {
    for (int b = firstBound[edge]; b != NONE; b = nextBound[b]) areas.add(boundArea[b]);
  }

  /** Whether a point, moved a little up and right, lies on the left hand of the edge's line. */
  boolean leftOf(int edge, long x, long y) {
    return Exact.cross(bx[edge] - ax[edge], by[edge] - ay[edge], x - ax[edge], y - ay[edge]) >= 0;
  }

  /** Whether the edge crosses the horizontal line a little above {@code y}. */
  boolean spansHeight(int edge, long y) {
    return lowest(edge) <= y && y < highest(edge);
  }

  /** Whether the edge crosses the vertical line a little right of {@code x}. */
  boolean spansColumn(int edge, long x) {
    return ax[edge] <= x && x < bx[edge];
  }

  /** Whether the edge has a point in a closed box. */
  boolean touches(int edge, long left, long bottom, long right, long top) {
    if (bx[edge] < left || ax[edge] > right || highest(edge) < bottom || lowest(edge) > top) {
      return false;
    }
    // All corners strictly on one side: the line misses the box.
    int a = side(edge, left, bottom);
    int b = side(edge, right, bottom);
    int c = side(edge, left, top);
    int d = side(edge, right, top);
    return !((a > 0 && b > 0 && c > 0 && d > 0) || (a < 0 && b < 0 && c < 0 && d < 0));
  }

  /** Whether one of the ends lies in a closed box. */
  boolean endsIn(int edge, long left, long bottom, long right, long top) {
    return in(ax[edge], ay[edge], left, bottom, right, top)
        || in(bx[edge], by[edge], left, bottom, right, top);
  }

  private static boolean in(long x, long y, long left, long bottom, long right, long top) {
    return x >= left && x <= right && y >= bottom && y <= top;
  }

  private int side(int edge, long x, long y) {
    return Long.signum(
        Exact.cross(bx[edge] - ax[edge], by[edge] - ay[edge], x - ax[edge], y - ay[edge]));
  }
}
