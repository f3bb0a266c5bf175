package org.gridline.gis.boundary;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gridline.gis.boundary.Finding.Code;

/**
 * The attribute table of a shapefile: dBase III, a header, field descriptors of 32 bytes and rows
 * of one length. Read row by row.
 */
final class Dbf implements Closeable {
  private static final int HEADER = 32;
  private static final int DESCRIPTOR = 32;
  private static final int END_OF_FIELDS = 0x0D;
  private static final int END_OF_ROWS = 0x1A;

  /** More than any program writes (255), and less than hurts. */
  private static final int MAX_FIELDS = 2_000;

  /** Which bytes of a row are a field. */
  private record Field(byte[] name, char type, int from, int length) {}

  /**
   * @param deleted rows stay in the file until it is packed
   */
  record Row(boolean deleted, Map<String, String> values) {}

  private final InputStream in;
  private final List<Field> fields = new ArrayList<>();
  private final int languageDriver;
  private final byte[] row;

  private Dbf(InputStream in, int languageDriver, byte[] row) {
    this.in = in;
    this.languageDriver = languageDriver;
    this.row = row;
  }

  static Dbf open(InputStream in) throws IOException {
    byte[] header = in.readNBytes(HEADER);
    if (header.length < HEADER) {
      throw damaged("it ends in its header");
    }
    ByteBuffer numbers = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
    int headerLength = Short.toUnsignedInt(numbers.getShort(8));
    int rowLength = Short.toUnsignedInt(numbers.getShort(10));
    if (headerLength < HEADER + 1 || rowLength < 1) {
      throw damaged("its header says nothing sensible");
    }
    byte[] described = in.readNBytes(headerLength - HEADER);
    if (described.length < headerLength - HEADER) {
      throw damaged("it ends in its field descriptors");
    }
    Dbf table = new Dbf(in, Byte.toUnsignedInt(header[29]), new byte[rowLength]);
    table.describe(described);
    return table;
  }

  private void describe(byte[] described) throws BadFile {
    int from = 1;
    for (int at = 0;
        at + DESCRIPTOR <= described.length && described[at] != END_OF_FIELDS;
        at += DESCRIPTOR) {
      int end = at;
      while (end < at + 11 && described[end] != 0) {
        end++;
      }
      char type = (char) described[at + 11];
      int length = Byte.toUnsignedInt(described[at + 16]);
      if (type == 'C') {
        length +=
            Byte.toUnsignedInt(described[at + 17]) << 8; // Long texts, as some programs write.
      }
      if (from + length > row.length || fields.size() == MAX_FIELDS) {
        throw damaged("its fields are longer than its rows");
      }
      fields.add(new Field(Arrays.copyOfRange(described, at, end), type, from, length));
      from += length;
    }
    if (fields.isEmpty()) {
      throw damaged("it has no fields");
    }
  }

  /**
   * The encoding by the language driver of the header; empty when that is not told or not known.
   */
  Optional<Charset> charset() {
    return switch (languageDriver) {
      case 0x4D, 0x7A -> Optional.of(Encodings.GB18030);
      case 0x4F, 0x78 -> Optional.of(Charset.forName("Big5"));
      case 0x03, 0x57, 0x58, 0x59 -> Optional.of(Charset.forName("windows-1252"));
      default -> Optional.empty();
    };
  }

  /** The next row, or empty behind the last. */
  Optional<Row> next(Charset charset, FeatureFile.Wanted wanted) throws IOException {
    int read = in.readNBytes(row, 0, row.length);
    if (read == 0 || row[0] == END_OF_ROWS) {
      return Optional.empty();
    }
    if (read < row.length) {
      throw damaged("it ends in a row");
    }
    Map<String, String> values = new HashMap<>();
    for (Field field : fields) {
      String name = new String(field.name, charset).strip();
      if (!name.isEmpty() && wanted.test(name)) {
        String value = value(field, charset);
        if (!value.isEmpty()) {
          values.put(name, value);
        }
      }
    }
    return Optional.of(new Row(row[0] == '*', values));
  }

  /** Whether every text of the rest is UTF-8, as far as a text cut at its field's end can be. */
  boolean isUtf8() throws IOException {
    for (Field field : fields) {
      if (!Encodings.isUtf8(field.name, 0, field.name.length)) {
        return false;
      }
    }
    while (in.readNBytes(row, 0, row.length) == row.length && row[0] != END_OF_ROWS) {
      for (Field field : fields) {
        if (field.type == 'C' && !Encodings.isUtf8(row, field.from, field.length)) {
          return false;
        }
      }
    }
    return true;
  }

  private String value(Field field, Charset charset) {
    if (field.type != 'C') {
      String text = new String(row, field.from, field.length, StandardCharsets.ISO_8859_1);
      String number = NumberText.plain(text.replace('\0', ' ').strip());
      return number.startsWith("*") ? "" : number; // Stars say that it did not fit.
    }
    int length = field.length;
    while (length > 0
        && (row[field.from + length - 1] == ' ' || row[field.from + length - 1] == 0)) {
      length--;
    }
    return Encodings.decode(row, field.from, length, charset, length == field.length).strip();
  }

  private static BadFile damaged(String how) {
    return new BadFile(Code.NOT_READABLE, "damaged .dbf: " + how);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
