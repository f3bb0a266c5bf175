package org.gridline.dispatch.evidence;

import java.util.Optional;

/**
 * A piece and what it belongs to.
 *
 * @param step absent while nobody has named it
 */
public record Filed(Piece piece, Optional<Step> step) {
  /** The version of a ticket that it came with; 1 is the report itself. */
  public record Step(long ticket, int version) {}
}
