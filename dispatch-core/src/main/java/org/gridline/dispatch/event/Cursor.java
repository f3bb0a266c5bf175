package org.gridline.dispatch.event;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A position in the log of one epoch; after a restore the epoch changes and old cursors get a
 * snapshot.
 *
 * @param seq the last position read, 0 for none
 */
public record Cursor(long seq, String epoch) {
  private static final Pattern TEXT = Pattern.compile("(\\d{1,18})(?:@([0-9a-f-]{1,40}))?");

  /** {@code SEQ@EPOCH}. */
  public String text() {
    return seq + "@" + epoch;
  }

  /** Reads {@code SEQ} (in the given epoch) or {@code SEQ@EPOCH}; empty for anything else. */
  public static Optional<Cursor> parse(String text, String currentEpoch) {
    Matcher m = TEXT.matcher(text);
    if (!m.matches()) return Optional.empty();
    return Optional.of(
        new Cursor(
            Long.parseLong(m.group(1)), Optional.ofNullable(m.group(2)).orElse(currentEpoch)));
  }
}
