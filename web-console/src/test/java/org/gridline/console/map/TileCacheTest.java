package org.gridline.console.map;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.gridline.console.http.Gzip;
import org.gridline.dispatch.place.GroundTiles.Tile;
import org.junit.jupiter.api.Test;

class TileCacheTest {
  private static final Tile NEVER_ASKED_AGAIN = tile(0);

  private static Tile tile(int x) {
    return new Tile("v1", "street", 20, x, 0);
  }

  private static Optional<Gzip> body(int bytes) {
    return Optional.of(Gzip.of("x", new byte[bytes], false, "t"));
  }

  @Test
  void what_was_not_asked_for_longest_goes_first_and_the_bound_holds() {
    TileCache cache = new TileCache(10_000);
    cache.keep(NEVER_ASKED_AGAIN, body(1_000));
    cache.keep(tile(1), body(1_000));
    for (int x = 2; x < 100; x++) {
      cache.keep(tile(x), body(1_000));
      assertThat(cache.find(tile(1))).isPresent();
      assertThat(cache.bytes()).isLessThanOrEqualTo(10_000);
    }
    assertThat(cache.find(NEVER_ASKED_AGAIN)).isEmpty();
  }

  @Test
  void an_empty_tile_is_known_to_be_empty_and_replacing_counts_once() {
    TileCache cache = new TileCache(10_000);
    cache.keep(tile(1), Optional.empty());
    assertThat(cache.find(tile(1))).contains(Optional.empty());
    cache.keep(tile(1), body(500));
    cache.keep(tile(1), body(500));
    assertThat(cache.bytes()).isEqualTo(700);
    cache.keep(tile(2), body(50_000));
    assertThat(cache.bytes()).as("larger than all that may be kept").isZero();
  }
}
