package org.gridline.dispatch.evidence;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import org.gridline.gis.position.Position;

/**
 * What the sender's device says beside the file: where it is while it sends.
 *
 * @param accuracyMetres radius within which the position is true
 * @param takenAt when the sender says that it was made
 */
public record Told(
    Optional<Position> position, OptionalDouble accuracyMetres, Optional<Instant> takenAt) {
  public static Told nothing() {
    return new Told(Optional.empty(), OptionalDouble.empty(), Optional.empty());
  }
}
