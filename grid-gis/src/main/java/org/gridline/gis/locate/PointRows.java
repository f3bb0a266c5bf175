package org.gridline.gis.locate;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Reads CSV rows of points from a stream of bytes, without an object a row.
 *
 * <p>Columns are id, longitude, latitude; a first row that names a longitude and a latitude column
 * is a header, and then says where the columns are. A cell may be quoted, with commas and doubled
 * quotes inside; a line break always ends the row, so that one stray quote spoils one row and not
 * the rest. Further columns are ignored, empty lines skipped, a byte order mark forgiven.
 */
final class PointRows {
  /** A row of more bytes is a bad row. */
  static final int MOST_ROW_BYTES = 1 << 20;

  private static final int FIRST_BUFFER = 1 << 16;
  private static final int MOST_COLUMNS = 64;
  private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
  private static final List<String> LON = List.of("lon", "lng", "long", "longitude", "x", "经度");
  private static final List<String> LAT = List.of("lat", "latitude", "y", "纬度");

  /** What a row is. */
  enum Kind {
    HEADER,
    POINT,
    BAD
  }

  private final InputStream in;
  private final DecimalCell cell = new DecimalCell();
  private final int[] starts = new int[MOST_COLUMNS];
  private final int[] ends = new int[MOST_COLUMNS];
  private byte[] bytes = new byte[FIRST_BUFFER];
  private int from;
  private int to;
  private long line;
  private int idColumn;
  private int lonColumn = 1;
  private int latColumn = 2;
  private Kind kind = Kind.BAD;
  private String complaint = "";
  private int idFrom;
  private int idTo;
  private double lon;
  private double lat;

  PointRows(InputStream in) {
    this.in = in;
  }

  /** Goes to the next row; false at the end. */
  boolean next() throws IOException {
    while (true) {
      int end = endOfLine();
      if (end < 0) {
        return false;
      }
      line++;
      int first = from;
      if (line == 1 && end - first >= 3 && Arrays.equals(bytes, first, first + 3, MARK, 0, 3)) {
        first += 3;
      }
      from = Math.min(end + 1, to);
      int last = end > first && bytes[end - 1] == '\r' ? end - 1 : end;
      if (last > first) {
        read(first, last);
        return true;
      }
    }
  }

  Kind kind() {
    return kind;
  }

  /** Counted from 1. */
  long line() {
    return line;
  }

  /** Why a bad row is bad. */
  String complaint() {
    return complaint;
  }

  /** Holds the id as it was written, quotes and all, until the next row is asked for. */
  byte[] bytes() {
    return bytes;
  }

  int idFrom() {
    return idFrom;
  }

  int idTo() {
    return idTo;
  }

  double lon() {
    return lon;
  }

  double lat() {
    return lat;
  }

  private void read(int first, int last) {
    idFrom = first;
    idTo = first;
    if (last - first > MOST_ROW_BYTES) {
      bad("more than " + MOST_ROW_BYTES + " bytes");
      return;
    }
    int columns = split(first, last);
    if (line == 1 && isHeader(columns)) {
      kind = Kind.HEADER;
      return;
    }
    if (columns == 0) {
      bad("a quote is not closed");
      return;
    }
    if (idColumn < columns) {
      idFrom = starts[idColumn];
      idTo = ends[idColumn];
    }
    if (Math.max(lonColumn, latColumn) >= columns) {
      bad("fewer columns than id, longitude and latitude need");
      return;
    }
    if (cell.read(bytes, starts[lonColumn], ends[lonColumn])) {
      lon = cell.value();
      if (cell.read(bytes, starts[latColumn], ends[latColumn])) {
        lat = cell.value();
        kind = Kind.POINT;
        return;
      }
    }
    bad("longitude and latitude are not two numbers");
  }

  private void bad(String why) {
    kind = Kind.BAD;
    complaint = why;
  }

  /** Finds the cells of a row, at most {@link #MOST_COLUMNS}; 0 when a quote is not closed. */
  private int split(int first, int last) {
    int columns = 0;
    int at = first;
    while (columns < MOST_COLUMNS) {
      starts[columns] = at;
      if (at < last && bytes[at] == '"') {
        at = afterQuotes(at, last);
        if (at < 0) {
          return 0;
        }
      }
      while (at < last && bytes[at] != ',') {
        at++;
      }
      ends[columns++] = at;
      if (at >= last) {
        break;
      }
      at++;
    }
    return columns;
  }

  private int afterQuotes(int open, int last) {
    for (int at = open + 1; at < last; at++) {
      if (bytes[at] == '"') {
        if (at + 1 < last && bytes[at + 1] == '"') {
          at++;
        } else {
          return at + 1;
        }
      }
    }
    return -1;
  }

  private boolean isHeader(int columns) {
    int lonAt = -1;
    int latAt = -1;
    int idAt = -1;
    for (int column = columns - 1; column >= 0; column--) {
      String name = name(column);
      if (LON.contains(name)) {
        lonAt = column;
      } else if (LAT.contains(name)) {
        latAt = column;
      } else if (idAt < 0 || !name(idAt).equals("id") || name.equals("id")) {
        idAt = column;
      }
    }
    if (lonAt < 0 || latAt < 0 || idAt < 0) {
      return false;
    }
    idColumn = idAt;
    lonColumn = lonAt;
    latColumn = latAt;
    return true;
  }

  private String name(int column) {
    return new String(bytes, starts[column], ends[column] - starts[column], StandardCharsets.UTF_8)
        .replace("\"", "")
        .strip()
        .toLowerCase(Locale.ROOT);
  }

  /** Where the line that begins at {@code from} ends; −1 when there is none. */
  private int endOfLine() throws IOException {
    int at = from;
    while (true) {
      for (; at < to; at++) {
        if (bytes[at] == '\n') {
          return at;
        }
      }
      if (to - from > 2 * MOST_ROW_BYTES) {
        // Nobody will read so long a row; its head stays to tell that it is too long.
        to = from + MOST_ROW_BYTES + 2;
        at = to;
      }
      int held = to - from;
      if (from > 0) {
        System.arraycopy(bytes, from, bytes, 0, held);
        at -= from;
        from = 0;
        to = held;
      }
      if (to == bytes.length) {
        bytes = Arrays.copyOf(bytes, bytes.length * 2);
      }
      int read = in.read(bytes, to, bytes.length - to);
      if (read < 0) {
        return to > from ? to : -1;
      }
      to += read;
    }
  }
}
