package org.gridline.gis.boundary;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** The bytes of a file, unpacked when they are gzip; never more than allowed. */
final class BoundaryBytes extends FilterInputStream {
  private static final int BUFFER = 1 << 16;
  private static final int GZIP_FIRST = 0x1f;
  private static final int GZIP_SECOND = 0x8b;

  private final long most;
  private long seen;

  private BoundaryBytes(InputStream in, long most) {
    super(in);
    this.most = most;
  }

  /** What a file is packed in is told by its first bytes, not by its name. */
  static InputStream open(Path file, long most) throws IOException {
    if (Files.size(file) > most) {
      throw tooBig(most);
    }
    InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER);
    try {
      in.mark(2);
      boolean packed = in.read() == GZIP_FIRST && in.read() == GZIP_SECOND;
      in.reset();
      return new BoundaryBytes(packed ? new GZIPInputStream(in, BUFFER) : in, most);
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  /** The bytes of something already opened; never more than allowed. */
  static InputStream limited(InputStream in, long most) {
    return new BoundaryBytes(new BufferedInputStream(in, BUFFER), most);
  }

  static BadFile tooBig(long most) {
    return new BadFile(
        Finding.Code.TOO_BIG,
        "packed or not, its content is more than the "
            + (most >> 20)
            + " MiB allowed · 内容(解压后)超过 "
            + (most >> 20)
            + " MiB");
  }

  @Override
  public int read() throws IOException {
    int next = super.read();
    count(next < 0 ? 0 : 1);
    return next;
  }

  @Override
  public int read(byte[] into, int from, int length) throws IOException {
    int read = super.read(into, from, length);
    count(Math.max(0, read));
    return read;
  }

  @Override
  public long skip(long bytes) throws IOException {
    // Counted like what is read: unpacking costs the same.
    byte[] away = new byte[(int) Math.min(BUFFER, Math.max(0, bytes))];
    return Math.max(0, read(away, 0, away.length));
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  private void count(int bytes) throws BadFile {
    seen += bytes;
    if (seen > most) {
      throw tooBig(most);
    }
  }
}
