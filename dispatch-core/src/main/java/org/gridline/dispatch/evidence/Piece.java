package org.gridline.dispatch.evidence;

import java.time.Instant;
import java.util.Optional;
import org.gridline.gis.position.Position;

/**
 * One file that arrived whole.
 *
 * @param sha256 of its bytes as they came, hexadecimal
 */
public record Piece(
    long id, String sha256, long bytes, Finding finding, Told told, long uploader, Instant at) {
  /** Bytes of each part but the last, which may be shorter. */
  public static final int PART = 1 << 20;

  public Piece {
    if (!sha256.matches("[0-9a-f]{64}")) throw new IllegalArgumentException("no SHA-256");
  }

  public MediaType type() {
    return finding.type();
  }

  /**
   * Where it was made, as far as anybody says: the picture's own word goes before that of the
   * device that sent it, which may be back at an office by then.
   */
  public Optional<Position> position() {
    return finding.stated().position().or(told::position);
  }

  /** How many parts it has. */
  public int parts() {
    return (int) ((bytes + PART - 1) / PART);
  }
}
