package org.gridline.dispatch.place;

/**
 * Boundaries cut into the squares of a web map (Web Mercator, XYZ scheme, 0/0 in the north-west).
 * Called on virtual threads; waits for the database, at most a bounded time, and then fails with
 * {@code unavailable}.
 */
public interface GroundTiles {
  /** Deeper squares are smaller than a centimetre's share of a screen. */
  int MOST_ZOOM = 22;

  /**
   * One square as a Mapbox Vector Tile 2.1, not packed: the areas as polygons in a layer of the
   * layer's name, and the points where their names stand in one called {@code NAME-labels}. The
   * same square always has the same bytes.
   *
   * @return no bytes when nothing lies in it
   */
  byte[] cut(Tile tile);

  /** Whether these boundaries ever held; those that are only prepared may still change. */
  boolean held(String version);

  /** Which square of which layer. */
  record Tile(String version, String layer, int zoom, int x, int y) {
    /**
     * @throws IllegalArgumentException when there is no such square
     */
    public Tile {
      if (zoom < 0 || zoom > MOST_ZOOM) {
        throw new IllegalArgumentException("zoom is 0 to " + MOST_ZOOM);
      }
      int squares = 1 << zoom;
      if (x < 0 || x >= squares || y < 0 || y >= squares) {
        throw new IllegalArgumentException("x and y are 0 to " + (squares - 1) + " at this zoom");
      }
    }
  }
}
