package org.gridline.gis.lookup;

/** How far a lookup can be trusted; the strongest reason for doubt wins, from the last to first. */
public enum PlaceFlag {
  /** Inside, and surely on this side of the boundary. */
  OK("ok"),
  /** Inside, but a boundary of the finest layer that has an area here is within the uncertainty. */
  EDGE("edge"),
  /** In no area of any layer. */
  OUTSIDE("outside"),
  /**
   * The numbers look like a default or a placeholder (areas are given still), or they are outside
   * as said but inside when read another way.
   */
  SUSPECT("suspect");

  private final String spelling;

  PlaceFlag(String spelling) {
    this.spelling = spelling;
  }

  /** The spelling in the API. */
  public String spelling() {
    return spelling;
  }
}
