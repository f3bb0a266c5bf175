package org.gridline.console.map;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.gridline.console.http.Gzip;
import org.gridline.dispatch.place.GroundTiles.Tile;

/**
 * Tiles that were asked for lately; what was not asked for longest goes first. The tile names its
 * version, so nothing here is ever out of date. Thread-safe; nobody waits under the lock.
 */
final class TileCache {
  /** What an empty tile costs: the entry itself. */
  private static final int ENTRY_BYTES = 200;

  private final long mostBytes;
  private final Map<Tile, Optional<Gzip>> tiles = new LinkedHashMap<>(16, 0.75f, true);
  private long bytes;

  TileCache(long mostBytes) {
    this.mostBytes = mostBytes;
  }

  /** The tile; inside it nothing where the tile is empty, outside where it is not known. */
  synchronized Optional<Optional<Gzip>> find(Tile tile) {
    return Optional.ofNullable(tiles.get(tile));
  }

  synchronized void keep(Tile tile, Optional<Gzip> body) {
    Optional<Gzip> before = tiles.put(tile, body);
    if (before != null) bytes -= size(before);
    bytes += size(body);
    var oldest = tiles.values().iterator();
    while (bytes > mostBytes && oldest.hasNext()) {
      bytes -= size(oldest.next());
      oldest.remove();
    }
  }

  synchronized long bytes() {
    return bytes;
  }

  private static int size(Optional<Gzip> body) {
    return ENTRY_BYTES + body.map(Gzip::bytes).orElse(0);
  }
}
