package org.gridline.gis.owner;

/** Outlines of so many long edges that no grid of bounded size holds them. */
public final class TooManyEdges extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TooManyEdges(int edges) {
    super(
        "their "
            + edges
            + " edges cross each other's neighbourhood too often to be looked up in bounded memory"
            + " · 长而密的边过多，无法建立索引");
  }
}
