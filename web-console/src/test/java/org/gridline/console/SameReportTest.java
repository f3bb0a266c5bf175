package org.gridline.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.gridline.dispatch.store.TestDatabase;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** However often and however brokenly a report is sent under one key: one ticket, one answer. */
class SameReportTest {
  private final Town town = Town.shared();

  @RepeatedTest(5)
  void sent_several_times_at_once(RepetitionInfo round) throws Exception {
    int times = round.getCurrentRepetition();
    String key = UUID.randomUUID().toString();
    String body = Said.lamp().toString();
    CyclicBarrier together = new CyclicBarrier(times);
    Callable<HttpResponse<String>> send =
        () -> {
          together.await();
          return town.report("operator1", key, body);
        };
    List<HttpResponse<String>> answers = new ArrayList<>();
    try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<HttpResponse<String>>> sent = new ArrayList<>();
      for (int i = 0; i < times; i++) sent.add(senders.submit(send));
      for (Future<HttpResponse<String>> answer : sent) answers.add(answer.get());
    }
    assertThat(answers).filteredOn(a -> a.statusCode() == 201).hasSize(1);
    assertThat(answers)
        .filteredOn(a -> a.statusCode() == 200)
        .hasSize(times - 1)
        .allMatch(a -> a.headers().firstValue("Idempotent-Replay").orElse("").equals("true"));
    Set<String> bytes = answers.stream().map(HttpResponse::body).collect(Collectors.toSet());
    assertThat(bytes).hasSize(1);
    assertOneTicket(Town.json(answers.getFirst()));
  }

  @Test
  void over_connections_that_are_cut_after_the_request_was_sent() throws Exception {
    String key = UUID.randomUUID().toString();
    byte[] body = Said.lampInMaqun().toString().getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < 5; i++) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), town.port())) {
        // No farewell: the peer sees a reset, as when a phone leaves its network.
        socket.setSoLinger(true, 0);
        OutputStream out = socket.getOutputStream();
        out.write(head(key, body.length));
        out.write(body);
        out.flush();
      }
    }
    HttpResponse<byte[]> first = sendBytes(key, body);
    HttpResponse<byte[]> second = sendBytes(key, body);
    assertThat(first.statusCode()).isIn(200, 201);
    assertThat(second.statusCode()).isEqualTo(200);
    assertThat(second.body()).isEqualTo(first.body());
    assertOneTicket(Town.json(new String(first.body(), StandardCharsets.UTF_8)));
  }

  @Test
  void a_half_sent_report_becomes_nothing() throws Exception {
    String key = UUID.randomUUID().toString();
    byte[] body = Said.lamp().toString().getBytes(StandardCharsets.UTF_8);
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), town.port())) {
      OutputStream out = socket.getOutputStream();
      out.write(head(key, body.length));
      out.write(body, 0, body.length / 2);
      out.flush();
    }
    assertThat(sendBytes(key, body).statusCode()).isEqualTo(201);
  }

  private HttpResponse<byte[]> sendBytes(String key, byte[] body) throws Exception {
    try (var client = java.net.http.HttpClient.newHttpClient()) {
      return client.send(
          town.as("operator1", "/api/v1/reports")
              .header("Idempotency-Key", key)
              .POST(BodyPublishers.ofByteArray(body))
              .build(),
          BodyHandlers.ofByteArray());
    }
  }

  private byte[] head(String key, int length) {
    return ("POST /api/v1/reports HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            + "Authorization: Bearer "
            + town.token("operator1")
            + "\r\nIdempotency-Key: "
            + key
            + "\r\nContent-Length: "
            + length
            + "\r\n\r\n")
        .getBytes(StandardCharsets.US_ASCII);
  }

  private void assertOneTicket(JsonNode ticket) throws SQLException, IOException {
    try (var connection = TestDatabase.connectTo(town.databaseUrl());
        var count = connection.prepareStatement("SELECT count(*) FROM ticket WHERE number = ?")) {
      count.setString(1, ticket.path("number").asText());
      var rows = count.executeQuery();
      rows.next();
      assertThat(rows.getInt(1)).isEqualTo(1);
    }
  }
}
