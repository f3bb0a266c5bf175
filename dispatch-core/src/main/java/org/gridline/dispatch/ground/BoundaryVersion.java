package org.gridline.dispatch.ground;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * All layers of the city as they hold from some moment on.
 *
 * @param serial rises with every version that was ever begun
 * @param base the version that it stands on; absent for the first
 * @param validFrom absent until it is activated; may lie in the future
 * @param withdrawnAt since when it holds no more, for one that was taken back
 * @param activatedBy id of the user who activated it; absent for a pack's own
 * @param layers coarse to fine
 * @param areas how many areas it has
 */
public record BoundaryVersion(
    String version,
    long serial,
    State state,
    Origin origin,
    Optional<String> base,
    Optional<Instant> validFrom,
    Optional<Instant> activatedAt,
    Optional<Instant> withdrawnAt,
    Optional<Long> activatedBy,
    String note,
    List<LayerNote> layers,
    int areas) {
  public BoundaryVersion {
    layers = List.copyOf(layers);
  }

  /** How far it has come. */
  public enum State {
    /** Being written; nobody sees it. */
    STAGING,
    /** Complete, not decided on. */
    STAGED,
    /** Holds from its valid-from on, until the next one does. */
    ACTIVE,
    /** Was taken back. */
    WITHDRAWN
  }

  /** Where it came from. */
  public enum Origin {
    PACK,
    IMPORT
  }
}
