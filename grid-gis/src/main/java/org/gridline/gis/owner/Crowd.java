package org.gridline.gis.owner;

/**
 * A cell too small to divide further where too many areas meet, or whose edges reach too far for
 * the short form. Asks every edge that matters, on whole numbers of any size.
 *
 * @param edges the edges of the cell
 * @param corner areas at the cell's lower left corner
 */
record Crowd(Edges all, int[] edges, AreaSet corner, long left, long bottom, Owners owners) {
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
