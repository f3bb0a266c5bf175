package org.gridline.gis.kept;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * A grid as a file: a head with its key, rows of whole numbers each behind its length, a checksum
 * of all that. Little-endian, as processors are.
 */
final class GridFile {
  private static final byte[] MAGIC = "GRIDLINE".getBytes(StandardCharsets.US_ASCII);
  private static final int CHUNK = 1 << 20;

  private GridFile() {}

  static void write(Path file, String key, int[][] rows) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      Writing out = new Writing(channel);
      out.bytes(MAGIC);
      out.bytes(key.getBytes(StandardCharsets.US_ASCII));
      for (int[] row : rows) out.row(row);
      out.end();
    }
  }

  /**
   * @throws IOException when the file is of another key, is damaged, or can't be read
   */
  static int[][] read(Path file, String key, int many) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      Reading in = new Reading(channel);
      in.expect(MAGIC);
      in.expect(key.getBytes(StandardCharsets.US_ASCII));
      int[][] rows = new int[many][];
      for (int row = 0; row < rows.length; row++) rows[row] = in.row();
      in.end();
      return rows;
    }
  }

  private static final class Writing {
    private final FileChannel channel;
    private final ByteBuffer chunk = chunk();
    private final CRC32C sum = new CRC32C();

    Writing(FileChannel channel) {
      this.channel = channel;
    }

    void bytes(byte[] bytes) {
      chunk.put(bytes);
    }

    void row(int[] row) throws IOException {
      room(Integer.BYTES);
      chunk.putInt(row.length);
      for (int at = 0; at < row.length; ) {
        room(Integer.BYTES);
        int many = Math.min(row.length - at, chunk.remaining() / Integer.BYTES);
        chunk.asIntBuffer().put(row, at, many);
        chunk.position(chunk.position() + many * Integer.BYTES);
        at += many;
      }
    }

    void end() throws IOException {
      flush();
      chunk.putLong(sum.getValue());
      flush();
    }

    private void room(int bytes) throws IOException {
      if (chunk.remaining() < bytes) flush();
    }

    private void flush() throws IOException {
      chunk.flip();
      sum.update(chunk.duplicate());
      while (chunk.hasRemaining()) channel.write(chunk);
      chunk.clear();
    }
  }

  private static final class Reading {
    private final FileChannel channel;
    private final ByteBuffer chunk = chunk().limit(0);
    private final CRC32C sum = new CRC32C();

    Reading(FileChannel channel) {
      this.channel = channel;
    }

    void expect(byte[] wanted) throws IOException {
      need(wanted.length);
      byte[] found = new byte[wanted.length];
      chunk.get(found);
      sum.update(found);
      if (!Arrays.equals(found, wanted)) throw new IOException("the file is another one");
    }

    int[] row() throws IOException {
      need(Integer.BYTES);
      ByteBuffer head = chunk.slice(chunk.position(), Integer.BYTES);
      int length = chunk.getInt();
      sum.update(head);
      // A damaged length must not cost memory before the sum tells.
      if (length < 0 || (long) length * Integer.BYTES > left())
        throw new IOException("a row is longer than the file");
      int[] row = new int[length];
      for (int at = 0; at < length; ) {
        need(Integer.BYTES);
        int many = Math.min(length - at, chunk.remaining() / Integer.BYTES);
        chunk.asIntBuffer().get(row, at, many);
        sum.update(chunk.slice(chunk.position(), many * Integer.BYTES));
        chunk.position(chunk.position() + many * Integer.BYTES);
        at += many;
      }
      return row;
    }

    void end() throws IOException {
      need(Long.BYTES);
      if (chunk.getLong() != sum.getValue()) throw new IOException("the checksum is wrong");
      if (left() > 0) throw new IOException("something follows the end");
    }

    private long left() throws IOException {
      return chunk.remaining() + channel.size() - channel.position();
    }

    private void need(int bytes) throws IOException {
      if (chunk.remaining() >= bytes) return;
      chunk.compact();
      while (chunk.position() < bytes) {
        if (channel.read(chunk) < 0) throw new EOFException("the file ends too early");
      }
      chunk.flip();
    }
  }

  private static ByteBuffer chunk() {
    return ByteBuffer.allocateDirect(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
  }
}
