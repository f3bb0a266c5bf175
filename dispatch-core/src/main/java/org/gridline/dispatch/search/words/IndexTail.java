package org.gridline.dispatch.search.words;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.gridline.dispatch.event.Cursor;
import org.gridline.dispatch.event.EventLog;
import org.gridline.dispatch.event.EventLog.Sealed;
import org.gridline.dispatch.ground.AreaUpkeep;
import org.gridline.dispatch.ticket.Ticket;
import org.gridline.dispatch.ticket.TicketStore;
import org.gridline.dispatch.ticket.TicketStore.Particulars;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the log from the index's position on and puts the tickets that it speaks of into the index
 * as they stand. One thread works; the others may look.
 */
final class IndexTail {
  /** One round's most: keeps a catching-up index from crowding out the store's other askers. */
  private static final int READ = 500;

  /** So many are followed at each look, so that the log is not kept waiting. */
  private static final int MOST_SHIFTS = 5;

  /** Each look makes a file of its own, which costs milliseconds and must be merged. */
  private static final long REFRESH_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private static final long CATCHING_UP_REFRESH_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final long COMMIT_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final long CHECK_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long COMPARE_NANOS = TimeUnit.MINUTES.toNanos(15);
  private static final Logger LOG = LoggerFactory.getLogger(IndexTail.class);

  private final TicketIndex index;
  private final EventLog events;
  private final TicketStore tickets;
  private final Legible legible;
  private final Shifts shifts;
  private long shifted;
  private volatile Cursor position = new Cursor(0, "");
  private volatile long end;
  private volatile boolean caughtUp;
  private boolean dirty;
  private boolean uncommitted;

  /** Somebody was forgotten, and their words still stand in files that are searched no more. */
  private boolean forgotten;

  private boolean compared;
  private Set<Long> suspects = Set.of();
  private long suspectedAt;
  private long refreshed = System.nanoTime();
  private long committed = System.nanoTime();
  private long checked = System.nanoTime();
  private long comparedAt = System.nanoTime();

  /** Tells which tickets changed boundaries have moved. */
  interface Shifts {
    List<AreaUpkeep.Shift> listAfter(long number, int most);
  }

  /** The index is not one of this log, or no longer whole; the message says which. */
  static final class Stale extends RuntimeException {
    Stale(String message) {
      super(message);
    }
  }

  IndexTail(
      TicketIndex index, EventLog events, TicketStore tickets, Legible legible, Shifts shifts) {
    this.shifts = shifts;
    this.index = index;
    this.events = events;
    this.tickets = tickets;
    this.legible = legible;
  }

  TicketIndex index() {
    return index;
  }

  Cursor position() {
    return position;
  }

  boolean caughtUp() {
    return caughtUp;
  }

  long lag() {
    return Math.max(0, end - position.seq());
  }

  /**
   * Where to go on.
   *
   * @throws Stale when the index has read another log, or more of this one than there is
   */
  void findPosition() throws IOException {
    Cursor log = events.end();
    end = log.seq();
    Optional<Cursor> said = index.position();
    boolean empty = index.search(s -> s.getIndexReader().maxDoc() == 0);
    if (said.isEmpty() && !empty) throw new Stale("of another form");
    Cursor from = said.orElse(new Cursor(0, log.epoch()));
    if (!from.epoch().equals(log.epoch())) throw new Stale("of another log");
    if (from.seq() > log.seq()) throw new Stale("ahead of the log");
    position = from;
    shifted = index.shifts();
    if (empty) index.commit(from, shifted);
  }

  /** Whether there may be more at once. */
  boolean readOn() throws IOException {
    check();
    List<Sealed> some = events.listAfter(position.seq(), READ);
    if (!some.isEmpty()) {
      put(some.stream().map(Sealed::ticket).distinct().toList());
      forgotten |= some.stream().anyMatch(e -> e.kind().equals("PersonErased"));
      position = new Cursor(some.getLast().seq(), position.epoch());
      end = Math.max(end, position.seq());
      uncommitted = true;
    }
    boolean more = some.size() == READ;
    long now = System.nanoTime();
    if (dirty && now - refreshed >= (more ? CATCHING_UP_REFRESH_NANOS : REFRESH_NANOS)) refresh();
    if (uncommitted && now - committed >= COMMIT_NANOS) commit();
    if (!more && !dirty && !caughtUp) {
      caughtUp = true;
      LOG.info("search index has read the log up to {}", position.seq());
    }
    return more;
  }

  void commit() throws IOException {
    if (forgotten) index.expunge();
    forgotten = false;
    index.commit(position, shifted);
    uncommitted = false;
    committed = System.nanoTime();
  }

  private void refresh() throws IOException {
    index.refresh();
    dirty = false;
    refreshed = System.nanoTime();
  }

  /** Puts these tickets into the index as they stand; what no longer exists goes out. */
  private void put(List<Long> ids) throws IOException {
    List<Ticket> found = tickets.listById(ids);
    Map<Long, Particulars> particulars = tickets.listParticulars(found);
    Set<Long> gone = new HashSet<>(ids);
    for (Ticket ticket : found) {
      Particulars words =
          particulars.getOrDefault(ticket.id(), new Particulars("", "", Optional.empty()));
      index.put(ticket.id(), TicketDocument.of(ticket, words, legible));
      gone.remove(ticket.id());
    }
    index.remove(gone);
    dirty = true;
  }

  /** Looks now and then whether folder and log are still the same. */
  private void check() throws IOException {
    if (System.nanoTime() - checked < CHECK_NANOS) return;
    checked = System.nanoTime();
    if (!index.intact()) throw new Stale("files are missing");
    Cursor log = events.end();
    if (!log.epoch().equals(position.epoch())) throw new Stale("of another log");
    if (log.seq() < position.seq()) throw new Stale("ahead of the log");
    end = log.seq();
    followShifts();
  }

  /** Boundaries that change move tickets without an event: their documents are written anew. */
  private void followShifts() throws IOException {
    for (AreaUpkeep.Shift shift : shifts.listAfter(shifted, MOST_SHIFTS)) {
      put(shift.tickets());
      shifted = shift.number();
      uncommitted = true;
    }
  }

  /**
   * Compares index and store once after catching up and every quarter of an hour, and puts right
   * what differs in two comparisons, between which all was read that was there at the first.
   *
   * @return how many tickets were wrong
   */
  int compareIfDue() throws IOException {
    if (!caughtUp) return 0;
    if (suspects.isEmpty()) {
      if (compared && System.nanoTime() - comparedAt < COMPARE_NANOS) return 0;
      compared = true;
      comparedAt = System.nanoTime();
      SearchDiff first = diff();
      suspects = Set.copyOf(first.ids());
      suspectedAt = events.end().seq();
      if (first.same()) LOG.info("search index equals the store, tickets={}", first.tickets());
      return 0;
    }
    if (position.seq() < suspectedAt) return 0;
    if (dirty) refresh();
    List<Long> wrong = diff().ids().stream().filter(suspects::contains).toList();
    suspects = Set.of();
    for (int from = 0; from < wrong.size(); from += READ)
      put(wrong.subList(from, Math.min(from + READ, wrong.size())));
    if (!wrong.isEmpty())
      LOG.warn("search index differed from the store and is put right, tickets={}", wrong.size());
    return wrong.size();
  }

  /** What differs at this moment. */
  SearchDiff diff() {
    return SearchDiff.of(index, tickets);
  }
}
