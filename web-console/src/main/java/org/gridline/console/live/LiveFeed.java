package org.gridline.console.live;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.gridline.console.view.TicketWriter;
import org.gridline.dispatch.event.Cursor;
import org.gridline.dispatch.event.EventLog;
import org.gridline.dispatch.ticket.TicketStore;

/**
 * Event-loop code, never awaits: hands news of the log to every client. All state of the fan-out
 * belongs to this verticle's event loop; what comes from elsewhere is moved onto it.
 */
public final class LiveFeed extends VerticleBase {
  private static final long HEARTBEAT_MILLIS = 10_000;

  private final LogTail tail;
  private final Sse sse;
  private final InstantSource clock;
  private final Set<LiveClient> clients = ConcurrentHashMap.newKeySet();
  private final Promise<Context> loop = Promise.promise();
  private final LongAdder opened = new LongAdder();
  private final LongAdder resyncs = new LongAdder();
  private volatile Consumer<Duration> told = lag -> {};
  private long seq;

  public LiveFeed(
      EventLog events, TicketStore tickets, TicketWriter writer, ZoneId zone, InstantSource clock) {
    this.sse = new Sse(writer, zone);
    this.clock = clock;
    this.tail =
        new LogTail(
            events,
            tickets,
            sse,
            clock,
            () -> !clients.isEmpty(),
            new LogTail.Output() {
              @Override
              public void news(List<Frame> frames, long upTo, Instant oldest) {
                onLoop(
                    () -> {
                      tell(frames, upTo);
                      told.accept(Duration.between(oldest, clock.instant()));
                    });
              }

              @Override
              public void unwatched(long upTo) {
                onLoop(() -> skip(upTo));
              }

              @Override
              public void restarted(long at) {
                onLoop(() -> beginAgain(at));
              }
            });
  }

  @Override
  public Future<?> start() {
    loop.complete(context);
    vertx.setPeriodic(HEARTBEAT_MILLIS, timer -> heartbeat());
    tail.start();
    return Future.succeededFuture();
  }

  @Override
  public Future<?> stop() {
    tail.stop();
    clients.forEach(LiveClient::close);
    clients.clear();
    return Future.succeededFuture();
  }

  /** There is something new in the log, perhaps. Any thread; never waits. */
  public void wake() {
    tail.wake();
  }

  /** How many clients listen. Any thread. */
  public int clients() {
    return clients.size();
  }

  /** How many streams were opened so far. Any thread. */
  public long opened() {
    return opened.sum();
  }

  /** How often a client had to be told everything anew. Any thread. */
  public long resyncs() {
    return resyncs.sum();
  }

  /** Where the feed has read to; 0 before it began. Any thread. */
  public long position() {
    return tail.position().seq();
  }

  /**
   * Somebody who wants to know, after each telling, how long ago the first of its events was
   * written; called on the event loop, must not wait.
   */
  public void onTold(Consumer<Duration> watcher) {
    told = watcher;
  }

  void countOpened() {
    opened.increment();
  }

  void countResync() {
    resyncs.increment();
  }

  /** Reads no further and ends every stream; browsers come back with their last position. */
  public Future<Void> dismiss() {
    tail.stop();
    Promise<Void> done = Promise.promise();
    onLoop(
        () -> {
          clients.forEach(LiveClient::close);
          clients.clear();
          done.complete();
        });
    return done.future();
  }

  /** Completes when positions can be compared with the log. Any thread. */
  Future<Void> started() {
    return Future.fromCompletionStage(tail.started());
  }

  Collection<LiveClient> everybody() {
    return clients;
  }

  LogTail tail() {
    return tail;
  }

  Sse sse() {
    return sse;
  }

  /** News are collected for this client from the position that this gives. Any thread. */
  Future<Long> gather(LiveClient client) {
    Promise<Long> from = Promise.promise();
    onLoop(
        () -> {
          clients.add(client);
          from.complete(client.gather(seq));
        });
    return from.future();
  }

  /** The client has been told everything up to a position. Any thread. */
  Future<Void> goLive(LiveClient client, long upTo) {
    Promise<Void> done = Promise.promise();
    onLoop(
        () -> {
          client.goLive(upTo);
          client.heartbeat(seq, sse.heartbeat(here(), clock.instant()));
          done.complete();
        });
    return done.future();
  }

  /** Any thread. */
  void flush(LiveClient client) {
    onLoop(client::flush);
  }

  /** Any thread. */
  void look(LiveClient client, View view) {
    onLoop(() -> client.look(view));
  }

  /** Any thread. */
  void leave(LiveClient client) {
    onLoop(
        () -> {
          if (clients.remove(client)) client.close();
        });
  }

  /**
   * Tells some clients something beside the log, such as a call that rings. It may be lost: a page
   * asks for the state itself whenever it connects. Any thread; never waits.
   *
   * @param event name of the server-sent event
   */
  public void notice(Predicate<View> audience, String event, ObjectNode data) {
    Buffer bytes = Sse.notice(event, data);
    onLoop(
        () -> {
          for (LiveClient client : clients) {
            if (audience.test(client.view())) client.notice(bytes);
          }
        });
  }

  private void tell(List<Frame> frames, long upTo) {
    seq = upTo;
    for (LiveClient client : clients) {
      for (Frame frame : frames) client.offer(frame);
      client.flush();
    }
  }

  /** Whoever came between the reading and this moment has missed what was read. */
  private void skip(long upTo) {
    seq = upTo;
    clients.forEach(LiveClient::restart);
  }

  private void beginAgain(long at) {
    seq = at;
    clients.forEach(LiveClient::beginAgain);
  }

  private void heartbeat() {
    if (clients.isEmpty()) return;
    var bytes = sse.heartbeat(here(), clock.instant());
    for (LiveClient client : clients) client.heartbeat(seq, bytes);
  }

  private Cursor here() {
    return new Cursor(seq, tail.position().epoch());
  }

  private void onLoop(Runnable work) {
    loop.future().onSuccess(context -> context.runOnContext(v -> work.run()));
  }
}
