package org.gridline.console.replay;

import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.gridline.console.csv.CsvRows;
import org.gridline.console.replay.Ledger.Entry;

/**
 * Hands out the rows that have no acknowledged answer yet, in the file's order, each with the time
 * at which it is due. A row that was refused before is tried again. Thread-safe.
 */
final class Queue {
  private final RowReader reader;
  private final Ledger ledger;
  private final long limit;
  private final long rows;
  private final long toSend;
  private final Rate.Beat beat;
  private final ReentrantLock lock = new ReentrantLock();
  private Optional<CsvRows> file = Optional.empty();
  private long read;

  /**
   * @param due on the clock of {@link System#nanoTime()}
   */
  record Turn(RowReader.Read row, long due) {}

  private Queue(RowReader reader, Ledger ledger, ReplayOptions options, long rows, long toSend) {
    this.reader = reader;
    this.ledger = ledger;
    this.limit = options.limit();
    this.beat = new Rate.Beat(options.rate());
    this.rows = rows;
    this.toSend = toSend;
  }

  /**
   * Reads the file once to know how much there is to do.
   *
   * @throws Unreplayable when the file lacks a column that the mapping names
   */
  static Queue counted(ReplayPack city, RowReader reader, Ledger ledger, ReplayOptions options) {
    long rows = 0;
    long toSend = 0;
    try (CsvRows file = CsvRows.open(city.tickets())) {
      var missing = file.missing(city.mapping().columns());
      if (!missing.isEmpty()) {
        throw new Unreplayable(city.mapping().file() + " has no column " + missing);
      }
      while (rows < options.limit()) {
        Optional<CsvRows.Row> row = file.find();
        if (row.isEmpty()) break;
        rows++;
        if (!acknowledged(ledger, reader, row.get())) toSend++;
      }
    }
    return new Queue(reader, ledger, options, rows, toSend);
  }

  private static boolean acknowledged(Ledger ledger, RowReader reader, CsvRows.Row row) {
    return ledger.find(reader.name(row)).filter(Entry::acknowledged).isPresent();
  }

  long rows() {
    return rows;
  }

  long toSend() {
    return toSend;
  }

  void begin(CsvRows opened) {
    lock.lock();
    try {
      file = Optional.of(opened);
    } finally {
      lock.unlock();
    }
  }

  /** Empty when there is nothing more to send. */
  Optional<Turn> next() {
    lock.lock();
    try {
      while (file.isPresent() && read < limit) {
        Optional<CsvRows.Row> row = file.get().find();
        if (row.isEmpty()) break;
        read++;
        if (acknowledged(ledger, reader, row.get())) continue;
        RowReader.Read next = reader.read(row.get());
        long now = System.nanoTime();
        return Optional.of(
            new Turn(
                next,
                next instanceof RowReader.Read.Report(var id, var key, var body, var happened)
                    ? beat.due(happened, now)
                    : now));
      }
      return Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  /** Nothing more is handed out. */
  void close() {
    lock.lock();
    try {
      file = Optional.empty();
    } finally {
      lock.unlock();
    }
  }
}
