package org.gridline.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.gridline.console.tls.HttpsWish;
import org.gridline.dispatch.store.Desk;
import org.gridline.dispatch.store.TestDatabase;

/** The sample city served by a real server on a real database. */
public final class Town implements AutoCloseable {
  public static final String PASSWORD = "Gridline-sample-1";

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final class Shared {
    static final Town TOWN = open(TestDatabase.fresh(), folder());
  }

  private final Path city;
  private final Path data;
  private final int port = freePort();
  private final Optional<HttpsWish> https;
  private final String url;
  private Server server;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Map<String, String> tokens = new ConcurrentHashMap<>();

  private Town(Path city, String url, Path data, Optional<HttpsWish> https) {
    this.city = city;
    this.https = https;
    this.url = url;
    this.data = data;
    this.server = start();
  }

  /** One town for all tests that leave it as they found it. */
  public static Town shared() {
    return Shared.TOWN;
  }

  public static Town open(String url, Path data) {
    return open(sample(), url, data);
  }

  /** Another pack than the sample. */
  public static Town open(Path city, String url, Path data) {
    return new Town(city, url, data, Optional.empty());
  }

  /** The sample with HTTPS beside the plain port. */
  public static Town open(String url, Path data, HttpsWish https) {
    return new Town(sample(), url, data, Optional.of(https));
  }

  public static Path sample() {
    return Desk.repository().resolve("config/cities/qixia-sample");
  }

  public static Path folder() {
    try {
      return Files.createTempDirectory("gridline-town");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Server start() {
    return Server.start(
        new Options(
            city,
            port,
            data,
            Desk.repository().resolve("web-console/src/test/resources/pages"),
            Optional.of("127.0.0.1"),
            https,
            url));
  }

  /** The same town on the same port and database, as after a restart. */
  public void restart() {
    server.close();
    server = start();
  }

  public Server server() {
    return server;
  }

  public Path data() {
    return data;
  }

  public int port() {
    return port;
  }

  public String databaseUrl() {
    return url;
  }

  public String token(String user) {
    return tokens.computeIfAbsent(user, this::freshToken);
  }

  /** A session of its own, for tests that end it. */
  public String freshToken(String user) {
    HttpResponse<String> answer =
        send(
            request("/api/v1/sessions")
                .header("Content-Type", "application/json")
                .POST(
                    BodyPublishers.ofString(
                        "{\"user\":\"" + user + "\",\"password\":\"" + PASSWORD + "\"}")));
    if (answer.statusCode() != 201) throw new AssertionError(answer.body());
    return json(answer).path("token").asText();
  }

  public HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
  }

  public HttpRequest.Builder as(String user, String path) {
    return request(path).header("Authorization", "Bearer " + token(user));
  }

  public HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  public HttpResponse<String> get(String user, String path) {
    return send(as(user, path));
  }

  public HttpResponse<String> post(String user, String path, String body) {
    return send(as(user, path).POST(BodyPublishers.ofString(body)));
  }

  /** Sends a report under a fresh key. */
  public HttpResponse<String> report(String user, String body) {
    return report(user, UUID.randomUUID().toString(), body);
  }

  public HttpResponse<String> report(String user, String key, String body) {
    return send(
        as(user, "/api/v1/reports")
            .header("Idempotency-Key", key)
            .POST(BodyPublishers.ofString(body)));
  }

  /** Somebody of exactly that unit who handles its tickets. */
  public String handlerOf(String unit) {
    for (JsonNode person : json(send(request("/api/v1/city"))).path("signIns")) {
      if (person.path("unit").asText().equals(unit)) return person.path("user").asText();
    }
    throw new AssertionError("nobody in " + unit);
  }

  public static JsonNode json(HttpResponse<String> answer) {
    return json(answer.body());
  }

  public static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    server.close();
  }

  /** A port that nobody listens on at this moment. */
  public static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
