package org.gridline.gis.locate;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Objects;
import org.gridline.gis.boundary.Area;
import org.gridline.gis.lookup.OverRepresentedPoints;
import org.gridline.gis.lookup.PlaceFlag;
import org.gridline.gis.lookup.QuickLookup;
import org.gridline.gis.position.CoordinateSystem;
import org.gridline.gis.position.Crs;
import org.gridline.gis.position.Epsg;
import org.gridline.gis.position.Position;
import org.gridline.gis.position.RawPosition;
import org.gridline.gis.position.Wkt;

/** One run over all rows: a row out for each row in. */
final class LocateRows {
  private static final int OUT_BUFFER = 1 << 16;

  /** More complaints than this help nobody; the rest is counted. */
  private static final int MOST_COMPLAINTS = 1000;

  /** How a flag is written, and how often it was. */
  private static final class Flagged {
    private final byte[] bytes;
    private long rows;

    Flagged(PlaceFlag flag) {
      this.bytes = flag.spelling().getBytes(StandardCharsets.US_ASCII);
    }
  }

  private final QuickLookup ground;
  private final CoordinateSystem system;
  private final OutputStream out;
  private final PrintStream err;
  private final byte[][] codes;
  private final EnumMap<PlaceFlag, Flagged> flags = new EnumMap<>(PlaceFlag.class);
  private final OverRepresentedPoints counted = new OverRepresentedPoints();
  private final byte[] buffer = new byte[OUT_BUFFER];
  private int used;
  private long bad;

  LocateRows(QuickLookup ground, CoordinateSystem system, OutputStream out, PrintStream err) {
    this.ground = ground;
    this.system = system;
    this.out = out;
    this.err = err;
    List<Area> areas = ground.areas();
    codes = new byte[areas.size()][];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = quoted(areas.get(i).code()).getBytes(StandardCharsets.UTF_8);
    }
    for (PlaceFlag flag : PlaceFlag.values()) {
      flags.put(flag, new Flagged(flag));
    }
  }

  void run(InputStream in) throws IOException {
    PointRows rows = new PointRows(in);
    while (rows.next()) {
      switch (rows.kind()) {
        case HEADER -> write("id,code,flag\n".getBytes(StandardCharsets.US_ASCII));
        case POINT -> answer(rows, look(rows.lon(), rows.lat()));
        case BAD -> {
          counted.add(Double.NaN, Double.NaN);
          complain(rows.line(), rows.complaint());
          write(rows, -1, PlaceFlag.SUSPECT);
        }
      }
    }
    flush();
    out.flush();
    if (bad > MOST_COMPLAINTS) {
      err.println("… and " + (bad - MOST_COMPLAINTS) + " more such lines");
    }
  }

  OverRepresentedPoints counted() {
    return counted;
  }

  long with(PlaceFlag flag) {
    return flagged(flag).rows;
  }

  /** Rows without two numbers, or whose numbers mean no place; flagged suspect. */
  long bad() {
    return bad;
  }

  private void answer(PointRows row, int answer) throws IOException {
    counted.add(row.lon(), row.lat());
    if (answer == QuickLookup.NOWHERE) {
      complain(row.line(), row.lon() + ", " + row.lat() + " is no position");
      write(row, -1, PlaceFlag.SUSPECT);
    } else {
      write(row, QuickLookup.area(answer), QuickLookup.flag(answer));
    }
  }

  private int look(double x, double y) {
    return switch (system) {
      case Crs.WGS84, Crs.CGCS2000 -> ground.look(x, y);
      case Crs shifted -> ground.look(new RawPosition(x, y, shifted));
      case Epsg other -> look(other, x, y);
      case Wkt other -> look(other, x, y);
    };
  }

  private int look(CoordinateSystem other, double x, double y) {
    try {
      Position at = other.toWgs84(x, y);
      return ground.look(at.lon(), at.lat());
    } catch (IllegalArgumentException e) {
      return QuickLookup.NOWHERE;
    }
  }

  private Flagged flagged(PlaceFlag flag) {
    return Objects.requireNonNull(flags.get(flag), "every flag has its word");
  }

  private void complain(long line, String reason) {
    bad++;
    if (bad <= MOST_COMPLAINTS) {
      err.println("line " + line + " · 第 " + line + " 行: " + reason);
    }
  }

  private void write(PointRows row, int area, PlaceFlag flag) throws IOException {
    write(row.bytes(), row.idFrom(), row.idTo());
    write((byte) ',');
    if (area >= 0) {
      write(codes[area]);
    }
    write((byte) ',');
    Flagged word = flagged(flag);
    word.rows++;
    write(word.bytes);
    write((byte) '\n');
  }

  private void write(byte one) throws IOException {
    if (used == buffer.length) {
      flush();
    }
    buffer[used++] = one;
  }

  private void write(byte[] bytes) throws IOException {
    write(bytes, 0, bytes.length);
  }

  private void write(byte[] bytes, int from, int to) throws IOException {
    if (to - from > buffer.length - used) {
      flush();
    }
    if (to - from > buffer.length) {
      out.write(bytes, from, to - from);
    } else {
      System.arraycopy(bytes, from, buffer, used, to - from);
      used += to - from;
    }
  }

  private void flush() throws IOException {
    out.write(buffer, 0, used);
    used = 0;
  }

  /** RFC 4180. */
  private static String quoted(String code) {
    boolean plain = code.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? code : '"' + code.replace("\"", "\"\"") + '"';
  }
}
