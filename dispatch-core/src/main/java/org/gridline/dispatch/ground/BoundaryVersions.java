package org.gridline.dispatch.ground;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntConsumer;
import org.gridline.gis.boundary.Boundaries;

/**
 * Keeps the versions of the boundaries. They are a chain: each stands on the one before, and only
 * its end may be added to or taken back. Callers may wait for the database, not on an event loop.
 */
public interface BoundaryVersions {
  /** All that were ever begun, newest first. */
  List<BoundaryVersion> list();

  Optional<BoundaryVersion> find(String version);

  /** The version that holds, held or will hold at a moment, as far as is decided now. */
  Optional<String> findValidAt(Instant at);

  /** The end of the chain, which the next version has to stand on; it may hold only later. */
  Optional<BoundaryVersion> findTip();

  /** The areas of a version. */
  Boundaries load(BoundaryVersion version);

  /** What became of codes in the versions that held up to that moment. */
  Succession succession(Instant now);

  /** What a version changed against the one that it stands on. */
  List<Heritage> listHeritage(String version);

  /**
   * Writes a version down in short transactions. Nobody sees it; an interrupted one can be staged
   * again or dropped.
   *
   * @param percent told now and then, 0 to 100
   * @return false when somebody dropped it, or it began to hold, meanwhile
   */
  boolean stage(Staging staging, Boundaries boundaries, Lineage lineage, IntConsumer percent);

  /**
   * Makes a staged version the end of the chain, in one statement.
   *
   * @return false when the chain has grown meanwhile or ends in the future after {@code validFrom}
   */
  boolean activate(Activation activation);

  /**
   * Takes the end of the chain back: the version before holds again.
   *
   * @return false when it is not the end of the chain, or nothing stands before it
   */
  boolean withdraw(String version, Deed deed);

  /** Deletes what was staged and never activated, in short transactions. */
  void drop(String version);

  /**
   * Deletes areas whose version is not there any more: of a drop that was interrupted, or of two
   * servers that worked on the same; in short transactions.
   */
  void dropOrphans();

  /** Everything that was done, newest first. */
  List<Logged> listLog(int most);

  /** A version to be. */
  record Staging(
      String version,
      BoundaryVersion.Origin origin,
      Optional<String> packHash,
      Optional<String> base,
      String note,
      List<LayerNote> layers) {
    public Staging {
      layers = List.copyOf(layers);
    }
  }

  /**
   * How a version came of the one before.
   *
   * @param begun codes that mean other ground than there, or were not there
   */
  record Lineage(List<Heritage> heritage, Set<String> begun) {
    public Lineage {
      heritage = List.copyOf(heritage);
      begun = Set.copyOf(begun);
    }
  }

  /**
   * A decision.
   *
   * @param importId the import whose version it is
   */
  record Activation(String version, Instant validFrom, Optional<Long> importId, Deed deed) {}

  /** Who did it when, and why; nobody for what follows from a pack. */
  record Deed(Optional<Long> user, Instant at, String note) {}

  /** A line of the append-only log. */
  record Logged(
      Instant at,
      String kind,
      Optional<Long> user,
      Optional<Long> importId,
      Optional<String> version,
      String note) {}
}
