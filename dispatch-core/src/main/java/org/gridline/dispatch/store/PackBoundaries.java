package org.gridline.dispatch.store;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.gridline.dispatch.city.CityPack;
import org.gridline.dispatch.ground.AreaOverlay;
import org.gridline.dispatch.ground.BoundaryVersion;
import org.gridline.dispatch.ground.BoundaryVersion.Origin;
import org.gridline.dispatch.ground.BoundaryVersions.Activation;
import org.gridline.dispatch.ground.BoundaryVersions.Deed;
import org.gridline.dispatch.ground.BoundaryVersions.Lineage;
import org.gridline.dispatch.ground.BoundaryVersions.Staging;
import org.gridline.dispatch.ground.Heritage;
import org.gridline.dispatch.ground.LayerNote;
import org.gridline.dispatch.ground.Patience;
import org.gridline.gis.boundary.Boundaries;
import org.gridline.gis.boundary.Layer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes over what a pack says about the ground: files that changed since the last start are a new
 * version, valid from now. Files that are as they were say nothing, so what was imported since
 * holds on.
 */
final class PackBoundaries {
  private static final int MOST_ROUNDS = 10;

  /** A start that takes longer than this will hardly end; it fails with a word about why. */
  private static final Duration COMPARING = Duration.ofMinutes(10);

  private static final Logger LOG = LoggerFactory.getLogger(PackBoundaries.class);

  private static final String LAST =
      """
      SELECT pack_hash, version, layers FROM boundary_version
       WHERE origin = 'PACK' AND activated_at IS NOT NULL ORDER BY serial DESC LIMIT 1
      """;

  private static final String NAMED = "SELECT count(*) FROM boundary_version WHERE pack_hash = $1";

  private static final String NOTE_LAYERS =
      "UPDATE boundary_version SET layers = $2 WHERE version = $1 AND layers = '[]'";

  private final Sql sql;
  private final PgBoundaries versions;
  private final CityPack pack;

  PackBoundaries(Sql sql, PgBoundaries versions, CityPack pack) {
    this.sql = sql;
    this.versions = versions;
    this.pack = pack;
  }

  /** Does nothing when the pack is known; an interrupted load is completed the next time. */
  void keep(Instant now) {
    for (int round = 0; round < MOST_ROUNDS; round++) {
      // The tip comes first: if another node takes the pack over from here on, this tip is not the
      // end of the chain any more, and what stands on it is not activated a second time.
      Optional<BoundaryVersion> tip = versions.findTip();
      Iterator<Row> last = sql.read(LAST, Tuple.tuple()).iterator();
      Optional<Row> known = last.hasNext() ? Optional.of(last.next()) : Optional.empty();
      if (known.filter(r -> r.getString(0).equals(pack.boundaryVersion())).isPresent()) {
        // A version from before layers were noted.
        if (known.get().getString(2).equals("[]"))
          sql.write(
              NOTE_LAYERS,
              Tuple.of(known.get().getString(1), BoundaryRows.write(pack.layerNotes())));
        return;
      }
      if (take(tip, now)) return;
      // Another node took it meanwhile, or the chain grew: look again.
    }
    throw new IllegalStateException("the boundaries of the pack could not be taken over");
  }

  private boolean take(Optional<BoundaryVersion> tip, Instant now) {
    // A plan stands on the ground that the pack has just changed; it would undo the change.
    if (tip.filter(t -> t.validFrom().orElse(now).isAfter(now)).isPresent()) {
      String planned = tip.get().version();
      LOG.warn("planned boundaries version={} withdrawn: the pack's files have changed", planned);
      versions.withdraw(planned, new Deed(Optional.empty(), now, "the pack's files have changed"));
      return false;
    }
    String version = name();
    // Left behind by a start that was interrupted before others changed the ground.
    versions
        .find(version)
        .filter(left -> !left.base().equals(tip.map(BoundaryVersion::version)))
        .ifPresent(left -> versions.drop(left.version()));
    Lineage lineage = lineage(tip);
    List<LayerNote> layers = pack.layerNotes();
    boolean staged =
        versions.stage(
            new Staging(
                version,
                Origin.PACK,
                Optional.of(pack.boundaryVersion()),
                tip.map(BoundaryVersion::version),
                "",
                layers),
            pack.boundaries(),
            lineage,
            percent -> {});
    return staged
        && versions.activate(
            new Activation(version, now, Optional.empty(), new Deed(Optional.empty(), now, "")));
  }

  /** The hash of the files, or with a number when they had been so before and changed back. */
  private String name() {
    String hash = pack.boundaryVersion();
    Optional<BoundaryVersion> same = versions.find(hash);
    if (same.isEmpty() || same.get().activatedAt().isEmpty()) return hash;
    long times = sql.read(NAMED, Tuple.of(hash)).iterator().next().getLong(0);
    return hash + "-" + (times + 1);
  }

  /** Before the first version there is nothing, so all its codes begin with it. */
  private Lineage lineage(Optional<BoundaryVersion> base) {
    Boundaries fresh = pack.boundaries();
    List<Heritage> heritage = new ArrayList<>();
    Set<String> begun = new HashSet<>();
    if (base.isEmpty()) {
      fresh.areas().forEach(area -> begun.add(area.code()));
      return new Lineage(heritage, begun);
    }
    Boundaries before = versions.load(base.get());
    Patience patience = Patience.of(COMPARING);
    for (Layer layer : fresh.layers()) {
      AreaOverlay.Found found =
          AreaOverlay.compare(
              layer.id(), before.list(layer.id()), fresh.list(layer.id()), patience);
      heritage.addAll(found.heritage());
      begun.addAll(found.begun());
    }
    return new Lineage(heritage, begun);
  }
}
