package org.gridline.console.live;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.gridline.console.http.Traces;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.event.Cursor;
import org.gridline.dispatch.event.EventLog;
import org.gridline.dispatch.event.EventLog.Sealed;
import org.gridline.dispatch.ticket.Ticket;
import org.gridline.dispatch.ticket.TicketStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the log as it grows, on a virtual thread of its own, and makes news of it. A wake-up from
 * the sealer is the usual way; the poll is there for other nodes' sealers and lost hints.
 */
final class LogTail {
  /** Further behind than this, a snapshot is cheaper. */
  static final int KEPT_EVENTS = 10_000;

  private static final int READ = 500;
  private static final long POLL_MILLIS = 25;
  private static final long IDLE_MILLIS = 1_000;
  private static final Logger LOG = LoggerFactory.getLogger(LogTail.class);

  private final EventLog events;
  private final TicketStore tickets;
  private final Sse sse;
  private final InstantSource clock;
  private final Output output;
  private final BooleanSupplier watched;
  private final Ring ring = new Ring(KEPT_EVENTS);
  private final Semaphore awake = new Semaphore(0);
  private final CompletableFuture<Void> started = new CompletableFuture<>();
  private volatile Cursor position = new Cursor(0, "");
  private volatile boolean stopped;

  /** Where news go; must not wait. */
  interface Output {
    /**
     * News in the order of the log, up to a position.
     *
     * @param oldest when the first of the events behind them was written
     */
    void news(List<Frame> frames, long upTo, Instant oldest);

    /** The log went on to a position while nobody watched, so no news were made. */
    void unwatched(long upTo);

    /** The log is another one, after a restore: everybody begins again at this position. */
    void restarted(long at);
  }

  LogTail(
      EventLog events,
      TicketStore tickets,
      Sse sse,
      InstantSource clock,
      BooleanSupplier watched,
      Output output) {
    this.events = events;
    this.tickets = tickets;
    this.sse = sse;
    this.clock = clock;
    this.watched = watched;
    this.output = output;
  }

  void start() {
    Thread.ofVirtual().name("live-tail").start(this::run);
  }

  void stop() {
    stopped = true;
    awake.release();
  }

  /** There is something new, perhaps. Never waits. */
  void wake() {
    if (awake.availablePermits() == 0) awake.release();
  }

  /** Completes when the end of the log is known. */
  CompletableFuture<Void> started() {
    return started;
  }

  Cursor position() {
    return position;
  }

  Ring ring() {
    return ring;
  }

  /**
   * News of these events with the tickets as they stand now; the last step of a ticket names it.
   */
  List<Frame> frames(List<Sealed> steps) {
    Map<Long, Sealed> last = new LinkedHashMap<>();
    Map<Long, Set<String>> before = new HashMap<>();
    for (Sealed step : steps) {
      last.put(step.ticket(), step);
      before.computeIfAbsent(step.ticket(), t -> new HashSet<>()).add(step.unitBefore().orElse(""));
    }
    List<Frame> frames = new ArrayList<>();
    List<Long> ids = List.copyOf(last.keySet());
    for (int from = 0; from < ids.size(); from += READ) {
      List<Long> some = ids.subList(from, Math.min(from + READ, ids.size()));
      for (Ticket ticket : tickets.listById(some)) {
        Sealed step = last.get(ticket.id());
        Set<String> units = before.get(ticket.id());
        if (step != null && units != null) frames.add(frame(ticket, step, units));
      }
    }
    frames.sort(Comparator.comparingLong(Frame::seq));
    return frames;
  }

  private Frame frame(Ticket ticket, Sealed step, Set<String> unitsBefore) {
    Cursor at = new Cursor(step.seq(), position.epoch());
    return Frame.of(
        step.seq(),
        ticket,
        unitsBefore,
        sse.change(at, step.kind(), ticket, clock.instant()),
        Sse.gone(at, ticket.id()));
  }

  private void run() {
    boolean sure = false;
    while (!stopped) {
      try {
        if (!sure) findEnd();
        sure = true;
        started.complete(null);
        boolean more = true;
        while (more) more = readOn();
      } catch (Failure e) {
        // Logged once an outage, not once a poll.
        if (sure && !stopped) LOG.warn("live feed waits for the log, code={}", e.code().id());
        sure = false;
      } catch (Exception e) {
        // Awaiting throws what the future failed with, checked or not.
        if (!stopped) LOG.error("live feed begins again after {}", Traces.withoutMessages(e));
        position = new Cursor(0, "");
        sure = false;
      }
      pause(sure && watched.getAsBoolean() ? POLL_MILLIS : IDLE_MILLIS);
    }
  }

  /** At the start, and after an outage, when the log may be another one. */
  private void findEnd() {
    Cursor end = events.end();
    boolean first = position.epoch().isEmpty();
    if (!first && end.epoch().equals(position.epoch()) && end.seq() >= position.seq()) return;
    long from = Math.max(0, end.seq() - KEPT_EVENTS);
    ring.reset(from);
    while (from < end.seq()) {
      List<Sealed> some = events.listAfter(from, (int) Math.min(READ, end.seq() - from));
      if (some.isEmpty()) break;
      some.forEach(ring::add);
      from = some.getLast().seq();
    }
    position = new Cursor(from, end.epoch());
    output.restarted(from);
  }

  /** Whether there may be more. */
  private boolean readOn() {
    List<Sealed> some = events.listAfter(position.seq(), READ);
    if (some.isEmpty()) return false;
    boolean told = watched.getAsBoolean();
    List<Frame> frames = told ? frames(some) : List.of();
    some.forEach(ring::add);
    position = new Cursor(some.getLast().seq(), position.epoch());
    if (told) output.news(frames, position.seq(), some.getFirst().writtenAt());
    else output.unwatched(position.seq());
    return some.size() == READ;
  }

  private void pause(long millis) {
    try {
      if (awake.tryAcquire(millis, TimeUnit.MILLISECONDS)) awake.drainPermits();
    } catch (InterruptedException e) {
      stopped = true;
      Thread.currentThread().interrupt();
    }
  }
}
