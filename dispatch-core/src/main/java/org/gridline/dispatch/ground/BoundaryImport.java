package org.gridline.dispatch.ground;

import java.time.Instant;
import java.util.Optional;

/**
 * An upload on its way to a version.
 *
 * @param wishes what was asked for, as JSON of the console's spelling
 * @param fileName as it was called where it came from, made harmless; only for people
 * @param version the staged version, once there is one
 * @param validFrom once it is activated
 * @param findings a JSON list of the console's spelling
 * @param changes a JSON object of the console's spelling: what would change
 * @param problem why it went no further, for people
 */
public record BoundaryImport(
    long id,
    State state,
    int percent,
    String layer,
    String wishes,
    String fileName,
    long bytes,
    String sha256,
    long user,
    Instant createdAt,
    Optional<String> version,
    Optional<Instant> validFrom,
    String findings,
    Optional<String> changes,
    Optional<String> problem) {

  /** How far it has come. */
  public enum State {
    RECEIVED,
    CHECKING,
    STAGING,
    COMPARING,
    /** Staged and compared; somebody has to decide. */
    READY,
    /**
     * Was ready, but what it was compared with is no longer the newest; it has to be done again.
     */
    STALE,
    /** The file can't be used; findings say why. */
    REFUSED,
    /** Something of ours went wrong, or the server was stopped; nothing was left behind. */
    FAILED,
    ACTIVATED,
    DISCARDED;

    /** Whether work goes on. */
    public boolean running() {
      return switch (this) {
        case RECEIVED, CHECKING, STAGING, COMPARING -> true;
        case READY, STALE, REFUSED, FAILED, ACTIVATED, DISCARDED -> false;
      };
    }
  }
}
