package org.gridline.console.live;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
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
import org.gridline.dispatch.route.UnitTree;

/** The route of the live feed. */
public final class LiveRoutes {
  private static final int RETRY_MILLIS = 1_000;
  private static final int START_SECONDS = 5;

  private final Office office;
  private final LiveFeed feed;

  public LiveRoutes(Office office, LiveFeed feed) {
    this.office = office;
    this.feed = feed;
  }

  public List<Endpoint> endpoints() {
    return List.of(Endpoint.get("/api/v1/events", this::stream));
  }

  private Answer stream(Call call) {
    View view =
        new View(
            call.user().id(),
            call.user().scope(office.pack().policy().units()),
            call.query("bbox").map(Box::parse),
            call.query("unit").map(this::units).orElse(Set.of()));
    Optional<String> asked =
        call.query("after")
            .or(() -> Optional.ofNullable(call.request().getHeader("Last-Event-ID")))
            .filter(text -> !text.isBlank());
    awaitStart();
    Optional<Cursor> after = asked.flatMap(this::known);
    Context context = Vertx.currentContext();
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
            response, context, feed, office.tickets(), office.clock(), call.tokenHash(), view);
    feed.countOpened();
    response.write(Sse.hello(retry));
    stream.tell(after);
    return new Answer.Stream();
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
