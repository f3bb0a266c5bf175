package org.gridline.console.picture;

import java.io.IOException;
import java.util.function.IntFunction;
import javax.imageio.stream.ImageInputStreamImpl;
import org.gridline.dispatch.evidence.Piece;

/** A file of parts as the decoder wants to read it; one part is in memory. */
final class PartsStream extends ImageInputStreamImpl {
  private final long length;
  private final IntFunction<byte[]> parts;
  private int held = -1;
  private byte[] part = {};

  PartsStream(long length, IntFunction<byte[]> parts) {
    this.length = length;
    this.parts = parts;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] to, int at, int most) throws IOException {
    checkClosed();
    bitOffset = 0;
    if (most == 0) return 0;
    if (streamPos >= length) return -1;
    int n = (int) (streamPos / Piece.PART);
    if (n != held) {
      part = parts.apply(n);
      held = n;
    }
    int from = (int) (streamPos % Piece.PART);
    int count = Math.min(most, part.length - from);
    if (count <= 0) throw new IOException("part " + n + " is short");
    System.arraycopy(part, from, to, at, count);
    streamPos += count;
    return count;
  }

  @Override
  public long length() {
    return length;
  }
}
