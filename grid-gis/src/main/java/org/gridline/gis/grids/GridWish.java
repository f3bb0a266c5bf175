package org.gridline.gis.grids;

/**
 * What grids are wanted.
 *
 * @param squareMetres the size that a grid should have, 100 to 100,000,000
 * @param scrapShare a piece smaller than this share of that size goes to a neighbour; 0 to 0.9
 * @param codes how they are numbered
 * @param plane where a square is a square
 * @param sidePieces a grid's side is drawn in so many pieces, so that grids of that many times
 *     smaller a side, made in the same plane, share their vertices; 1 to 100
 * @param word what one is called in its name: 单元网格
 */
public record GridWish(
    double squareMetres,
    double scrapShare,
    GridCodes codes,
    Plane plane,
    int sidePieces,
    String word) {

  /** About a hectare, as the field has it (万米单元网格). */
  public static final double USUAL_SQUARE_METRES = 10_000;

  public static final double USUAL_SCRAP_SHARE = 0.4;

  public GridWish {
    if (!(squareMetres >= 100 && squareMetres <= 1e8)) {
      throw new IllegalArgumentException(
          "目标面积须在 100 至 100,000,000 ㎡ 之间 · the target area must be 100 to 100,000,000 m², got "
              + squareMetres);
    }
    if (!(scrapShare >= 0 && scrapShare <= 0.9)) {
      throw new IllegalArgumentException(
          "碎块比例须在 0 至 0.9 之间 · the share of scraps must be 0 to 0.9, got " + scrapShare);
    }
    if (sidePieces < 1 || sidePieces > 100) {
      throw new IllegalArgumentException("a side has 1 to 100 pieces, got " + sidePieces);
    }
  }

  double sideMetres() {
    return Math.sqrt(squareMetres);
  }
}
