package org.gridline.console.live;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  /** Some 200 bytes each. */
  private static final int KEPT_AUDIENCES = 50_000;

  private static final int READ = 500;
  private static final long POLL_MILLIS = 25;
  private static final long IDLE_MILLIS = 1_000;

  /** The feed answers at once, unless its event loop is stuck. */
  private static final long ANSWER_SECONDS = 30;

  private static final Logger LOG = LoggerFactory.getLogger(LogTail.class);

  private final EventLog events;
  private final TicketStore tickets;
  private final Output output;
  private final BooleanSupplier watched;
  private final Ring ring = new Ring(KEPT_EVENTS);
  private final Known known = new Known(KEPT_AUDIENCES);
  private final Semaphore awake = new Semaphore(0);
  private final CompletableFuture<Void> started = new CompletableFuture<>();
  private volatile Cursor position = new Cursor(0, "");
  private volatile boolean stopped;

  /** Where news go; must not wait. */
  interface Output {
    /**
     * There are steps after one position up to another in the ring.
     *
     * @param oldest when the first of them was written
     */
    void news(long after, long upTo, Instant oldest);

    /**
     * The log went on to a position while nobody watched, so no news were made.
     *
     * @return whether there is still nobody; those who came meanwhile want the news
     */
    CompletableFuture<Boolean> unwatched(long upTo);

    /** The log is another one, after a restore: everybody begins again at this position. */
    void restarted(long at);
  }

  LogTail(EventLog events, TicketStore tickets, BooleanSupplier watched, Output output) {
    this.events = events;
    this.tickets = tickets;
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

  /** Boundaries have moved tickets without any step. */
  void forgetAudiences() {
    known.clear();
  }

  /** Reads the tickets of these steps that the ring does not know as they stand. */
  void fill(List<Step> steps) {
    Map<Long, String> missing = new LinkedHashMap<>();
    for (Step step : steps)
      if (ring.news(step.ticket()).isEmpty()) missing.put(step.ticket(), step.event().kind());
    read(missing, Map.of()).forEach(ring::put);
  }

  private List<News> read(Map<Long, String> kinds, Map<Long, Audience> before) {
    List<News> news = new ArrayList<>();
    List<Long> ids = List.copyOf(kinds.keySet());
    for (int from = 0; from < ids.size(); from += READ)
      for (Ticket ticket : tickets.listById(ids.subList(from, Math.min(from + READ, ids.size()))))
        news.add(
            new News(
                ticket,
                kinds.getOrDefault(ticket.id(), ""),
                Optional.ofNullable(before.get(ticket.id()))));
    return news;
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
    known.clear();
    ring.reset(from);
    while (from < end.seq()) {
      List<Sealed> some = events.listAfter(from, (int) Math.min(READ, end.seq() - from));
      if (some.isEmpty()) break;
      for (Sealed event : some) ring.add(new Step(event, Optional.empty()));
      from = some.getLast().seq();
    }
    position = new Cursor(from, end.epoch());
    output.restarted(from);
  }

  /** Whether there may be more. */
  private boolean readOn() throws Exception {
    List<Sealed> some = events.listAfter(position.seq(), READ);
    if (some.isEmpty()) return false;
    long after = position.seq();
    long upTo = some.getLast().seq();
    boolean told = watched.getAsBoolean();
    if (!told) {
      pass(some);
      told = !output.unwatched(upTo).get(ANSWER_SECONDS, TimeUnit.SECONDS);
    }
    if (told) take(some);
    position = new Cursor(upTo, position.epoch());
    if (told) output.news(after, upTo, some.getFirst().writtenAt());
    return some.size() == READ;
  }

  private void take(List<Sealed> events) {
    Map<Long, String> kinds = new LinkedHashMap<>();
    Map<Long, Audience> before = new HashMap<>();
    List<Step> steps = new ArrayList<>();
    for (Sealed event : events) {
      Optional<Audience> then = Optional.empty();
      if (kinds.put(event.ticket(), event.kind()) == null) {
        then = known.find(event.ticket());
        then.ifPresent(t -> before.put(event.ticket(), t));
      }
      steps.add(new Step(event, then));
    }
    List<News> news = read(kinds, before);
    ring.addAll(steps, news);
    for (News one : news) known.put(one.ticket().id(), one.audience());
  }

  /** Nobody listens: the tickets need not be read. */
  private void pass(List<Sealed> events) {
    for (Sealed event : events) {
      known.forget(event.ticket());
      ring.add(new Step(event, Optional.empty()));
    }
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
