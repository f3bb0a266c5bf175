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

  /** The file holds, or unpacks to, more than allowed. */
  static final class TooBig extends IOException {
    private static final long serialVersionUID = 1L;

    TooBig(long most) {
      super("its content is more than the " + most + " bytes allowed");
    }
  }

  private final long most;
  private long seen;

  private BoundaryBytes(InputStream in, long most) {
    super(in);
    this.most = most;
  }

  /** What a file is packed in is told by its first bytes, not by its name. */
  static InputStream open(Path file, long most) throws IOException {
    if (Files.size(file) > most) {
      throw new TooBig(most);
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
  public boolean markSupported() {
    return false;
  }

  private void count(int bytes) throws TooBig {
    seen += bytes;
    if (seen > most) {
      throw new TooBig(most);
    }
  }
}
