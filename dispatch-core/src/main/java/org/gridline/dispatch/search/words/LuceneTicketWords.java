package org.gridline.dispatch.search.words;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TopFieldCollectorManager;
import org.apache.lucene.search.TopFieldDocs;
import org.apache.lucene.store.AlreadyClosedException;
import org.apache.lucene.store.LockObtainFailedException;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;
import org.gridline.dispatch.event.EventLog;
import org.gridline.dispatch.ground.AreaUpkeep;
import org.gridline.dispatch.people.Scope;
import org.gridline.dispatch.ticket.TicketStore;
import org.gridline.dispatch.ticket.TicketStore.Search;
import org.gridline.dispatch.ticket.TicketWords;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps this node's index beside the log, on a thread of its own, and searches it. An index that is
 * gone, broken, or of another log is made anew from the log's beginning; until that is done, asking
 * for words is refused as unavailable and nothing else is.
 */
public final class LuceneTicketWords implements TicketWords, AutoCloseable {
  private static final long POLL_MILLIS = 25;
  private static final long AFTER_FAILURE_MILLIS = 500;
  private static final long CLOSE_MILLIS = 5_000;
  private static final Logger LOG = LoggerFactory.getLogger(LuceneTicketWords.class);

  private final Path folder;
  private final EventLog events;
  private final TicketStore tickets;
  private final Legible legible;
  private final IndexTail.Shifts shifts;
  private final Semaphore awake = new Semaphore(0);
  private final Thread thread = new Thread(this::run, "search-index");
  private volatile Optional<IndexTail> tail = Optional.empty();
  private volatile boolean stopped;
  private final AtomicInteger rebuilds = new AtomicInteger();
  private final AtomicInteger repaired = new AtomicInteger();

  /** On ground that never changes. */
  public LuceneTicketWords(Path folder, EventLog events, TicketStore tickets, Legible legible) {
    this(folder, events, tickets, legible, (after, most) -> List.of());
  }

  /**
   * @param folder of this node alone; what is in it may be deleted
   * @param upkeep tells which tickets changed boundaries have moved
   */
  public LuceneTicketWords(
      Path folder, EventLog events, TicketStore tickets, Legible legible, AreaUpkeep upkeep) {
    this(folder, events, tickets, legible, upkeep::listShifts);
  }

  private LuceneTicketWords(
      Path folder, EventLog events, TicketStore tickets, Legible legible, IndexTail.Shifts shifts) {
    this.shifts = shifts;
    this.folder = folder;
    this.events = events;
    this.tickets = tickets;
    this.legible = legible;
    thread.setDaemon(true);
  }

  public void start() {
    thread.start();
  }

  /** There is something new in the log, perhaps. Never waits. */
  public void wake() {
    if (awake.availablePermits() == 0) awake.release();
  }

  @Override
  public Found find(String words, Reader reader, Search search, Scope scope) {
    Query query = TicketFilters.of(words, reader, search, scope);
    Optional<FieldDoc> after = TicketFilters.after(search);
    TicketIndex index =
        tail.filter(IndexTail::caughtUp)
            .map(IndexTail::index)
            .orElseThrow(LuceneTicketWords::notNow);
    try {
      return index.search(
          searcher -> {
            TopFieldDocs top =
                searcher.search(
                    query,
                    new TopFieldCollectorManager(
                        TicketFilters.order(search.sort()),
                        search.limit() + 1,
                        after.orElse(null),
                        Integer.MAX_VALUE));
            return found(top, search);
          });
    } catch (AlreadyClosedException | UncheckedIOException broken) {
      // The tail finds out by itself and makes the index anew.
      throw notNow();
    }
  }

  private static Found found(TopFieldDocs top, Search search) {
    List<FieldDoc> hits = Arrays.stream(top.scoreDocs).map(FieldDoc.class::cast).toList();
    boolean more = hits.size() > search.limit();
    List<FieldDoc> page = more ? hits.subList(0, search.limit()) : hits;
    return new Found(
        page.stream().map(TicketFilters::id).toList(),
        more ? Optional.of(TicketFilters.cursor(page.getLast(), search.sort())) : Optional.empty(),
        top.totalHits.value());
  }

  private static Failure notNow() {
    return new Failure(
        FailureCode.UNAVAILABLE,
        "检索正在重建,请稍后再试 · the search index is being made, try again shortly");
  }

  /** How many events the index is behind the log; all of them while it is being made. */
  public long lag() {
    return tail.map(IndexTail::lag).orElse(0L);
  }

  /** Up to where the index has read the log. */
  public long position() {
    return tail.map(t -> t.position().seq()).orElse(0L);
  }

  /** Whether words can be asked for now. */
  public boolean ready() {
    return tail.map(IndexTail::caughtUp).orElse(false);
  }

  /** How often the index was made anew since the start. */
  public int rebuilds() {
    return rebuilds.get();
  }

  /**
   * How many tickets the comparisons with the store have put right; anything but 0 is a mistake.
   */
  public int repaired() {
    return repaired.get();
  }

  /** Compares index and store now, ticket by ticket. Waits for the store. */
  public SearchDiff diff() {
    try {
      return tail.map(IndexTail::diff).orElseThrow(LuceneTicketWords::notNow);
    } catch (AlreadyClosedException | UncheckedIOException broken) {
      throw notNow();
    }
  }

  private void run() {
    boolean told = false;
    while (!stopped) {
      try (TicketIndex index = open()) {
        IndexTail current = new IndexTail(index, events, tickets, legible, shifts);
        tail = Optional.of(current);
        current.findPosition();
        follow(current);
        told = false;
      } catch (LockObtainFailedException inUse) {
        // What somebody else writes at this moment is not ours to remove.
        if (!told) LOG.warn("search index is written by another process, waiting for it");
        told = true;
        pause(AFTER_FAILURE_MILLIS);
      } catch (IndexTail.Stale stale) {
        rebuild(String.valueOf(stale.getMessage()));
      } catch (Failure e) {
        if (!told) LOG.warn("search index waits for the log, code={}", e.code().id());
        told = true;
        pause(AFTER_FAILURE_MILLIS);
      } catch (IOException | RuntimeException e) {
        if (!stopped) rebuild(e.getClass().getSimpleName());
      } catch (Exception e) {
        // Awaiting throws what the future failed with, checked or not.
        if (!stopped) LOG.error("search index begins again after {}", e.getClass().getSimpleName());
        pause(AFTER_FAILURE_MILLIS);
      } finally {
        tail = Optional.empty();
      }
    }
  }

  private TicketIndex open() throws IOException {
    try {
      return TicketIndex.open(folder);
    } catch (LockObtainFailedException inUse) {
      throw inUse;
    } catch (IOException | RuntimeException unreadable) {
      LOG.warn("search index can't be read: {}", unreadable.getClass().getSimpleName());
      rebuilds.incrementAndGet();
      TicketIndex.wipe(folder);
      return TicketIndex.open(folder);
    }
  }

  private void follow(IndexTail current) throws IOException {
    while (!stopped) {
      boolean more = current.readOn();
      repaired.addAndGet(current.compareIfDue());
      if (!more) pause(POLL_MILLIS);
    }
    current.commit();
  }

  private void rebuild(String why) {
    LOG.warn("search index is made anew: {}", why);
    rebuilds.incrementAndGet();
    try {
      TicketIndex.wipe(folder);
    } catch (IOException e) {
      LOG.error("search index can't be removed: {}", e.getClass().getSimpleName());
    }
    pause(AFTER_FAILURE_MILLIS);
  }

  private void pause(long millis) {
    try {
      if (awake.tryAcquire(millis, TimeUnit.MILLISECONDS)) awake.drainPermits();
    } catch (InterruptedException e) {
      stopped = true;
      Thread.currentThread().interrupt();
    }
  }

  /** Commits what is read and lets go of the folder. */
  @Override
  public void close() {
    stopped = true;
    awake.release();
    try {
      thread.join(CLOSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
