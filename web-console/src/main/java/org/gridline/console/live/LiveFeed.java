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
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.gridline.console.view.TicketWriter;
import org.gridline.dispatch.city.CityPack;
import org.gridline.dispatch.event.Cursor;
import org.gridline.dispatch.event.EventLog;
import org.gridline.dispatch.ticket.TicketStore;
import org.gridline.dispatch.track.Tracks.Last;

/**
 * Event-loop code, never awaits: hands news of the log to every client. All state of the fan-out
 * belongs to this verticle's event loop; what comes from elsewhere is moved onto it.
 */
public final class LiveFeed extends VerticleBase {
  private static final long TICK_MILLIS = 1_000;

  /** Each client has a heartbeat every so many ticks, spread so that they don't come at once. */
  private static final int HEARTBEAT_TICKS = 10;

  private static final int PING_TICKS = 3 * HEARTBEAT_TICKS;

  /** A late client is told so many tickets in one write. */
  private static final int MOST_TOLD = 64;

  private static final int MOST_SCANNED = 1_000;

  private final LogTail tail;
  private final Snapshots snapshots;
  private final Sse sse;
  private final Compact compact;
  private final InstantSource clock;
  private final Set<LiveClient> clients = ConcurrentHashMap.newKeySet();
  private final Crowd crowd = new Crowd();
  private final Promise<Context> loop = Promise.promise();
  private final LongAdder opened = new LongAdder();
  private final LongAdder resyncs = new LongAdder();
  private final LongAdder swept = new LongAdder();
  private volatile Consumer<Duration> told = lag -> {};
  private volatile WorkerNews workers = new WorkerNews(List::of);
  private long seq;
  private long ticks;

  /**
   * Where a telling begins.
   *
   * @param position up to here the feed has told others
   * @param floor the client was told up to here already
   */
  record Start(long position, long floor) {}

  public LiveFeed(
      EventLog events,
      TicketStore tickets,
      TicketWriter writer,
      CityPack pack,
      InstantSource clock) {
    this.sse = new Sse(writer, pack.city().timeZone(), clock);
    this.compact = new Compact(sse, pack);
    this.clock = clock;
    this.tail =
        new LogTail(
            events,
            tickets,
            () -> !clients.isEmpty(),
            new LogTail.Output() {
              @Override
              public void news(long after, long upTo, Instant oldest) {
                onLoop(
                    () -> {
                      tell(after, upTo);
                      told.accept(Duration.between(oldest, clock.instant()));
                    });
              }

              @Override
              public CompletableFuture<Boolean> unwatched(long upTo) {
                CompletableFuture<Boolean> nobody = new CompletableFuture<>();
                onLoop(() -> nobody.complete(skip(upTo)));
                return nobody;
              }

              @Override
              public void restarted(long at) {
                onLoop(() -> beginAgain(at));
              }
            });
    this.snapshots = new Snapshots(tickets, () -> tail.position().seq());
  }

  @Override
  public Future<?> start() {
    loop.complete(context);
    vertx.setPeriodic(TICK_MILLIS, timer -> tick());
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

  /** Connections that were found dead without having said so. Any thread. */
  long swept() {
    return swept.sum();
  }

  /**
   * Somebody who wants to know, after each telling, how long ago the first of its events was
   * written; called on the event loop, must not wait.
   */
  public void onTold(Consumer<Duration> watcher) {
    told = watcher;
  }

  /** Where workers are, told each second to those who may see them; answered at once. */
  public void onWorkers(Supplier<Collection<Last>> out) {
    workers = new WorkerNews(out);
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
          List.copyOf(clients).forEach(this::out);
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

  Snapshots snapshots() {
    return snapshots;
  }

  Sse sse() {
    return sse;
  }

  Compact compact() {
    return compact;
  }

  InstantSource clock() {
    return clock;
  }

  /** From here on the feed tells this client nothing until {@link #goLive}. Any thread. */
  Future<Start> gather(LiveClient client) {
    Promise<Start> start = Promise.promise();
    onLoop(
        () -> {
          if (!client.closed() && clients.add(client)) crowd.add(client);
          start.complete(new Start(seq, client.gather(seq)));
        });
    return start.future();
  }

  /** The client has been told everything up to a position. Any thread. */
  Future<Void> goLive(LiveClient client, long upTo) {
    Promise<Void> done = Promise.promise();
    onLoop(
        () -> {
          client.goLive(upTo);
          catchUp(client);
          if (client.current())
            client.line().write(client.form().heartbeat(here(), clock.instant()));
          done.complete();
        });
    return done.future();
  }

  /** The client's connection takes more. Any thread. */
  void flush(LiveClient client) {
    onLoop(() -> catchUp(client));
  }

  /** What the client sees or wants has changed: it is told anew. Any thread. */
  void look(LiveClient client, UnaryOperator<View> change) {
    onLoop(
        () -> {
          View view = change.apply(client.view());
          if (!clients.contains(client) || client.view().equals(view)) return;
          crowd.remove(client);
          client.look(view);
          crowd.add(client);
          client.restart(seq);
        });
  }

  /** Any thread. */
  void leave(LiveClient client) {
    onLoop(() -> out(client));
  }

  /**
   * Tells some clients something beside the log, such as a call that rings. It may be lost: a page
   * asks for the state itself whenever it connects. Any thread; never waits.
   *
   * @param event name of the message
   */
  public void notice(Predicate<View> audience, String event, ObjectNode data) {
    onLoop(
        () -> {
          Map<Form, Buffer> bytes = new HashMap<>();
          for (LiveClient client : clients) {
            if (audience.test(client.view()))
              client.notice(bytes.computeIfAbsent(client.form(), f -> f.notice(event, data)));
          }
        });
  }

  /** What people may see has changed without an event: everybody gets a snapshot. Any thread. */
  public void tellAnew() {
    tail.forgetAudiences();
    snapshots.clear();
    onLoop(() -> clients.forEach(c -> c.restart(seq)));
  }

  private void tell(long after, long upTo) {
    long before = seq;
    seq = upTo;
    Optional<List<Step>> steps = tail.ring().between(after, upTo);
    if (steps.isEmpty()) clients.forEach(c -> c.fallBehind(before));
    else crowd.hand(steps.get(), tail.ring()::news, group -> tell(group, before));
  }

  /** One encoding for the whole group; whoever can't take it now is told later from the ring. */
  private void tell(Crowd.Group group, long before) {
    Optional<List<Told>> news =
        Told.list(group.view(), group.pending(), tail.ring()::news, Told.Reader.CURRENT);
    if (news.isEmpty()) {
      group.clients().forEach(c -> c.fallBehind(before));
      return;
    }
    if (news.get().isEmpty()) return;
    Buffer bytes = group.form().news(news.get(), here());
    for (LiveClient client : group.clients()) {
      if (!client.current()) continue;
      if (client.line().full()) client.fallBehind(before);
      else client.line().write(bytes);
    }
  }

  private void catchUp(LiveClient client) {
    client.tellNotices();
    while (client.behind() && !client.line().full()) {
      if (client.seq() == seq) client.catchUp(seq);
      // Told by another node that was quicker; this one will get there.
      if (client.seq() >= seq) return;
      long upTo = Math.min(seq, client.seq() + MOST_SCANNED);
      Optional<List<Told>> news =
          tail.ring()
              .between(client.seq(), upTo)
              .flatMap(s -> Told.list(client.view(), s, tail.ring()::news, Told.Reader.LATE));
      if (news.isEmpty()) {
        client.restart(seq);
        return;
      }
      List<Told> some = news.get();
      if (some.size() > MOST_TOLD) {
        some = some.subList(0, MOST_TOLD);
        upTo = some.getLast().seq();
      }
      if (!some.isEmpty())
        client.line().write(client.form().news(some, new Cursor(upTo, tail.position().epoch())));
      client.reach(upTo);
    }
  }

  /** False when somebody came between the reading and this moment, and has to be told. */
  private boolean skip(long upTo) {
    if (!clients.isEmpty()) return false;
    seq = upTo;
    return true;
  }

  private void beginAgain(long at) {
    seq = at;
    snapshots.clear();
    for (LiveClient client : clients) {
      client.beginAgain();
      client.restart(0);
    }
  }

  private void tick() {
    ticks++;
    workers.tell(clients);
    Map<Form, Buffer> beats = new HashMap<>();
    for (LiveClient client : clients) {
      if (client.line().gone()) {
        swept.increment();
        out(client);
        continue;
      }
      catchUp(client);
      int turn = Math.floorMod(System.identityHashCode(client), PING_TICKS);
      if (ticks % HEARTBEAT_TICKS != turn % HEARTBEAT_TICKS) continue;
      if (ticks % PING_TICKS == turn) client.line().ping();
      if (!client.current() || client.line().full()) continue;
      client
          .line()
          .write(beats.computeIfAbsent(client.form(), f -> f.heartbeat(here(), clock.instant())));
    }
  }

  private void out(LiveClient client) {
    if (clients.remove(client)) crowd.remove(client);
    client.close();
  }

  private Cursor here() {
    return new Cursor(seq, tail.position().epoch());
  }

  private void onLoop(Runnable work) {
    loop.future().onSuccess(context -> context.runOnContext(v -> work.run()));
  }
}
