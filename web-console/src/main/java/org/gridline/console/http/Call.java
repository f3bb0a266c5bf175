package org.gridline.console.http;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;
import org.gridline.dispatch.people.Accounts.Session;
import org.gridline.dispatch.people.SignIn;
import org.gridline.dispatch.people.User;

/** One request with who sent it. Used by one virtual thread. */
public final class Call {
  private final RoutingContext context;
  private final Optional<Session> session;
  private final Future<Buffer> body;

  Call(RoutingContext context, Optional<Session> session, Future<Buffer> body) {
    this.context = context;
    this.session = session;
    this.body = body;
  }

  public HttpServerRequest request() {
    return context.request();
  }

  /** The session of a route that wants one. */
  public Session session() {
    return session.orElseThrow(() -> new IllegalStateException("an open route has no session"));
  }

  public User user() {
    return session().user();
  }

  /** What the database and the caches know of the token that came along. */
  public byte[] tokenHash() {
    return SignIn.sha256(
        Gate.token(request())
            .orElseThrow(() -> new IllegalStateException("a session came with a token")));
  }

  /** The raw body, at most {@link Bodies#MOST_BYTES}. */
  byte[] bytes() {
    return body.await().getBytes();
  }

  /** How the request got here. */
  public Reached reached() {
    return Visit.of(context).reached();
  }

  public Optional<String> header(String name) {
    return Optional.ofNullable(request().getHeader(name));
  }

  /** The ticket id in the path; anything else than a number is not found. */
  public long id() {
    try {
      return Long.parseLong(context.pathParam("id"));
    } catch (NumberFormatException e) {
      throw new Failure(FailureCode.NOT_FOUND, "没有此工单 · no such ticket");
    }
  }

  public String path(String name) {
    return context.pathParam(name);
  }

  /**
   * Every query parameter, as it came.
   *
   * @throws Failure {@code invalid_request} when one comes twice or can't be read
   */
  public Map<String, String> queries() {
    Map<String, String> all = new LinkedHashMap<>();
    context
        .queryParams()
        .forEach(
            (name, value) -> {
              if (all.put(Fields.readable("query", name), Fields.readable("query", value)) != null)
                throw Failure.atField(
                    FailureCode.INVALID_REQUEST, name, "参数重复 · the parameter comes twice");
            });
    return all;
  }

  /** A query parameter that is there and not blank. */
  public Optional<String> query(String name) {
    List<String> values = context.queryParam(name);
    return values.isEmpty() || values.getFirst().isBlank()
        ? Optional.empty()
        : Optional.of(Fields.readable(name, values.getFirst().strip()));
  }

  String neededQuery(String name) {
    return query(name)
        .orElseThrow(
            () -> Failure.atField(FailureCode.INVALID_REQUEST, name, "缺少参数 · needed in the query"));
  }

  OptionalDouble number(String name) {
    Optional<String> text = query(name);
    if (text.isEmpty()) return OptionalDouble.empty();
    try {
      return OptionalDouble.of(Double.parseDouble(text.get()));
    } catch (NumberFormatException e) {
      throw Failure.atField(FailureCode.INVALID_REQUEST, name, "需要数字 · a number is needed");
    }
  }

  double neededNumber(String name) {
    neededQuery(name);
    return number(name).orElseThrow();
  }
}
