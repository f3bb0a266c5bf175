package org.gridline.console.replay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * What was answered, one line a row, in a file that only grows. A line that was torn by the end of
 * its process is cut off when the file is opened; its row is sent again under the same key. The
 * file belongs to one event log of one server: its name holds the log's epoch. Thread-safe.
 */
final class Ledger implements AutoCloseable {
  private static final int COLUMNS = 9;

  private final FileChannel file;
  private final Map<String, Entry> entries = new HashMap<>();
  private final Map<String, String> interned = new HashMap<>();
  private final ReentrantLock lock = new ReentrantLock();

  /**
   * One answered row.
   *
   * @param status HTTP status of the answer; 0 when the row was not sent at all
   * @param ticket empty when there is none, as everything behind it
   * @param owner code of the unit that got it, empty when a person has to decide
   * @param areas code of the area in each layer
   * @param problem why it was refused, empty when it was not
   */
  record Entry(
      String id,
      int status,
      String ticket,
      String number,
      String state,
      String flag,
      String owner,
      Map<String, String> areas,
      String problem) {
    boolean acknowledged() {
      return status == 200 || status == 201;
    }

    static Entry refused(String id, int status, String problem) {
      return new Entry(id, status, "", "", "", "", "", Map.of(), problem);
    }
  }

  private Ledger(FileChannel file) {
    this.file = file;
  }

  /**
   * @param epoch of the server's event log
   * @throws Unreplayable when another replay writes it, or it can't be written
   */
  static Ledger open(Path data, String pack, String epoch) {
    Path path =
        data.resolve("replay")
            .resolve(pack + "-" + epoch.replaceAll("[^A-Za-z0-9-]", "_") + ".tsv");
    FileChannel file = null;
    try {
      Files.createDirectories(path.getParent());
      file =
          FileChannel.open(
              path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      FileLock mine = file.tryLock();
      if (mine == null) throw new Unreplayable("another replay is writing " + path);
      Ledger ledger = new Ledger(file);
      ledger.load(path);
      return ledger;
    } catch (IOException | java.nio.channels.OverlappingFileLockException e) {
      try {
        if (file != null) file.close();
      } catch (IOException again) {
        e.addSuppressed(again);
      }
      throw new Unreplayable("can't write the ledger " + path + ": " + e);
    }
  }

  private void load(Path path) throws IOException {
    long whole = wholeLines();
    file.truncate(whole);
    file.position(whole);
    try (Stream<String> lines = Files.lines(path)) {
      lines.forEach(line -> parse(line).ifPresent(this::keep));
    }
  }

  /** Length of the file up to the end of its last whole line. */
  private long wholeLines() throws IOException {
    ByteBuffer block = ByteBuffer.allocate(8_192);
    long end = file.size();
    while (end > 0) {
      long from = Math.max(0, end - block.capacity());
      block.clear().limit((int) (end - from));
      while (block.hasRemaining() && file.read(block, from + block.position()) >= 0) {}
      for (int i = block.position() - 1; i >= 0; i--) {
        if (block.get(i) == '\n') return from + i + 1;
      }
      end = from;
    }
    return 0;
  }

  private Optional<Entry> parse(String line) {
    String[] cells = line.split("\t", -1);
    if (cells.length != COLUMNS || !cells[1].matches("\\d{1,3}")) return Optional.empty();
    Map<String, String> areas = new LinkedHashMap<>();
    for (String area : cells[7].split("\\|")) {
      int equals = area.indexOf('=');
      if (equals > 0) areas.put(same(area.substring(0, equals)), same(area.substring(equals + 1)));
    }
    return Optional.of(
        new Entry(
            cells[0],
            Integer.parseInt(cells[1]),
            cells[2],
            cells[3],
            same(cells[4]),
            same(cells[5]),
            same(cells[6]),
            Map.copyOf(areas),
            same(cells[8])));
  }

  /** A second row of the same name may be refused; that does not undo the first one's answer. */
  private void keep(Entry entry) {
    entries.merge(
        entry.id(), entry, (old, now) -> old.acknowledged() && !now.acknowledged() ? old : now);
  }

  private String same(String text) {
    return interned.computeIfAbsent(text, t -> t);
  }

  /** The answer to a row in this run or an earlier one. */
  Optional<Entry> find(String id) {
    lock.lock();
    try {
      return Optional.ofNullable(entries.get(clean(id)));
    } finally {
      lock.unlock();
    }
  }

  /** Rows with an answer. */
  int size() {
    lock.lock();
    try {
      return entries.size();
    } finally {
      lock.unlock();
    }
  }

  /** Handed to the operating system when this returns: the end of this process does not undo it. */
  void write(Entry entry) {
    List<String> areas = new ArrayList<>();
    entry.areas().forEach((layer, code) -> areas.add(clean(layer) + "=" + clean(code)));
    String line =
        String.join(
                "\t",
                clean(entry.id()),
                Integer.toString(entry.status()),
                clean(entry.ticket()),
                clean(entry.number()),
                clean(entry.state()),
                clean(entry.flag()),
                clean(entry.owner()),
                String.join("|", areas),
                clean(entry.problem()))
            + "\n";
    ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
    lock.lock();
    try {
      while (bytes.hasRemaining()) file.write(bytes);
      parse(line.substring(0, line.length() - 1)).ifPresent(this::keep);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      lock.unlock();
    }
  }

  private static String clean(String cell) {
    boolean plain = cell.chars().noneMatch(Ledger::separates);
    return plain
        ? cell
        : cell.codePoints()
            .map(c -> separates(c) ? ' ' : c)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
  }

  private static boolean separates(int c) {
    return c < ' ' || c == '|' || c == 0x85 || c == 0x2028 || c == 0x2029;
  }

  @Override
  public void close() {
    lock.lock();
    try {
      file.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      lock.unlock();
    }
  }
}
