package org.gridline.dispatch.store;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Tickets in the midst of their events. Rows of tickets are read as their first events come by, and
 * let go with their last, so only those are held that were open at one moment of the log, however
 * many there are in all. Used by one thread.
 */
final class OpenTickets implements AutoCloseable {
  private final LogSnapshot snapshot;
  private final ReadAhead<CopyRow> rows;
  private final Map<Long, Open> open = new HashMap<>();
  private long read = Long.MIN_VALUE;
  private boolean more = true;
  private long finished;

  private record Open(CopyRow row, Replay events) {}

  OpenTickets(LogSnapshot snapshot) {
    this.snapshot = snapshot;
    this.rows =
        new ReadAhead<>(
            "tickets",
            snapshot.rows(ReplayField.SELECT, ReplayField.COLUMNS),
            (row, text) -> ReplayField.ready(row));
  }

  /** Tickets that have been compared with all their events. */
  long finished() {
    return finished;
  }

  /**
   * The next event of the log.
   *
   * @return what is wrong, in words
   */
  Optional<String> take(LoggedEvent e) {
    long id = e.ticket();
    Open ticket = open.get(id);
    if (ticket == null) {
      if (e.version() != 1) return Optional.of(stray(e));
      readUpTo(id);
      ticket = open.get(id);
      if (ticket == null) return Optional.of("ticket " + id + " is gone, its events are not");
    }
    Optional<String> wrong = ticket.events().take(e);
    if (wrong.isPresent() || e.version() < ticket.row().number(ReplayField.VERSION)) return wrong;
    open.remove(id);
    finished++;
    return ReplayField.difference(ticket.row(), ticket.events())
        .map(d -> "ticket " + id + ": " + d);
  }

  private String stray(LoggedEvent e) {
    int version = snapshot.version(e.ticket());
    if (version == 0) return "ticket " + e.ticket() + " is gone, its events are not";
    return version < e.version()
        ? "ticket " + e.ticket() + ": version is " + version + " in its row, and there is " + e
        : e + " does not follow the event before it";
  }

  /** Tickets without further events, once there are no events left. */
  Optional<String> unfinished() {
    readUpTo(Long.MAX_VALUE);
    return open.entrySet().stream()
        .min(Map.Entry.comparingByKey())
        .map(
            e ->
                "ticket "
                    + e.getKey()
                    + ": version is "
                    + e.getValue().row().number(ReplayField.VERSION)
                    + " in its row and "
                    + e.getValue().events().version
                    + " by its events");
  }

  private void readUpTo(long id) {
    while (more && read < id) {
      Optional<CopyRow> row = rows.next();
      more = row.isPresent();
      row.ifPresent(this::begin);
    }
  }

  private void begin(CopyRow row) {
    read = row.number(ReplayField.ID);
    open.put(read, new Open(row, new Replay()));
  }

  @Override
  public void close() {
    rows.close();
  }
}
