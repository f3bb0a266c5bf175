package org.gridline.dispatch.store;

import java.sql.SQLException;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.postgresql.copy.CopyOut;

/**
 * The rows of one {@code COPY … TO STDOUT (FORMAT binary)}, one after the other. The server sends
 * no faster than they are read, so memory does not grow. Used by one thread.
 */
final class CopyRows {
  private static final byte[] SIGNATURE = {
    'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xFF, '\r', '\n', 0
  };

  /** Signature, flags and the length of an extension that no release has. */
  private static final int HEADER = SIGNATURE.length + 8;

  private final CopyOut copy;
  private final int columns;
  private boolean begun;
  private boolean ended;
  private Optional<CopyRow> next = Optional.empty();

  CopyRows(CopyOut copy, int columns) {
    this.copy = copy;
    this.columns = columns;
  }

  /** Reads on to the next row; false at the end. */
  boolean advance() {
    if (ended) return false;
    try {
      byte[] message = copy.readFromCopy();
      int at = 0;
      if (message != null && !begun) {
        begun = true;
        at = HEADER;
      }
      boolean row = message != null && message.length > at + 2;
      next = row ? Optional.of(CopyRow.read(message, at, columns)) : Optional.empty();
      // Whatever follows the trailer must be read too, or the connection is not free.
      boolean trailing = !row && message != null;
      while (trailing) trailing = copy.readFromCopy() != null;
      ended = !row;
      return row;
    } catch (SQLException e) {
      throw LogSnapshot.trouble(e);
    }
  }

  /** The row that {@link #advance} came to. */
  CopyRow row() {
    return next.orElseThrow(NoSuchElementException::new);
  }
}
