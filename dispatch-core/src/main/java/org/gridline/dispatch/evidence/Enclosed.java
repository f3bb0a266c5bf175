package org.gridline.dispatch.evidence;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What goes with a step, checked: the step's event names each piece by its hash.
 *
 * @param waived what was missing and let pass for a stated reason
 * @param reason in clear, to be kept with the step's words; empty when nothing was waived
 */
public record Enclosed(List<Piece> pieces, Optional<Lack> waived, String reason) {
  public Enclosed {
    pieces = List.copyOf(pieces);
  }

  /** What of the wanted evidence is not there. */
  public enum Lack {
    PHOTO,
    POSITION,
    NEARNESS;

    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public static Enclosed nothing() {
    return new Enclosed(List.of(), Optional.empty(), "");
  }

  public boolean isNothing() {
    return pieces.isEmpty() && waived.isEmpty();
  }

  public List<Long> ids() {
    return pieces.stream().map(Piece::id).toList();
  }

  /** In the order in which they were named. */
  public List<String> hashes() {
    return pieces.stream().map(Piece::sha256).toList();
  }

  /** The words of a step with the reason of an exception behind them. */
  public String with(String words) {
    if (reason.isEmpty()) return words;
    String exception = "照片例外 · photo exception: " + reason;
    return words.isEmpty() ? exception : words + "\n" + exception;
  }
}
