package org.gridline.console.http;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.gridline.console.http.Reached.Scheme;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;
import org.gridline.dispatch.city.City;
import org.gridline.dispatch.people.Accounts.Session;
import org.slf4j.MDC;

/**
 * Puts the routes together. One instance serves every event loop; it holds no state of a request.
 */
public final class Api {
  private static final Map<String, String> ALWAYS =
      Map.of(
          "Content-Security-Policy",
          "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline';"
              + " worker-src 'self' blob:; frame-ancestors 'none'; base-uri 'self'; form-action 'self'",
          "X-Content-Type-Options",
          "nosniff",
          "Referrer-Policy",
          "no-referrer",
          "Cross-Origin-Opener-Policy",
          "same-origin",
          "Permissions-Policy",
          "camera=(self), geolocation=(self), microphone=(self), payment=(), usb=()");

  /** A year, as browsers' own lists ask for. */
  private static final String HSTS = "max-age=31536000";

  private final List<Endpoint> endpoints;
  private final Gate gate;
  private final Pages pages;
  private final DoorBook book;
  private final City.Kind kind;

  /**
   * @param kind a browser is told to come by HTTPS only to a real city; the sample's host often
   *     serves other things too
   */
  public Api(List<Endpoint> endpoints, Gate gate, Pages pages, DoorBook book, City.Kind kind) {
    this.endpoints = List.copyOf(endpoints);
    this.gate = gate;
    this.pages = pages;
    this.book = book;
    this.kind = kind;
  }

  /** Adds every route to a router. */
  public void mount(Router router) {
    router.route().handler(book::enter);
    router.route().handler(this::prepare);
    Map<String, List<Endpoint>> byPath =
        endpoints.stream()
            .collect(Collectors.groupingBy(Endpoint::path, TreeMap::new, Collectors.toList()));
    // A fixed path before one with a variable in the same place.
    byPath.entrySet().stream()
        .sorted(
            Map.Entry.comparingByKey((a, b) -> a.replace(':', '~').compareTo(b.replace(':', '~'))))
        .forEach(
            path -> {
              for (Endpoint e : path.getValue())
                router.route(e.method(), e.path()).handler(context -> run(e, context));
              String allow =
                  path.getValue().stream()
                      .map(e -> e.method().name())
                      .collect(Collectors.joining(", "));
              router
                  .route(path.getKey())
                  .handler(context -> refuseMethod(context, path.getKey(), allow));
            });
    router.route().handler(this::page);
    router
        .errorHandler(
            400,
            context ->
                fail(
                    context, new Failure(FailureCode.INVALID_REQUEST, "地址不合规 · malformed address")))
        .errorHandler(
            500,
            context ->
                send(context, Problems.of(context.failure(), "router", Visit.of(context).id())));
  }

  /** Every route, for whoever describes them. */
  public List<Endpoint> endpoints() {
    return endpoints;
  }

  private void prepare(RoutingContext context) {
    ALWAYS.forEach(context.response()::putHeader);
    if (kind == City.Kind.REAL && Visit.of(context).reached().scheme() == Scheme.HTTPS)
      context.response().putHeader("Strict-Transport-Security", HSTS);
    context.next();
  }

  private void run(Endpoint endpoint, RoutingContext context) {
    HttpServerRequest request = context.request();
    // What arrives while the session is looked up must wait for its reader.
    request.pause();
    String route = endpoint.method() + " " + endpoint.path();
    Visit visit = Visit.of(context);
    visit.onRoute(endpoint.path());
    // What the house says about this request meanwhile carries its id.
    MDC.put("request", visit.id());
    try {
      Optional<Session> session =
          switch (endpoint.access()) {
            case OPEN -> Optional.empty();
            case SIGNED_IN -> Optional.of(Gate.free(gate.session(request)));
            case OWN_ACCOUNT -> Optional.of(gate.session(request));
            case SIGNED_IN_OR_BASIC, ASKS_BASIC -> Optional.of(Gate.free(gate.mapSession(request)));
          };
      session.ifPresent(s -> visit.by(s.user().id()));
      Future<Buffer> body = Future.succeededFuture(Buffer.buffer());
      // A request that has ended can't become a WebSocket any more.
      boolean upgrades = request.getHeader("Upgrade") != null;
      if (!request.method().equals(HttpMethod.POST)) {
        if (!upgrades) request.resume();
      } else if (endpoint.body() == Endpoint.Arrival.WHOLE) body = Bodies.read(request);
      switch (endpoint.use().answer(new Call(context, session, body))) {
        case Answer.Full full -> send(context, full);
        case Answer.Stream() -> {}
      }
    } catch (Exception e) {
      if (endpoint.body() == Endpoint.Arrival.STREAMED) Bodies.discard(request);
      Answer.Full problem = Problems.of(e, route, visit.id());
      boolean asks = endpoint.access() == Endpoint.Access.ASKS_BASIC && problem.status() == 401;
      send(context, asks ? problem.with("WWW-Authenticate", BasicDoor.CHALLENGE) : problem);
    } finally {
      MDC.remove("request");
    }
  }

  private void page(RoutingContext context) {
    HttpServerRequest request = context.request();
    boolean reads = Gate.reads(request.method());
    String path = context.normalizedPath();
    boolean ours = path.startsWith("/api/") || path.startsWith("/ogc/");
    if (!reads || ours) {
      fail(context, new Failure(FailureCode.NOT_FOUND, "没有此地址 · no such address"));
      return;
    }
    Visit.of(context).onRoute("page");
    try {
      send(context, pages.answer(context.normalizedPath(), request));
    } catch (Failure failure) {
      fail(context, failure);
    }
  }

  private void refuseMethod(RoutingContext context, String path, String allow) {
    Visit.of(context).onRoute(path);
    Failure failure = new Failure(FailureCode.METHOD_NOT_ALLOWED, "可用 · possible: " + allow);
    send(context, Problems.of(failure).with("Allow", allow));
  }

  private void fail(RoutingContext context, Failure failure) {
    send(context, Problems.of(failure));
  }

  private void send(RoutingContext context, Answer.Full plain) {
    Visit visit = Visit.of(context);
    Optional<Problems.Signed> problem = Problems.sign(plain, visit.id());
    problem.ifPresent(p -> book.problem(visit, p.code()));
    write(context, problem.map(Problems.Signed::answer).orElse(plain));
  }

  private static void write(RoutingContext context, Answer.Full answer) {
    HttpServerRequest request = context.request();
    HttpServerResponse response = context.response();
    if (response.ended() || response.closed() || response.headWritten()) return;
    response.setStatusCode(answer.status());
    if (!answer.type().isEmpty()) response.putHeader("Content-Type", answer.type());
    // Answers are about people and change at any time; what may be kept says so itself.
    if (!answer.headers().containsKey("Cache-Control"))
      response.putHeader("Cache-Control", "no-store");
    answer.headers().forEach(response::putHeader);
    // HTTP/2 refuses to go on with what has come to its end.
    if (!request.isEnded()) request.resume();
    if (request.method().equals(HttpMethod.HEAD)) {
      response.putHeader("Content-Length", String.valueOf(answer.body().length)).end();
    } else if (answer.status() == 204 || answer.status() == 304) {
      response.end();
    } else {
      response.end(Buffer.buffer(answer.body()));
    }
  }
}
