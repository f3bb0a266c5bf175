package org.gridline.gis.owner;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Everything that decides how a grid comes out, as a SHA-256: how this program builds, and whatever
 * numbers are added. For one thread.
 */
final class GridKey {
  /** To be raised with every change of what {@link OwnerGridBuilder} builds; a test holds it. */
  static final int FORMAT = 1;

  private final MessageDigest digest;
  private final byte[] some = new byte[1 << 16];
  private int size;

  GridKey() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
    add(FORMAT);
  }

  void add(long number) {
    if (size + Long.BYTES > some.length) flush();
    for (int bits = 0; bits < Long.SIZE; bits += Byte.SIZE) some[size++] = (byte) (number >>> bits);
  }

  /** In hexadecimal digits; once. */
  String text() {
    flush();
    return HexFormat.of().formatHex(digest.digest());
  }

  private void flush() {
    digest.update(some, 0, size);
    size = 0;
  }
}
