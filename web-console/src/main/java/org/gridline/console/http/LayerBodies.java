package org.gridline.console.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.gridline.console.view.BoundaryGeoJson;
import org.gridline.dispatch.ground.GroundSnapshot;

/** Layers as they are sent, kept for those that were asked for last. Thread-safe. */
final class LayerBodies {
  /** A layer of 10,000 areas is some megabytes. */
  private static final int MOST = 16;

  private record Key(String version, String layer) {}

  private final Map<Key, Gzip> kept = new LinkedHashMap<>(16, 0.75f, true);

  /** The layer as GeoJSON; empty for a layer that this version has not. */
  Optional<Gzip> find(GroundSnapshot ground, String layer) {
    if (ground.layers().stream().noneMatch(l -> l.id().equals(layer))) return Optional.empty();
    Key key = new Key(ground.version(), layer);
    synchronized (kept) {
      Gzip known = kept.get(key);
      if (known != null) return Optional.of(known);
    }
    // Two who ask at once make it twice, rather than one waiting for the other under a lock.
    Gzip made =
        Worker.run(
            () ->
                Gzip.of(
                    "application/geo+json",
                    BoundaryGeoJson.write(ground.boundaries(), layer),
                    true));
    synchronized (kept) {
      kept.put(key, made);
      if (kept.size() > MOST) kept.remove(kept.keySet().iterator().next());
    }
    return Optional.of(made);
  }
}
