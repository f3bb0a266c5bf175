package org.gridline.console.http;

import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.gridline.console.measure.Measures;
import org.gridline.dispatch.FailureCode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Writes down who came and went: each request gets an id, is measured, and leaves one line with its
 * route's template, status, time and the user's number. Never the address that was asked for: it
 * holds what people look for.
 */
public final class DoorBook {
  private static final Logger LOG = LoggerFactory.getLogger("org.gridline.access");

  /** Anybody may invent a method; labels and lines know only these. */
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

  /** Asked every few seconds by machines; worth a line only when something is wrong. */
  private static final Set<String> ROUTINE = Set.of("/health/live", "/health/ready", "/metrics");

  /** Whoever asked went away before the answer; no status of HTTP, but widely used for this. */
  private static final int HUNG_UP = 499;

  private final Measures measures;
  private final Proxies proxies;
  private final long slowNanos;

  /**
   * @param proxies whose word counts about who asks
   * @param slow a request that takes longer is logged as a warning
   */
  public DoorBook(Measures measures, Duration slow, Proxies proxies) {
    this.measures = measures;
    this.proxies = proxies;
    this.slowNanos = slow.toNanos();
  }

  void enter(RoutingContext context) {
    Visit visit = Visit.begin(context, proxies.reached(context.request()));
    context.response().putHeader(Visit.HEADER, visit.id());
    measures.requestBegins();
    context.addEndHandler(done -> leave(context, visit, done.succeeded()));
    context.next();
  }

  private void leave(RoutingContext context, Visit visit, boolean whole) {
    long nanos = visit.nanos();
    HttpServerResponse response = context.response();
    String type = Optional.ofNullable(response.headers().get("Content-Type")).orElse("");
    boolean streams = type.startsWith("text/event-stream") || response.getStatusCode() == 101;
    int status = whole || streams ? response.getStatusCode() : HUNG_UP;
    String name = context.request().method().name();
    String method = METHODS.contains(name) ? name : "OTHER";
    if (streams) measures.streamEnds();
    else measures.requestEnds(visit.route(), method, status, nanos);
    boolean slow = nanos > slowNanos && !streams;
    // Thousands a second when it matters; the measures count them.
    if (visit.refusedBusy()) return;
    if (status < 400 && !slow && ROUTINE.contains(visit.route())) return;
    LoggingEventBuilder line =
        LOG.atLevel(slow ? Level.WARN : Level.INFO)
            .addKeyValue("request", visit.id())
            .addKeyValue("method", method)
            .addKeyValue("route", visit.route())
            .addKeyValue("status", status)
            .addKeyValue("ms", Math.round(nanos / 1e4) / 100.0);
    if (visit.user().isPresent()) line = line.addKeyValue("user", visit.user().get());
    if (slow) line = line.addKeyValue("slow", true);
    line.log(streams ? "stream ended" : "request");
  }

  /** A request is answered with a problem. */
  void problem(Visit visit, String code) {
    measures.problem(visit.route(), code);
    if (code.equals(FailureCode.OVERLOADED.id())) visit.refuseBusy();
  }
}
