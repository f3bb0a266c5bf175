package org.gridline.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.gridline.dispatch.search.words.LuceneTicketWords;
import org.gridline.dispatch.store.Desk;
import org.gridline.dispatch.store.TestDatabase;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The server dies while tickets are written and indexed; the index goes on and misses nothing. */
@Tag("torture")
@Timeout(300)
class KilledIndexTest {
  private static final int KILLS = 3;

  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
  private final AtomicInteger taken = new AtomicInteger();
  private final AtomicBoolean done = new AtomicBoolean();

  @Test
  void after_each_kill_the_index_equals_the_store() throws Exception {
    String url = TestDatabase.fresh();
    Path data = Town.folder();
    int port = Town.freePort();
    ServerProcess server = new ServerProcess(url, data, port);
    String token = signIn(port);
    Thread writing = Thread.ofVirtual().start(() -> write(port, token));
    try {
      serve(server, port);
    } finally {
      done.set(true);
      writing.join();
      server.kill();
    }
    takeOver(url, data);
  }

  private void serve(ServerProcess server, int port) {
    for (int kill = 0; kill < KILLS; kill++) {
      int before = taken.get();
      Await.until(() -> taken.get() >= before + 20);
      server.kill();
      server.startAgain();
      server.awaitReady();
    }
    done.set(true);
    Await.until(() -> metric(port, "gridline_search_ready") == 1);
    Await.until(() -> metric(port, "gridline_search_lag") == 0);
    assertThat(metric(port, "gridline_search_repaired_total")).isZero();
  }

  /** Another process takes over the folder as the dead one left it. */
  private void takeOver(String url, Path data) {
    try (Desk desk = Desk.open(url);
        LuceneTicketWords words =
            new LuceneTicketWords(
                data.resolve("search"),
                desk.database().events(),
                desk.database().tickets(),
                (reader, text, ticket, particulars) -> "")) {
      words.start();
      Await.until(() -> words.ready() && words.position() == desk.database().events().end().seq());
      assertThat(words.diff().same()).isTrue();
      assertThat(words.diff().tickets()).isGreaterThanOrEqualTo(taken.get());
      assertThat(words.rebuilds()).isZero();
    }
  }

  private void write(int port, String token) {
    while (!done.get()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/reports"))
              // Whoever comes while the server is opening its ears may get no answer at all.
              .timeout(Duration.ofSeconds(3))
              .header("Authorization", "Bearer " + token)
              .header("Content-Type", "application/json")
              .header("Idempotency-Key", UUID.randomUUID().toString())
              .POST(BodyPublishers.ofString(Said.lamp().toString()))
              .build();
      try {
        if (send(request).statusCode() == 201) taken.incrementAndGet();
      } catch (IOException dead) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
      }
    }
  }

  private double metric(int port, String name) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics")).build();
    try {
      return send(request)
          .body()
          .lines()
          .filter(line -> line.startsWith(name + " "))
          .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
          .findFirst()
          .orElse(-1);
    } catch (IOException notNow) {
      return -1;
    }
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
}
