package org.gridline.bench.storm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.gridline.bench.common.RunServer;

/** An operator who posts what callers say, and asks again with the same key until it is taken. */
final class Clerk implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int TRIES = 100;

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final RunServer server;
  private final String token;
  private final AtomicInteger repeats = new AtomicInteger();

  Clerk(RunServer server, String login, String password) throws IOException, InterruptedException {
    this.server = server;
    token = server.signIn(login, password);
  }

  String token() {
    return token;
  }

  /** How often something had to be asked again. */
  int repeats() {
    return repeats.get();
  }

  /**
   * The new ticket's id.
   *
   * @throws IOException when it was not taken after all tries
   */
  long take(Call call) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(server.address("/api/v1/reports"))
            .header("Content-Type", "application/json")
            .header("Authorization", "Bearer " + token)
            .header("Idempotency-Key", UUID.randomUUID().toString())
            .timeout(Duration.ofSeconds(60))
            .POST(BodyPublishers.ofByteArray(body(call)))
            .build();
    IOException last = new IOException("not tried");
    for (int i = 0; i < TRIES; i++) {
      if (i > 0) {
        repeats.incrementAndGet();
        Thread.sleep(200);
      }
      try {
        HttpResponse<byte[]> answer = client.send(request, BodyHandlers.ofByteArray());
        if (answer.statusCode() == 200 || answer.statusCode() == 201)
          return JSON.readTree(answer.body()).path("id").asLong();
        last = new IOException("status " + answer.statusCode());
        if (answer.statusCode() != 503 && answer.statusCode() != 429) break;
      } catch (IOException cut) {
        last = cut;
      }
    }
    throw last;
  }

  private static byte[] body(Call call) throws IOException {
    ObjectNode report =
        JSON.createObjectNode()
            .put("channel", "phone")
            .put("type", "help")
            .put("words", call.words());
    JsonNode position =
        JSON.createObjectNode().put("lon", call.lon()).put("lat", call.lat()).put("crs", "WGS84");
    report.set("position", position);
    return JSON.writeValueAsBytes(report);
  }

  @Override
  public void close() {
    client.close();
  }
}
