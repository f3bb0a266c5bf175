package org.gridline.console.replay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gridline.console.view.Json;

/**
 * The server's HTTP API as a program outside sees it: connections are kept, every call is bounded.
 * Thread-safe; callers wait on threads of their own, never on an event loop.
 */
final class FrontDoor implements AutoCloseable {
  private static final int CONNECT_MILLIS = 2_000;
  private static final int ANSWER_SECONDS = 30;
  private static final Pattern EPOCH = Pattern.compile("\"epoch\":\"([^\"]{1,100})\"");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
  private final Context loop = vertx.getOrCreateContext();
  private final HttpClient client;
  private final URI url;
  private volatile String token = "";

  /**
   * @param connections most requests at the same time
   */
  FrontDoor(URI url, int connections) {
    this.url = url;
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions().setConnectTimeout(CONNECT_MILLIS).setKeepAlive(true),
            new PoolOptions().setHttp1MaxSize(connections).setEventLoopSize(1));
  }

  /**
   * @param retryAfter seconds that the server asks to wait
   */
  record Reply(int status, Optional<Integer> retryAfter, byte[] body) {
    JsonNode json() {
      try {
        return JSON.readTree(body);
      } catch (IOException e) {
        throw new Unreplayable("the server's answer is not JSON");
      }
    }

    /** The stable code of a problem, or the status where something else than Gridline answers. */
    String problem() {
      try {
        String code = JSON.readTree(body).path("code").asText();
        return code.isEmpty() ? "http_" + status : code;
      } catch (JsonProcessingException e) {
        return "http_" + status;
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
  }

  /** What is sent with every later request. */
  void show(String bearer) {
    token = bearer;
  }

  String token() {
    return token;
  }

  /**
   * @throws IOException when no whole answer came
   */
  Reply signIn(String user, String password) throws IOException {
    ObjectNode body = Json.object().put("user", user).put("password", password);
    return send(HttpMethod.POST, "/api/v1/sessions", Map.of(), Json.bytes(body));
  }

  /**
   * @throws IOException when no whole answer came; the same key asks for it again
   */
  Reply report(String key, byte[] body) throws IOException {
    Reply reply = send(HttpMethod.POST, "/api/v1/reports", Map.of("Idempotency-Key", key), body);
    if (reply.status() < 300 && reply.json().path("id").isMissingNode()) {
      throw new IOException("an acknowledgement without its ticket");
    }
    return reply;
  }

  Reply get(String path) throws IOException {
    return send(HttpMethod.GET, path, Map.of(), new byte[0]);
  }

  private Reply send(HttpMethod method, String path, Map<String, String> headers, byte[] body)
      throws IOException {
    RequestOptions options = options(method, path);
    headers.forEach(options::putHeader);
    if (method.equals(HttpMethod.POST)) options.putHeader("Content-Type", "application/json");
    return onLoop(
        reply ->
            client
                .request(options)
                .compose(request -> request.send(Buffer.buffer(body)))
                .compose(
                    response ->
                        response
                            .body()
                            .map(
                                bytes ->
                                    new Reply(
                                        response.statusCode(),
                                        seconds(response.getHeader("Retry-After")),
                                        bytes.getBytes())))
                .onComplete(reply));
  }

  /**
   * Begins a call on the event loop and waits for it here. Begun here, the body of an answer could
   * pass before this thread has asked for it.
   */
  private <T> T onLoop(Consumer<Promise<T>> call) throws IOException {
    Promise<T> done = Promise.promise();
    loop.runOnContext(v -> call.accept(done));
    return await(done.future());
  }

  /**
   * The epoch of the server's event log: another database, or the same one set back, has another.
   * The live feed tells it with its first event; the feed is left at once.
   */
  String epoch() throws IOException {
    return onLoop(this::hearEpoch);
  }

  private void hearEpoch(Promise<String> found) {
    Buffer heard = Buffer.buffer();
    client
        .request(options(HttpMethod.GET, "/api/v1/events"))
        .compose(request -> request.send().map(response -> Map.entry(request, response)))
        .onFailure(found::tryFail)
        .onSuccess(
            open -> {
              if (open.getValue().statusCode() != 200) {
                found.tryFail("the live feed answers " + open.getValue().statusCode());
              }
              open.getValue().exceptionHandler(found::tryFail);
              open.getValue().endHandler(end -> found.tryFail("the live feed ended"));
              open.getValue()
                  .handler(
                      part -> {
                        heard.appendBuffer(part);
                        Matcher epoch = EPOCH.matcher(heard.toString());
                        if (epoch.find() && found.tryComplete(epoch.group(1))) {
                          open.getKey().reset();
                        }
                      });
            });
  }

  private RequestOptions options(HttpMethod method, String path) {
    RequestOptions options =
        new RequestOptions()
            .setMethod(method)
            .setSsl("https".equals(url.getScheme()))
            .setHost(url.getHost())
            .setPort(port())
            .setURI(Optional.ofNullable(url.getRawPath()).orElse("") + path)
            .setConnectTimeout(CONNECT_MILLIS)
            .setIdleTimeout(TimeUnit.SECONDS.toMillis(ANSWER_SECONDS));
    if (!token.isEmpty()) options.putHeader("Authorization", "Bearer " + token);
    return options;
  }

  private int port() {
    if (url.getPort() > 0) return url.getPort();
    return "https".equals(url.getScheme()) ? 443 : 80;
  }

  private static Optional<Integer> seconds(@org.jspecify.annotations.Nullable String header) {
    return header != null && header.matches("\\d{1,6}")
        ? Optional.of(Integer.parseInt(header))
        : Optional.empty();
  }

  private static <T> T await(Future<T> future) throws IOException {
    try {
      return future
          .toCompletionStage()
          .toCompletableFuture()
          .get(ANSWER_SECONDS + 5L, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("no answer: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  @Override
  public void close() {
    try {
      await(client.close());
      await(vertx.close());
    } catch (IOException e) {
      System.err.println("replay: the connections could not be closed in time");
    }
  }
}
