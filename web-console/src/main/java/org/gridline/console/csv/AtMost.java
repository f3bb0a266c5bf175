package org.gridline.console.csv;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** What is unpacked of a stranger's file: a few kilobytes of zeros would be hours of reading. */
public final class AtMost extends FilterInputStream {
  /** 500,000 rows of a kilobyte. */
  public static final long USUAL_BYTES = 512L << 20;

  private final long most;
  private long seen;

  public AtMost(InputStream in, long most) {
    super(in);
    this.most = most;
  }

  @Override
  public int read() throws IOException {
    int next = super.read();
    if (next >= 0) count(1);
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

  private void count(int bytes) {
    seen += bytes;
    if (seen > most)
      throw new Unreadable(
          "解压后超过 " + (most >> 20) + " MiB · unpacked it is more than " + (most >> 20) + " MiB");
  }
}
