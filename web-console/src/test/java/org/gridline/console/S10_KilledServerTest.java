package org.gridline.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.gridline.dispatch.store.Desk;
import org.gridline.dispatch.store.TestDatabase;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The server, then the database, then both die without warning under load, again and again. Clients
 * keep a ledger: what was acknowledged is there once, what was not is there at most once and a
 * retry finds it.
 */
@Tag("torture")
@Timeout(600)
class S10_KilledServerTest {
  private static final int KILLS = 9;
  private static final int CLIENTS = 6;

  /** The goal is 3 s on a machine of its own; a busy one gets more before this test complains. */
  private static final Duration GENEROUS = Duration.ofSeconds(20);

  private final Map<String, String> acknowledged = new ConcurrentHashMap<>();
  private final Map<String, ObjectNode> unanswered = new ConcurrentHashMap<>();
  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
  private final AtomicBoolean done = new AtomicBoolean();

  @Test
  void no_acknowledged_ticket_is_missing_or_doubled() throws Exception {
    String url = TestDatabase.fresh();
    Path data = Town.folder();
    int port = Town.freePort();
    ServerProcess server = new ServerProcess(url, data, port);
    String token = signIn(port);
    List<Duration> ready = new ArrayList<>();
    Random random = new Random(20261121);

    try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
      List<Future<?>> working = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) working.add(clients.submit(() -> work(port, token)));
      try {
        for (int kill = 0; kill < KILLS; kill++) {
          int before = acknowledged.size();
          Await.until(() -> acknowledged.size() >= before + 20);
          LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(400)));
          switch (kill % 3) {
            case 0 -> {
              server.kill();
              server.startAgain();
            }
            case 1 -> {
              TestDatabase.get().kill();
              TestDatabase.get().start();
            }
            default -> {
              server.kill();
              TestDatabase.get().kill();
              TestDatabase.get().start();
              server.startAgain();
            }
          }
          ready.add(server.awaitReady());
        }
      } finally {
        done.set(true);
      }
      for (Future<?> worker : working) worker.get();
    }
    // Whoever got no answer asks again with the same key, and gets one.
    for (Map.Entry<String, ObjectNode> open : unanswered.entrySet()) {
      HttpResponse<String> answer = report(port, token, open.getKey(), open.getValue());
      assertThat(answer.statusCode()).isIn(200, 201);
      acknowledged.put(open.getKey(), Town.json(answer).path("id").asText());
    }

    System.out.printf(
        "killed %d times: %d acknowledged, %d had no answer at first; ready again after %s%n",
        KILLS, acknowledged.size(), unanswered.size(), ready);
    Map<String, String> stored = stored(url);
    assertThat(stored).isEqualTo(acknowledged);
    assertThat(ready).allSatisfy(d -> assertThat(d).isLessThan(GENEROUS));
    server.kill();
    try (Desk desk = Desk.open(url)) {
      Await.until(() -> desk.database().verifier().verify().unsealed() == 0);
      assertThat(desk.database().verifier().verify().broken()).isEmpty();
    }
  }

  private void work(int port, String token) {
    while (!done.get()) {
      String key = UUID.randomUUID().toString();
      ObjectNode body = Said.lamp();
      unanswered.put(key, body);
      try {
        HttpResponse<String> answer = report(port, token, key, body);
        if (answer.statusCode() == 201 || answer.statusCode() == 200) {
          acknowledged.put(key, Town.json(answer).path("id").asText());
          unanswered.remove(key);
        } else if (answer.statusCode() != 503) {
          throw new AssertionError(answer.statusCode() + " " + answer.body());
        } else {
          assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        }
      } catch (IOException dead) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(500));
      }
    }
  }

  private HttpResponse<String> report(int port, String token, String key, ObjectNode body)
      throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/reports"))
            .timeout(Duration.ofSeconds(20))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", key)
            .POST(BodyPublishers.ofString(body.toString()))
            .build();
    return send(request);
  }

  private String signIn(int port) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/sessions"))
            .header("Content-Type", "application/json")
            .POST(
                BodyPublishers.ofString(
                    "{\"user\":\"operator1\",\"password\":\"" + Town.PASSWORD + "\"}"))
            .build();
    return Town.json(send(request)).path("token").asText();
  }

  private HttpResponse<String> send(HttpRequest request) throws IOException {
    try {
      return client.send(request, BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Key to ticket, as the database has it; each ticket with its four first events. */
  private static Map<String, String> stored(String url) throws Exception {
    Map<String, String> stored = new HashMap<>();
    try (Connection c = TestDatabase.connectTo(url);
        Statement s = c.createStatement()) {
      try (ResultSet rows =
          s.executeQuery(
              "SELECT i.key, t.id FROM idempotency i FULL JOIN ticket t ON t.id = i.ticket_id")) {
        while (rows.next()) {
          assertThat(rows.getString(1)).as("key of ticket " + rows.getString(2)).isNotNull();
          assertThat(stored.put(rows.getString(1), rows.getString(2))).isNull();
        }
      }
      try (ResultSet rows =
          s.executeQuery(
              "SELECT count(*) FROM (SELECT ticket_id FROM ticket_event GROUP BY 1 HAVING count(*) <> 4) x")) {
        rows.next();
        assertThat(rows.getInt(1)).isZero();
      }
    }
    return stored;
  }
}
