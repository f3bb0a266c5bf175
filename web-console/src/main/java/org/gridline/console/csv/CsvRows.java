package org.gridline.console.csv;

import java.io.BufferedInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * Reads a CSV file with a header line row by row, unpacking gzip on the way (RFC 4180: a quoted
 * cell may hold commas, doubled quotes and line ends). It holds one row at a time; a row that is
 * too large or does not fit the header comes out marked as unreadable, and reading goes on behind
 * it. Not thread-safe.
 */
public final class CsvRows implements AutoCloseable {
  /** No ticket's text is as long; a quote that is never closed is. */
  private static final int MOST_CELL = 64 * 1024;

  private static final int MOST_CELLS = 1_000;
  private static final int END = -1;

  private final Reader in;
  private final char[] buffer = new char[1 << 15];
  private final Map<String, Integer> columns = new HashMap<>();
  private final StringBuilder cell = new StringBuilder();
  private int at;
  private int filled;
  private int line = 1;
  private boolean excessive;

  /**
   * One row.
   *
   * @param line where it begins; the header is line 1
   * @param problem why the cells can't be trusted; empty when they can
   */
  public record Row(
      Map<String, Integer> columns, int line, List<String> cells, Optional<String> problem) {
    /** The cell's text without spaces around it; empty when the cell is blank or not there. */
    public String text(String column) {
      Integer at = columns.get(column);
      if (at == null) throw new Unreadable("there is no column " + column);
      return at < cells.size() ? cells.get(at).strip() : "";
    }
  }

  private CsvRows(InputStream stream, Charset charset) throws IOException {
    in = new InputStreamReader(stream, charset);
    List<String> header = nextCells();
    for (int i = 0; i < header.size(); i++) {
      String name = i == 0 ? header.get(i).replace("\uFEFF", "") : header.get(i);
      columns.putIfAbsent(name.strip(), i);
    }
  }

  /**
   * @throws Unreadable when the file can't be opened or is empty
   */
  public static CsvRows open(Path file) {
    return open(file, StandardCharsets.UTF_8);
  }

  /**
   * The same for a file in another character set.
   *
   * @throws Unreadable when the file can't be opened or is empty
   */
  public static CsvRows open(Path file, Charset charset) {
    return open(file, charset, Long.MAX_VALUE);
  }

  /**
   * The same for a stranger's file.
   *
   * @param most bytes that may be unpacked; more are {@link Unreadable} when they are reached
   */
  public static CsvRows open(Path file, Charset charset, long most) {
    InputStream stream = null;
    try {
      stream = new BufferedInputStream(new FileInputStream(file.toFile()), 1 << 16);
      boolean packed = packed(stream) || file.toString().endsWith(".gz");
      CsvRows rows =
          new CsvRows(
              packed ? new AtMost(new GZIPInputStream(stream, 1 << 16), most) : stream, charset);
      if (rows.columns.isEmpty()) throw new Unreadable(file.getFileName() + " is empty");
      return rows;
    } catch (IOException e) {
      closeQuietly(stream);
      throw new Unreadable("can't read " + file + ": " + e.getMessage());
    }
  }

  /** An upload has not the name that it had where it comes from; its first bytes tell. */
  private static boolean packed(InputStream stream) throws IOException {
    stream.mark(2);
    boolean packed = stream.read() == 0x1f && stream.read() == 0x8b;
    stream.reset();
    return packed;
  }

  private static void closeQuietly(@org.jspecify.annotations.Nullable InputStream stream) {
    try {
      if (stream != null) stream.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Names of the columns, in their order. */
  public List<String> names() {
    return columns.entrySet().stream()
        .sorted(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Names of the columns that are not in the header. */
  public List<String> missing(Iterable<String> wanted) {
    List<String> missing = new ArrayList<>();
    wanted.forEach(
        name -> {
          if (!columns.containsKey(name)) missing.add(name);
        });
    return missing;
  }

  /**
   * The next row; empty at the end. Lines without any cell are skipped.
   *
   * @throws UncheckedIOException when the file breaks off (a torn .gz, say)
   */
  public Optional<Row> find() {
    try {
      while (true) {
        int from = line;
        excessive = false;
        List<String> cells = nextCells();
        if (cells.isEmpty()) return Optional.empty();
        if (cells.size() == 1 && cells.getFirst().isEmpty() && !excessive) continue;
        Optional<String> problem =
            excessive
                ? Optional.of("a cell is too long, or its quote is never closed")
                : cells.size() == columns.size()
                    ? Optional.empty()
                    : Optional.of(cells.size() + " cells under " + columns.size() + " columns");
        return Optional.of(new Row(columns, from, cells, problem));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("line " + line + ": " + e.getMessage(), e);
    }
  }

  /** Empty at the end of the file. */
  private List<String> nextCells() throws IOException {
    List<String> cells = new ArrayList<>();
    int c = read();
    if (c == END) return cells;
    while (true) {
      cell.setLength(0);
      if (c == '"') c = quoted();
      while (c != ',' && c != '\n' && c != '\r' && c != END) {
        keep((char) c);
        c = read();
      }
      if (cells.size() < MOST_CELLS) cells.add(cell.toString());
      else excessive = true;
      if (c == ',') {
        c = read();
        continue;
      }
      if (c == '\r') {
        if (read() != '\n') back();
      }
      line++;
      return cells;
    }
  }

  /** Reads up to the closing quote and returns what follows it. */
  private int quoted() throws IOException {
    for (int c = read(); c != END; c = read()) {
      if (c == '"') {
        int next = read();
        if (next != '"') return next;
      } else if (c == '\n') {
        line++;
      }
      keep((char) c);
    }
    excessive = true;
    return END;
  }

  private int read() throws IOException {
    if (at == filled) {
      filled = Math.max(0, in.read(buffer));
      at = 0;
      if (filled == 0) return END;
    }
    return buffer[at++];
  }

  /** Takes the last character back; at the end of the file there is none. */
  private void back() {
    if (at > 0) at--;
  }

  private void keep(char c) {
    if (cell.length() < MOST_CELL) cell.append(c);
    else excessive = true;
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
