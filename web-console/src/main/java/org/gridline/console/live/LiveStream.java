package org.gridline.console.live;

import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.gridline.console.http.Traces;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.event.Cursor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection of the feed: tells the snapshot or finds what was missed, on the request's virtual
 * thread and as fast as the reader reads, then leaves the connection to the feed.
 */
final class LiveStream implements Line {
  /** A reader slower than the log itself never gets to the end of a snapshot. */
  private static final int MOST_TELLINGS = 5;

  /** Longer than the idle time after which the connection is cut. */
  private static final int STALLED_SECONDS = 90;

  private static final Logger LOG = LoggerFactory.getLogger(LiveStream.class);

  private final Wire wire;
  private final Context context;
  private final LiveFeed feed;
  private final Seats.Seat seat;
  private final LiveClient client;
  // Used on the connection's context only, which runs one thing at a time.
  private boolean telling;
  private boolean again;
  // The other end may hang up on another thread at any moment.
  private volatile Promise<Void> drained = Promise.promise();
  private volatile boolean closed;

  LiveStream(
      Wire wire,
      Context context,
      LiveFeed feed,
      Form form,
      Seats.Seat seat,
      byte[] tokenHash,
      View view) {
    this.wire = wire;
    this.context = context;
    this.feed = feed;
    this.seat = seat;
    this.client = new LiveClient(tokenHash, view, form, this);
    wire.handlers(this::drained, this::lost);
    // Whoever hung up before this moment is not announced any more.
    if (wire.gone()) lost();
  }

  LiveClient client() {
    return client;
  }

  /**
   * Tells everything; call on the connection's virtual thread.
   *
   * @param after what the client has already, absent for a snapshot
   */
  void tell(Optional<Cursor> after) {
    telling = true;
    Optional<Cursor> known = after;
    int tellings = 0;
    try {
      do {
        again = false;
        tellOnce(known);
        known = Optional.empty();
      } while (again && !closed && ++tellings < MOST_TELLINGS);
      if (again) feed.leave(client);
    } catch (Failure e) {
      // The stream ends and the client comes back by itself.
      LOG.warn("live stream ended, code={}", e.code().id());
      feed.leave(client);
    } catch (Exception e) {
      LOG.error("live stream ended: {}", Traces.withoutMessages(e));
      feed.leave(client);
    } finally {
      telling = false;
      // Hanging up while the feed took the client in: the leaving came before the arriving.
      if (closed) feed.leave(client);
    }
  }

  private void tellOnce(Optional<Cursor> after) {
    LiveFeed.Start start = feed.gather(client).await();
    if (closed) return;
    Optional<Cursor> reached =
        after.filter(c -> c.seq() >= start.position() || known(c.seq(), start.position()));
    if (reached.isPresent()) say("resumed", reached.get());
    else reached = snapshot(start);
    if (again || closed || reached.isEmpty()) return;
    feed.goLive(client, reached.get().seq()).await();
  }

  /** Whether the ring can tell these steps; reads the tickets that it does not know. */
  private boolean known(long after, long upTo) {
    Optional<List<Step>> steps = feed.tail().ring().between(after, upTo);
    steps.ifPresent(feed.tail()::fill);
    return steps.isPresent();
  }

  /** The position that the snapshot holds for; empty when it has to begin again. */
  private Optional<Cursor> snapshot(LiveFeed.Start start) {
    View view = client.view();
    Optional<Cursor> at = Optional.empty();
    long afterId = 0;
    long index = 0;
    while (!again && !closed && client.view().equals(view)) {
      long notBefore = at.map(Cursor::seq).orElse(start.floor());
      Snapshots.Part part = feed.snapshots().get(view.scope(), afterId, notBefore);
      if (at.isEmpty()) {
        at = Optional.of(new Cursor(part.asOf(), feed.tail().position().epoch()));
        say("reset", at.get());
      }
      List<Form.Seen> seen = seen(part, view);
      // A snapshot that has to begin again must not say that it is complete.
      if ((part.last() || !seen.isEmpty()) && !again && client.view().equals(view)) {
        Form.Part which = Form.Part.of(index++, part.last());
        send(client.form().snapshot(at.get(), seen, which, feed.clock().instant()));
      }
      if (part.last()) {
        boolean told = known(at.get().seq(), Math.max(start.position(), at.get().seq()));
        again |= !told;
        return told ? at : Optional.empty();
      }
      afterId = part.lastId();
    }
    again = true;
    return Optional.empty();
  }

  /** What the view sees of a part; what has changed since it was read, as it stands now. */
  private List<Form.Seen> seen(Snapshots.Part part, View view) {
    Ring ring = feed.tail().ring();
    List<Step> steps = ring.between(part.asOf(), feed.tail().position().seq()).orElse(List.of());
    feed.tail().fill(steps);
    Set<Long> changed = steps.stream().map(Step::ticket).collect(Collectors.toSet());
    List<Form.Seen> seen = new ArrayList<>();
    for (News read : part.tickets()) {
      long id = read.ticket().id();
      Optional<News> now = changed.contains(id) ? ring.news(id) : Optional.of(read);
      now.filter(n -> n.audience().state().open())
          .map(n -> new Form.Seen(n, view.shows(n.audience())))
          .filter(s -> s.shown() != Shown.NOTHING)
          .ifPresent(seen::add);
    }
    return seen;
  }

  private void say(String name, Cursor at) {
    if (client.form() instanceof Compact) send(Compact.at(name, at));
  }

  private void send(Buffer bytes) {
    while (!closed && wire.full()) {
      Promise<Void> turn = Promise.promise();
      drained = turn;
      // Room or an end that came before this turn was there has told the turn before.
      if (closed || !wire.full()) continue;
      turn.future().timeout(STALLED_SECONDS, TimeUnit.SECONDS).await();
    }
    write(bytes);
  }

  @Override
  public boolean full() {
    return closed || wire.full();
  }

  @Override
  public void write(Buffer bytes) {
    if (!closed) wire.write(bytes);
  }

  @Override
  public boolean gone() {
    return closed || wire.gone();
  }

  @Override
  public void ping() {
    if (!closed) wire.ping();
  }

  @Override
  public void restart() {
    feed.countResync();
    context.runOnContext(
        v -> {
          again = true;
          if (!telling && !closed) tell(Optional.empty());
        });
  }

  @Override
  public void close() {
    closed = true;
    seat.leave();
    drained.tryComplete();
    context.runOnContext(v -> wire.end());
  }

  private void drained() {
    drained.tryComplete();
    feed.flush(client);
  }

  private void lost() {
    closed = true;
    seat.leave();
    drained.tryComplete();
    feed.leave(client);
  }
}
