package org.gridline.gis.owner;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A cell too small to divide further where too many areas meet, or whose edges reach too far for
 * the short form. Asks every edge that matters, on whole numbers of any size.
 *
 * @param edges the edges of the cell
 * @param corner areas at the cell's lower left corner
 */
record Crowd(Edges all, int[] edges, AreaSet corner, long left, long bottom, Owners owners) {
  void write(Words to) {
    to.addRow(edges);
    to.addRow(corner.array());
    to.addWide(left);
    to.addWide(bottom);
  }

  /** All that were written one behind the other. */
  static Crowd[] read(int[] words, Edges all, Owners owners) {
    List<Crowd> crowds = new ArrayList<>();
    for (int at = 0; at < words.length; ) {
      int[] edges = Arrays.copyOfRange(words, at + 1, at + 1 + words[at]);
      at += 1 + edges.length;
      int[] corner = Arrays.copyOfRange(words, at + 1, at + 1 + words[at]);
      at += 1 + corner.length;
      long left = Words.wide(words[at], words[at + 1]);
      long bottom = Words.wide(words[at + 2], words[at + 3]);
      at += 4;
      crowds.add(new Crowd(all, edges, AreaSet.of(corner), left, bottom, owners));
    }
    return crowds.toArray(Crowd[]::new);
  }

  /** Never called in usual data, so it may take its time. */
  int find(long x, long y) {
    AreaSet covering = new AreaSet(corner);
    AreaSet on = new AreaSet();
    for (int edge : edges) {
      boolean foot = all.leftOf(edge, x, bottom);
      boolean below = all.spansHeight(edge, bottom) && all.leftOf(edge, left, bottom) != foot;
      boolean above = all.spansColumn(edge, x) && all.leftOf(edge, x, y) != foot;
      if (below != above) all.toggle(edge, covering);
      if (all.touches(edge, x, y, x, y)) all.collect(edge, on);
    }
    for (int i = 0; i < on.size(); i++) covering.add(on.get(i));
    return owners.number(covering);
  }
}
