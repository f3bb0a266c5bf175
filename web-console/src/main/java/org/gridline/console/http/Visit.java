package org.gridline.console.http;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is known of one request for the log and the measures: its id, its route's template and who
 * asked. Used by the request's own context.
 */
final class Visit {
  /** Answers name the request by this header; a proxy before us may have named it already. */
  static final String HEADER = "X-Request-Id";

  // Hexadecimal with at least one letter, so neither a phone number nor an identity number can pass
  // through here into the log.
  private static final Pattern ID = Pattern.compile("(?=.*[a-f])[0-9a-f-]{16,64}");
  private static final Pattern TRACE_PARENT =
      Pattern.compile("[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}.{0,64}");
  private static final String KEY = Visit.class.getName();

  private final String id;
  private final Reached reached;
  private final long from = System.nanoTime();
  private String route = "none";
  private boolean refusedBusy;
  private Optional<Long> user = Optional.empty();

  private Visit(String id, Reached reached) {
    this.id = id;
    this.reached = reached;
  }

  /** Begins with the request. */
  static Visit begin(RoutingContext context, Reached reached) {
    Visit visit = new Visit(id(context.request()), reached);
    context.put(KEY, visit);
    return visit;
  }

  /** The visit of a request; a fresh one when the router refused it before it began. */
  static Visit of(RoutingContext context) {
    Visit visit = context.get(KEY);
    return visit == null ? begin(context, Reached.directly(context.request())) : visit;
  }

  private static String id(HttpServerRequest request) {
    return Optional.ofNullable(request.getHeader(HEADER))
        .filter(id -> ID.matcher(id).matches())
        .or(() -> Optional.ofNullable(request.getHeader("traceparent")).flatMap(Visit::trace))
        .orElseGet(() -> HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong()));
  }

  /** The trace's id of a W3C trace context. */
  private static Optional<String> trace(String header) {
    Matcher m = TRACE_PARENT.matcher(header);
    return m.matches()
        ? Optional.of(m.group(1)).filter(t -> ID.matcher(t).matches())
        : Optional.empty();
  }

  String id() {
    return id;
  }

  Reached reached() {
    return reached;
  }

  /** The template, or a word for what has none: {@code page}, {@code none}. */
  String route() {
    return route;
  }

  void onRoute(String template) {
    route = template;
  }

  Optional<Long> user() {
    return user;
  }

  void by(long userId) {
    user = Optional.of(userId);
  }

  /** Answered that the house is busy. */
  void refuseBusy() {
    refusedBusy = true;
  }

  boolean refusedBusy() {
    return refusedBusy;
  }

  long nanos() {
    return System.nanoTime() - from;
  }
}
