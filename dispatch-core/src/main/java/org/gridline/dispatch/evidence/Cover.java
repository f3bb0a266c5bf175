package org.gridline.dispatch.evidence;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of a file that only the original shows; whoever downloads it gets other bytes there, so
 * that where and with what it was taken stays with us. The file keeps its length.
 *
 * @param at first byte
 * @param length how many
 * @param with what stands there instead, followed by zeros; at most {@code length} bytes
 */
public record Cover(long at, long length, byte[] with) {
  public Cover {
    if (at < 0 || length < 1 || with.length > length)
      throw new IllegalArgumentException("a cover covers something");
  }

  static Cover zeros(long at, long length) {
    return new Cover(at, length, new byte[0]);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Cover c
        && c.at == at
        && c.length == length
        && Arrays.equals(c.with, with);
  }

  @Override
  public int hashCode() {
    return Long.hashCode(at * 31 + length);
  }

  /**
   * Puts the cover over a part of the file.
   *
   * @param part changed in place
   * @param partAt where the part begins in the file
   */
  public void over(byte[] part, long partAt) {
    long from = Math.max(at, partAt);
    long to = Math.min(at + length, partAt + part.length);
    for (long i = from; i < to; i++) {
      long inside = i - at;
      part[(int) (i - partAt)] = inside < with.length ? with[(int) inside] : 0;
    }
  }
}
