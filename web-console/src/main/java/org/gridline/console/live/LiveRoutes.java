package org.gridline.console.live;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.ServerWebSocket;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.gridline.console.Office;
import org.gridline.console.http.Answer;
import org.gridline.console.http.Call;
import org.gridline.console.http.Endpoint;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;
import org.gridline.dispatch.event.Cursor;
import org.gridline.dispatch.people.User;
import org.gridline.dispatch.route.UnitTree;

/** The route of the live feed: server-sent events, or a WebSocket for whoever asks for one. */
public final class LiveRoutes {
  private static final int RETRY_MILLIS = 1_000;
  private static final int START_SECONDS = 5;
  private static final String BOX = "bbox=";

  private final Office office;
  private final LiveFeed feed;
  private final Seats seats = new Seats(Seats.Limits.read(System.getenv()));

  public LiveRoutes(Office office, LiveFeed feed) {
    this.office = office;
    this.feed = feed;
  }

  public List<Endpoint> endpoints() {
    return List.of(Endpoint.get("/api/v1/events", this::open));
  }

  private Answer open(Call call) {
    HttpServerRequest request = call.request();
    boolean upgrade = "websocket".equalsIgnoreCase(request.getHeader("Upgrade"));
    if (upgrade) Origins.check(call);
    UnitTree units = office.pack().policy().units();
    View view = View.of(call.user(), units, wish(call));
    Optional<String> asked =
        call.query("after")
            .or(() -> Optional.ofNullable(request.getHeader("Last-Event-ID")))
            .filter(text -> !text.isBlank());
    awaitStart();
    Optional<Cursor> after = asked.flatMap(this::known);
    Seats.Seat seat = seats.take(call.user().id(), call.reached().client());
    try {
      if (upgrade) socket(call, view, after, seat);
      else stream(call, view, after, seat);
    } catch (RuntimeException e) {
      seat.leave();
      throw e;
    }
    return new Answer.Stream();
  }

  private void stream(Call call, View view, Optional<Cursor> after, Seats.Seat seat) {
    HttpServerResponse response = call.request().response();
    response
        .setChunked(true)
        .putHeader("Content-Type", "text/event-stream; charset=utf-8")
        .putHeader("Cache-Control", "no-store")
        // A proxy that collects bytes would make the live feed a late one.
        .putHeader("X-Accel-Buffering", "no");
    // Spread, so that a restart does not bring everybody back in the same moment.
    int retry = RETRY_MILLIS + ThreadLocalRandom.current().nextInt(RETRY_MILLIS);
    LiveStream stream =
        new LiveStream(
            new SseLine(response),
            Vertx.currentContext(),
            feed,
            feed.sse(),
            seat,
            call.tokenHash(),
            view);
    feed.countOpened();
    response.write(Sse.hello(retry));
    stream.tell(after);
  }

  private void socket(Call call, View view, Optional<Cursor> after, Seats.Seat seat) {
    byte[] tokenHash = call.tokenHash();
    ServerWebSocket socket = call.request().toWebSocket().await();
    SocketLine line = new SocketLine(socket);
    LiveStream stream =
        new LiveStream(line, Vertx.currentContext(), feed, feed.compact(), seat, tokenHash, view);
    feed.countOpened();
    line.onText(text -> heard(line, stream.client(), text));
    line.write(feed.compact().hello());
    stream.tell(after);
  }

  /** A client may look elsewhere on the map; it says nothing else. */
  private void heard(SocketLine line, LiveClient client, String text) {
    try {
      if (!text.startsWith(BOX)) throw new Failure(FailureCode.INVALID_REQUEST, BOX);
      String asked = text.substring(BOX.length());
      Optional<Box> box = asked.isEmpty() ? Optional.empty() : Optional.of(Box.parse(asked));
      feed.look(client, view -> view.wishing(view.wish().within(box)));
    } catch (Failure e) {
      line.refuse();
    }
  }

  private Wish wish(Call call) {
    Set<String> units = call.query("unit").map(this::units).orElse(Set.of());
    if (call.query("own").isPresent()) units = own(call, units);
    return new Wish(
        call.query("bbox").map(Box::parse),
        units,
        call.query("area")
            .map(a -> Set.copyOf(office.ground().succession().follow(List.of(a))))
            .orElse(Set.of()));
  }

  /** Own are the tickets that one's unit, or one below it, owns or helps with. */
  private Set<String> own(Call call, Set<String> asked) {
    if (!call.query("own").orElseThrow().equals("true"))
      throw Failure.atField(FailureCode.INVALID_REQUEST, "own", "true");
    if (!asked.isEmpty())
      throw Failure.atField(
          FailureCode.INVALID_REQUEST, "own", "不能与 unit 同用 · not together with unit");
    User user = call.user();
    return user.unit()
        .map(this::units)
        .orElseThrow(
            () ->
                Failure.atField(
                    FailureCode.INVALID_REQUEST, "own", "您不属于任何单位 · you belong to no unit"));
  }

  /** A position of this log; anything else gets a snapshot. */
  private Optional<Cursor> known(String text) {
    Cursor end = office.events().end();
    return Cursor.parse(text, end.epoch())
        .filter(
            c -> c.epoch().equals(end.epoch()) && c.epoch().equals(feed.tail().position().epoch()))
        .filter(c -> c.seq() <= end.seq());
  }

  private Set<String> units(String code) {
    UnitTree units = office.pack().policy().units();
    return units.withSubUnits(units.get(code).code());
  }

  private void awaitStart() {
    try {
      feed.started().timeout(START_SECONDS, TimeUnit.SECONDS).await();
    } catch (Exception e) {
      if (!(e instanceof TimeoutException)) throw e;
      throw new Failure(FailureCode.UNAVAILABLE, "实时通道尚未就绪 · the live feed is not ready yet");
    }
  }
}
