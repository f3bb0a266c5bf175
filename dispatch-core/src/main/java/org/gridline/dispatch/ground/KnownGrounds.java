package org.gridline.dispatch.ground;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;
import org.gridline.gis.boundary.Boundaries;

/**
 * Makes snapshots of versions, and remembers the last few that were asked for: a day of the past is
 * looked at many times in a row, and what was compared before an import is switched to after it.
 * Thread-safe; makes one at a time, on a thread of its own.
 */
public final class KnownGrounds implements AutoCloseable {
  /** A city of 10,000 areas takes some 50 MB of memory. */
  private static final int MOST = 4;

  private final BoundaryVersions versions;
  private final GroundSnapshot.Settings settings;
  private final ExecutorService maker =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("ground").factory());
  private final Map<String, CompletableFuture<GroundSnapshot>> kept =
      new LinkedHashMap<>(16, 0.75f, true);

  public KnownGrounds(BoundaryVersions versions, GroundSnapshot.Settings settings) {
    this.versions = versions;
    this.settings = settings;
  }

  public GroundSnapshot.Settings settings() {
    return settings;
  }

  /** The version, made now if need be; fails with {@code not_found} when there is none. */
  public CompletableFuture<GroundSnapshot> ask(String version) {
    CompletableFuture<GroundSnapshot> asked;
    synchronized (kept) {
      CompletableFuture<GroundSnapshot> known = kept.get(version);
      if (known != null && !known.isCompletedExceptionally()) return known;
      asked = CompletableFuture.supplyAsync(() -> make(version), maker);
      keep(version, asked);
    }
    return asked;
  }

  /** Remembers one that somebody else made. */
  public void keep(GroundSnapshot made) {
    synchronized (kept) {
      keep(made.version(), CompletableFuture.completedFuture(made));
    }
  }

  private void keep(String version, CompletableFuture<GroundSnapshot> made) {
    kept.put(version, made);
    if (kept.size() > MOST) kept.remove(kept.keySet().iterator().next());
  }

  private GroundSnapshot make(String name) {
    BoundaryVersion version =
        versions
            .find(name)
            .filter(v -> v.state() != BoundaryVersion.State.STAGING)
            .orElseThrow(() -> new Failure(FailureCode.NOT_FOUND, "没有此边界版本 · no such version"));
    Boundaries boundaries = versions.load(version);
    return GroundSnapshot.build(name, notes(version, boundaries), boundaries, settings);
  }

  private static java.util.List<LayerNote> notes(BoundaryVersion version, Boundaries boundaries) {
    return version.layers().isEmpty()
        ? boundaries.layers().stream().map(layer -> LayerNote.bare(layer.id())).toList()
        : version.layers();
  }

  @Override
  public void close() {
    maker.shutdownNow();
  }
}
