package org.gridline.bench.torture;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;

/**
 * A row of one timestamp as text, which the database's clock was asked for, told as a later one.
 */
final class LaterTime {
  private static final DateTimeFormatter READ =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss[.SSSSSS][.SSSSS][.SSSS][.SSS][.SS][.S]");
  private static final DateTimeFormatter WRITE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSS");

  private LaterTime() {}

  static byte[] of(byte[] row, Duration by) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(row, 5, row.length - 5));
    int columns = in.readUnsignedShort();
    int length = in.readInt();
    if (columns != 1 || length < 19) return row;
    String told = new String(in.readNBytes(length), StandardCharsets.US_ASCII);
    byte[] later =
        LocalDateTime.parse(told, READ).plus(by).format(WRITE).getBytes(StandardCharsets.US_ASCII);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.write('D');
    out.writeInt(4 + 2 + 4 + later.length);
    out.writeShort(1);
    out.writeInt(later.length);
    out.write(later);
    return bytes.toByteArray();
  }
}
