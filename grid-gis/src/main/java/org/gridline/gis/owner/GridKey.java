package org.gridline.gis.owner;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Everything that decides how a grid comes out, as a SHA-256: the edges in their order, which areas
 * each bounds, where layers end, how large the grid may be, and how this program builds.
 *
 * @param text in hexadecimal digits
 */
record GridKey(String text) {
  /** To be raised with every change of what {@link OwnerGridBuilder} builds; a test holds it. */
  static final int FORMAT = 1;

  static GridKey of(Edges edges, int[] layerEnds, int mostNumbers) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      ByteBuffer head = ByteBuffer.allocate(4 * (3 + layerEnds.length));
      head.putInt(FORMAT).putInt(mostNumbers).putInt(layerEnds.length);
      for (int end : layerEnds) head.putInt(end);
      digest.update(head.flip());
      edges.digest(digest);
      return new GridKey(HexFormat.of().formatHex(digest.digest()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
