package org.gridline.bench.torture;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** The server as programs outside see it. Thread-safe. */
final class Api {
  /** Shorter than a server may take in trouble, so that some give up and ask again. */
  private static final Duration PATIENCE = Duration.ofSeconds(8);

  private static final ObjectMapper JSON = new ObjectMapper();

  private final String root;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();
  private final Map<String, String> tokens = new ConcurrentHashMap<>();
  private final Map<String, String> passwords = new HashMap<>();
  private final Map<String, String> handlers = new HashMap<>();

  /** What became of a request. */
  sealed interface Answer {
    /** The server said something. */
    record Said(int status, byte[] body) implements Answer {
      JsonNode json() {
        return Api.json(body);
      }

      /** The code of a problem; empty for what is none. */
      String code() {
        return status < 400 ? "" : json().path("code").asText();
      }

      @Override
      public String toString() {
        return status + " " + new String(body, StandardCharsets.UTF_8);
      }
    }

    /** Nobody knows. */
    record Silence(String why) implements Answer {}
  }

  Api(int port) {
    root = "http://127.0.0.1:" + port;
  }

  /** Learns from a ready server who works here, and signs them in while nothing is broken yet. */
  void signIn(List<String> logins) throws InterruptedException {
    JsonNode city = said(get("", "/api/v1/city")).json();
    for (JsonNode person : city.path("signIns")) {
      String login = person.path("user").asText();
      passwords.put(login, person.path("password").asText());
      if (isHandler(person)) handlers.putIfAbsent(person.path("unit").asText(), login);
    }
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(5);
    for (String login : logins) {
      while (token(login).isEmpty()) {
        if (System.nanoTime() > end) throw new Broken(login + " can't sign in");
        TimeUnit.MILLISECONDS.sleep(500);
      }
    }
  }

  private static boolean isHandler(JsonNode person) {
    for (JsonNode role : person.path("roles")) {
      if (role.path("en").asText().toLowerCase(java.util.Locale.ROOT).contains("handling officer"))
        return true;
    }
    return false;
  }

  /** Somebody of exactly that unit who signs what comes to it. */
  Optional<String> handlerOf(String unit) {
    return Optional.ofNullable(handlers.get(unit));
  }

  /** Empty while the server does not let them in. */
  String token(String login) {
    String known = tokens.get(login);
    if (known != null) return known;
    String body =
        JSON.createObjectNode()
            .put("user", login)
            .put("password", passwords.getOrDefault(login, ""))
            .toString();
    Answer answer = send(request("/api/v1/sessions").POST(BodyPublishers.ofString(body)));
    if (!(answer instanceof Answer.Said said) || said.status() != 201) return "";
    String token = said.json().path("token").asText();
    tokens.put(login, token);
    return token;
  }

  Answer get(String login, String path) {
    return as(login, request(path));
  }

  Answer report(String login, String key, byte[] body) {
    return as(
        login,
        request("/api/v1/reports")
            .header("Idempotency-Key", key)
            .POST(BodyPublishers.ofByteArray(body)));
  }

  Answer act(String login, long ticket, String body) {
    return as(
        login,
        request("/api/v1/tickets/" + ticket + "/actions").POST(BodyPublishers.ofString(body)));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(root + path))
        .timeout(PATIENCE)
        .header("Content-Type", "application/json");
  }

  /** Who can't sign in now tries again later, like somebody who gets no answer. */
  private Answer as(String login, HttpRequest.Builder request) {
    if (login.isEmpty()) return send(request);
    String token = token(login);
    if (token.isEmpty()) return new Answer.Silence("not signed in");
    return send(request.header("Authorization", "Bearer " + token));
  }

  private Answer send(HttpRequest.Builder request) {
    try {
      var response = client.send(request.build(), BodyHandlers.ofByteArray());
      return new Answer.Said(response.statusCode(), response.body());
    } catch (IOException e) {
      return new Answer.Silence(e.getClass().getSimpleName());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Answer.Silence("interrupted");
    }
  }

  /**
   * @throws Broken when there is none although the server said that it is ready
   */
  static Answer.Said said(Answer answer) {
    return switch (answer) {
      case Answer.Said said when said.status() < 300 -> said;
      case Answer.Said said -> throw new Broken("a ready server says " + said);
      case Answer.Silence(var why) -> throw new Broken("a ready server says nothing: " + why);
    };
  }

  static JsonNode json(byte[] text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
