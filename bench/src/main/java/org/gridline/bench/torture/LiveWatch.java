package org.gridline.bench.torture;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * One page on a wall: follows the live feed through every trouble and keeps what it was told, as a
 * browser does. Thread-safe.
 */
final class LiveWatch implements AutoCloseable {
  private static final int AGAIN_MILLIS = 200;

  private final Api api;
  private final Ledger ledger;
  private final URI uri;
  private final String login;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();
  private final Thread thread;
  private Map<Long, Integer> world = new HashMap<>();
  private Map<Long, Integer> coming = new HashMap<>();
  private String position = "";
  private long seq;
  private String epoch = "";
  private volatile boolean over;

  LiveWatch(Api api, Ledger ledger, int port, String login) {
    this.api = api;
    this.ledger = ledger;
    this.login = login;
    this.uri = URI.create("http://127.0.0.1:" + port + "/api/v1/events");
    this.thread = Thread.ofPlatform().daemon().name("live-watch").start(this::follow);
  }

  /** Which version of which ticket it shows now. */
  synchronized Map<Long, Integer> world() {
    return Map.copyOf(world);
  }

  private void follow() {
    while (!over) {
      try {
        listen();
      } catch (IOException | RuntimeException cut) {
        if (cut instanceof Broken) ledger.broken(String.valueOf(cut.getMessage()));
      } catch (InterruptedException e) {
        return;
      }
      try {
        TimeUnit.MILLISECONDS.sleep(AGAIN_MILLIS);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void listen() throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .timeout(Duration.ofSeconds(20))
            .header("Authorization", "Bearer " + api.token(login));
    String from = position();
    if (!from.isEmpty()) request.header("Last-Event-ID", from);
    var response = client.send(request.build(), BodyHandlers.ofInputStream());
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
      if (response.statusCode() != 200) return;
      String name = "";
      String id = "";
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (line.startsWith("event:")) name = line.substring(6).strip();
        else if (line.startsWith("id:")) id = line.substring(3).strip();
        else if (line.startsWith("data:"))
          take(name, id, Api.json(line.substring(5).getBytes(StandardCharsets.UTF_8)));
      }
    }
  }

  private synchronized String position() {
    // A snapshot that broke off begins anew.
    coming = new HashMap<>();
    return position;
  }

  private synchronized void take(String name, String id, JsonNode data) {
    if (!id.isEmpty()) position = id;
    if (data.has("seq")) forward(id, data.path("seq").asLong(), name);
    switch (name) {
      case "snapshot" -> {
        for (JsonNode ticket : data.path("tickets")) see(coming, ticket);
        if (!data.path("last").asBoolean()) return;
        world = coming;
        coming = new HashMap<>();
      }
      case "change" -> see(world, data.path("ticket"));
      case "gone" -> world.remove(data.path("id").asLong());
      default -> {}
    }
  }

  private void forward(String id, long now, String name) {
    String its = id.isEmpty() ? epoch : id.substring(id.indexOf('@') + 1);
    if (its.equals(epoch) && now < seq)
      throw new Broken("the live feed went back from " + seq + " to " + now + " with a " + name);
    epoch = its;
    seq = now;
  }

  private static void see(Map<Long, Integer> where, JsonNode ticket) {
    where.merge(ticket.path("id").asLong(), ticket.path("version").asInt(), Math::max);
  }

  @Override
  public void close() {
    over = true;
    thread.interrupt();
  }
}
