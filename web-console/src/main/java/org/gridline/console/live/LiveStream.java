package org.gridline.console.live;

import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.gridline.console.http.Traces;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.event.Cursor;
import org.gridline.dispatch.event.EventLog.Sealed;
import org.gridline.dispatch.ticket.Ticket;
import org.gridline.dispatch.ticket.TicketStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection of the feed: tells the snapshot or what was missed, on the request's virtual
 * thread and as fast as the reader reads, then leaves the connection to the feed.
 */
final class LiveStream implements LiveClient.Line {
  private static final int PART = 500;
  private static final Logger LOG = LoggerFactory.getLogger(LiveStream.class);

  private final HttpServerResponse response;
  private final Context context;
  private final LiveFeed feed;
  private final TicketStore tickets;
  private final InstantSource clock;
  private final LiveClient client;
  // Used on the request's context only, which runs one thing at a time.
  private Promise<Void> drained = Promise.promise();
  private boolean telling;
  private boolean again;
  private volatile boolean closed;

  LiveStream(
      HttpServerResponse response,
      Context context,
      LiveFeed feed,
      TicketStore tickets,
      InstantSource clock,
      byte[] tokenHash,
      View view) {
    this.response = response;
    this.context = context;
    this.feed = feed;
    this.tickets = tickets;
    this.clock = clock;
    this.client = new LiveClient(tokenHash, view, this);
    response.drainHandler(
        v -> {
          drained.tryComplete();
          feed.flush(client);
        });
    response.closeHandler(v -> lost());
    response.exceptionHandler(e -> lost());
    // Whoever hung up before this moment is not announced any more.
    if (response.closed()) closed = true;
  }

  /**
   * Tells everything; call on the request's virtual thread.
   *
   * @param after what the client has already, absent for a snapshot
   */
  void tell(Optional<Cursor> after) {
    telling = true;
    Optional<Cursor> known = after;
    try {
      do {
        again = false;
        tellOnce(known);
        known = Optional.empty();
      } while (again && !closed);
    } catch (Failure e) {
      // The stream ends and the browser comes back by itself.
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
    long upTo = feed.gather(client).await();
    Optional<List<Sealed>> missed =
        after.flatMap(
            c ->
                c.seq() >= upTo
                    ? Optional.of(List.of())
                    : feed.tail().ring().between(c.seq(), upTo));
    if (missed.isPresent()) replay(missed.get());
    else snapshot(new Cursor(upTo, feed.tail().position().epoch()));
    if (!again && !closed) {
      feed.goLive(
              client, Math.max(upTo, missed.isPresent() ? after.map(Cursor::seq).orElse(0L) : 0))
          .await();
    }
  }

  private void snapshot(Cursor at) {
    View view = client.view();
    long afterId = 0;
    while (!again && !closed) {
      List<Ticket> part = tickets.listOpen(view.scope(), afterId, PART);
      boolean last = part.size() < PART;
      List<Ticket> seen = part.stream().filter(view::covers).toList();
      if (last || !seen.isEmpty()) {
        Sse.End end = last ? Sse.End.LAST : Sse.End.MORE;
        // A snapshot that has to begin again must not say that it is complete.
        if (!again) send(feed.sse().snapshot(at, seen, end, clock.instant()));
      }
      if (last) return;
      afterId = part.getLast().id();
    }
  }

  private void replay(List<Sealed> missed) {
    View view = client.view();
    for (Frame frame : feed.tail().frames(missed)) {
      if (again || closed) return;
      if (frame.seenBy(view)) send(frame.change());
      else if (frame.wasSeenBy(view)) send(frame.gone());
    }
  }

  private void send(Buffer bytes) {
    while (!closed && response.writeQueueFull()) {
      drained = Promise.promise();
      if (response.writeQueueFull()) drained.future().await();
    }
    if (!closed) write(bytes);
  }

  @Override
  public boolean full() {
    return closed || response.writeQueueFull();
  }

  @Override
  public void write(Buffer bytes) {
    if (!closed) response.write(bytes);
  }

  @Override
  public void restart() {
    feed.countResync();
    context.runOnContext(
        v -> {
          again = true;
          if (!telling) tell(Optional.empty());
        });
  }

  @Override
  public void close() {
    context.runOnContext(
        v -> {
          closed = true;
          drained.tryComplete();
          if (!response.ended() && !response.closed()) response.end();
        });
  }

  private void lost() {
    closed = true;
    drained.tryComplete();
    feed.leave(client);
  }
}
