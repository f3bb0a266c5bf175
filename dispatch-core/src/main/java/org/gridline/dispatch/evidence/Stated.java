package org.gridline.dispatch.evidence;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.gridline.gis.position.Position;

/**
 * What a file says about itself. A device may be wrong and a file may be edited, so it is kept as
 * stated and never taken for proof.
 *
 * @param takenAt by the device's clock
 * @param offset of that clock, where it says so
 */
public record Stated(
    Optional<LocalDateTime> takenAt, Optional<ZoneOffset> offset, Optional<Position> position) {
  public static Stated nothing() {
    return new Stated(Optional.empty(), Optional.empty(), Optional.empty());
  }
}
