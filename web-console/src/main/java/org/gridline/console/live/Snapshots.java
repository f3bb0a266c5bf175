package org.gridline.console.live;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.gridline.dispatch.people.Scope;
import org.gridline.dispatch.ticket.Ticket;
import org.gridline.dispatch.ticket.TicketStore;

/**
 * The open tickets, read for many at once: when everybody comes back in the same second, those who
 * may see the same share one reading, and only a few readings run at a time. Called on virtual
 * threads.
 */
final class Snapshots {
  private static final int PART = 500;
  private static final int AT_A_TIME = 4;
  private static final int MOST_KEPT = 64;
  private static final long KEPT_NANOS = Duration.ofSeconds(1).toNanos();

  private final TicketStore tickets;
  private final LongSupplier position;
  private final Map<Key, Kept> kept = new ConcurrentHashMap<>();
  private final Queue<Promise<Void>> queue = new ArrayDeque<>();
  private int running;

  private record Key(Scope scope, long afterId) {}

  private record Kept(Future<Part> part, long untilNanos) {
    boolean fresh() {
      return untilNanos - System.nanoTime() > 0 && !part.failed();
    }
  }

  /**
   * Some open tickets by their id.
   *
   * @param asOf every step up to here is in it, later ones perhaps
   * @param lastId where the next part begins
   */
  record Part(long asOf, List<News> tickets, long lastId, boolean last) {}

  Snapshots(TicketStore tickets, LongSupplier position) {
    this.tickets = tickets;
    this.position = position;
  }

  /**
   * The open tickets of a scope with an id above {@code afterId}.
   *
   * @param notBefore a position that the part must not be older than
   */
  Part get(Scope scope, long afterId, long notBefore) {
    Key key = new Key(scope, afterId);
    Kept known = kept.get(key);
    // Without a crowd everybody gets a reading of their own, which holds what they wrote just now.
    if (known != null && known.fresh() && busy()) {
      Part part = known.part().await();
      if (part.asOf() >= notBefore) return part;
    }
    Promise<Part> mine = Promise.promise();
    if (kept.size() >= MOST_KEPT) kept.values().removeIf(k -> !k.fresh());
    if (kept.size() < MOST_KEPT)
      kept.put(key, new Kept(mine.future(), System.nanoTime() + KEPT_NANOS));
    try {
      Part part = read(scope, afterId);
      mine.complete(part);
      return part;
    } catch (Exception e) {
      mine.fail(e);
      throw e;
    }
  }

  /** What was read does not hold any more. */
  void clear() {
    kept.clear();
  }

  private Part read(Scope scope, long afterId) {
    enter().await();
    try {
      long asOf = position.getAsLong();
      List<Ticket> some = tickets.listOpen(scope, afterId, PART);
      return new Part(
          asOf,
          some.stream().map(t -> new News(t, "", Optional.empty())).toList(),
          some.isEmpty() ? afterId : some.getLast().id(),
          some.size() < PART);
    } finally {
      leave();
    }
  }

  private synchronized boolean busy() {
    return running >= AT_A_TIME;
  }

  private synchronized Future<Void> enter() {
    if (running < AT_A_TIME) {
      running++;
      return Future.succeededFuture();
    }
    Promise<Void> turn = Promise.promise();
    queue.add(turn);
    return turn.future();
  }

  private void leave() {
    Promise<Void> next;
    synchronized (this) {
      if (queue.isEmpty()) {
        running--;
        return;
      }
      next = queue.remove();
    }
    next.complete();
  }
}
