package org.gridline.gis.owner;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes the cells that hold edges. */
final class Slots {
  /** A chain of so many edges is not slower than one more level. */
  private static final int SHORT_CHAIN = 2;

  /** Tables have 2^n words; a division separates most areas before this is reached. */
  private static final int MOST_AREAS = 8;

  /**
   * Edges that run beside each other, closer than any cell is wide, would be divided for ever.
   * Three levels bring a cell of 25 metres down to 40 centimetres.
   */
  static final int MOST_LEVELS = 3;

  private static final int REACH = 1 << 30;
  private static final int MOST_SHIFT = 29;

  private record TableKey(List<Integer> areas, List<Integer> background) {}

  private final Edges edges;
  private final Owners owners;
  private final Extent extent;
  private final Words words = new Words();
  private final Words tables = new Words();
  private final Map<TableKey, Integer> tableAt = new HashMap<>();
  private final List<Crowd> crowds = new ArrayList<>();
  private final int levels;
  private final int most;
  private long crowded;

  // The cell of the flat grid that is being written: what positions inside are counted from.
  private long cellX;
  private long cellY;

  /**
   * @param levels how often a cell may be divided, at most {@link #MOST_LEVELS}
   * @param most numbers that may be written
   */
  Slots(Edges edges, Owners owners, Extent extent, int levels, int most) {
    this.edges = edges;
    this.owners = owners;
    this.extent = extent;
    this.levels = levels;
    this.most = most;
  }

  /**
   * @throws TooManyEdges when more would be written than may be
   */
  int entry(long left, long bottom, int[] inside, AreaSet corner) {
    cellX = left;
    cellY = bottom;
    return entry(left, bottom, extent.shift(), inside, corner);
  }

  private int entry(long left, long bottom, int shift, int[] inside, AreaSet corner) {
    if (inside.length == 0) return owners.number(corner);
    if (crowded + words.size() + tables.size() > most) throw new TooManyEdges(edges.size());
    long side = 1L << shift;
    boolean near = near(inside);
    if (near
        && inside.length == 1
        && !edges.endsIn(inside[0], left, bottom, left + side, bottom + side)) {
      return ~(line(inside[0], left, bottom, corner) << 2 | OwnerGrid.LINE);
    }
    AreaSet touched = new AreaSet();
    for (int edge : inside) edges.collect(edge, touched);
    boolean small = inside.length <= SHORT_CHAIN && touched.size() <= MOST_AREAS;
    if (shift >= 2 && shift > extent.shift() - 2 * levels && !(near && small)) {
      return ~(split(left, bottom, shift - 2, inside, corner) << 2 | OwnerGrid.SPLIT);
    }
    if (near && touched.size() <= MOST_AREAS) {
      return ~(chain(left, bottom, inside, touched, corner) << 2 | OwnerGrid.CHAIN);
    }
    crowded += inside.length;
    crowds.add(new Crowd(edges, inside, new AreaSet(corner), left, bottom, owners));
    return ~((crowds.size() - 1) << 2 | OwnerGrid.CROWD);
  }

  /** Whether all ends are so near that sides can be told in 64 bits. */
  private boolean near(int[] inside) {
    if (extent.shift() > MOST_SHIFT) return false;
    for (int edge : inside) {
      if (!(reaches(edges.ax(edge) - cellX)
          && reaches(edges.ay(edge) - cellY)
          && reaches(edges.bx(edge) - cellX)
          && reaches(edges.by(edge) - cellY))) {
        return false;
      }
    }
    return true;
  }

  private static boolean reaches(long distance) {
    return distance < REACH && distance > -REACH;
  }

  private int line(int edge, long left, long bottom, AreaSet corner) {
    AreaSet across = new AreaSet(corner);
    edges.toggle(edge, across);
    AreaSet on = new AreaSet(corner);
    edges.collect(edge, on);
    boolean cornerLeft = edges.leftOf(edge, left, bottom);
    int slot = words.size();
    ends(edge);
    // Numbers are chosen, not sets: JDK 25.0.3's compiler loses `cornerLeft ? across : corner`
    // when it does away with one of the two objects (NullPointerException in number).
    int here = owners.number(corner);
    int there = owners.number(across);
    words.add(cornerLeft ? there : here);
    words.add(cornerLeft ? here : there);
    words.add(owners.number(on));
    return slot;
  }

  private void ends(int edge) {
    words.add((int) (edges.ax(edge) - cellX));
    words.add((int) (edges.ay(edge) - cellY));
    words.add((int) (edges.bx(edge) - cellX));
    words.add((int) (edges.by(edge) - cellY));
  }

  private int chain(long left, long bottom, int[] inside, AreaSet touched, AreaSet corner) {
    int covering = 0;
    for (int i = 0; i < touched.size(); i++) {
      if (corner.find(touched.get(i)) >= 0) covering |= 1 << i;
    }
    int table = table(touched, corner);
    int slot = words.size();
    words.add((int) (bottom - cellY));
    words.add(covering);
    words.add(table);
    words.add(inside.length);
    for (int edge : inside) {
      ends(edge);
      AreaSet turned = new AreaSet();
      edges.collect(edge, turned);
      int turns = edges.leftOf(edge, left, bottom) ? OwnerGrid.LEFT_OF_CORNER : 0;
      if (edges.spansHeight(edge, bottom)) turns |= OwnerGrid.SPANS_CORNER;
      for (int i = 0; i < turned.size(); i++) turns |= 1 << touched.find(turned.get(i));
      words.add(turns);
    }
    return slot;
  }

  /** The answers for every subset of the touched areas, together with those that only cover. */
  private int table(AreaSet touched, AreaSet corner) {
    AreaSet background = new AreaSet(corner);
    for (int i = 0; i < touched.size(); i++) {
      if (background.find(touched.get(i)) >= 0) background.toggle(touched.get(i));
    }
    return tableAt.computeIfAbsent(
        new TableKey(
            Arrays.stream(touched.array()).boxed().toList(),
            Arrays.stream(background.array()).boxed().toList()),
        fresh -> {
          int at = tables.size();
          for (int subset = 0; subset < 1 << touched.size(); subset++) {
            AreaSet covering = new AreaSet(background);
            for (int i = 0; i < touched.size(); i++) {
              if ((subset >> i & 1) != 0) covering.add(touched.get(i));
            }
            tables.add(owners.number(covering));
          }
          return at;
        });
  }

  private int split(long left, long bottom, int shift, int[] inside, AreaSet corner) {
    long side = 1L << shift;
    int slot = words.size();
    words.add(shift);
    for (int i = 0; i < 16; i++) words.add(0);
    AreaSet start = new AreaSet(corner);
    for (int row = 0; row < 4; row++) {
      long y = bottom + row * side;
      AreaSet covering = new AreaSet(start);
      for (int column = 0; column < 4; column++) {
        long x = left + column * side;
        int[] some = touching(inside, x, y, side);
        int entry = entry(x, y, shift, some, covering);
        words.set(slot + 1 + row * 4 + column, entry);
        for (int edge : some) {
          if (edges.spansHeight(edge, y)
              && edges.leftOf(edge, x, y) != edges.leftOf(edge, x + side, y)) {
            edges.toggle(edge, covering);
          }
        }
      }
      for (int edge : inside) {
        if (edges.spansColumn(edge, left)
            && edges.leftOf(edge, left, y) != edges.leftOf(edge, left, y + side)) {
          edges.toggle(edge, start);
        }
      }
    }
    return slot;
  }

  private int[] touching(int[] inside, long left, long bottom, long side) {
    int[] some = new int[inside.length];
    int count = 0;
    for (int edge : inside) {
      if (edges.touches(edge, left, bottom, left + side, bottom + side)) some[count++] = edge;
    }
    return Arrays.copyOf(some, count);
  }

  OwnerGrid grid(Extent extent, int[] cells) {
    return new OwnerGrid(
        extent.originX(),
        extent.originY(),
        extent.shift(),
        extent.columns(),
        extent.rows(),
        cells,
        words.array(),
        tables.array(),
        crowds.toArray(Crowd[]::new),
        owners);
  }
}
