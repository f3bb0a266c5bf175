package org.gridline.console.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.gridline.dispatch.Names;
import org.gridline.dispatch.city.CityPack.SamplePerson;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server that does what servers do on a bad day, answer by answer. */
@Timeout(60)
class SenderTest {
  private static final String TICKET =
      """
      {"id":5,"number":"QX-5","state":"PENDING_SIGN",\
      "place":{"flag":"ok","areas":{"ward":"03"}},"owner":{"unit":"U-1"}}""";

  private static final RowReader.Read.Report REPORT =
      new RowReader.Read.Report(
          "7", "pack:7", "{}".getBytes(StandardCharsets.UTF_8), Instant.EPOCH);

  private final Vertx vertx = Vertx.vertx();
  private final Deque<Consumer<HttpServerRequest>> script = new ArrayDeque<>();
  private final List<String> keys = Collections.synchronizedList(new ArrayList<>());
  private final ByteArrayOutputStream told = new ByteArrayOutputStream();
  private final CountDownLatch stop = new CountDownLatch(1);
  private final HttpServer server =
      vertx
          .createHttpServer()
          .requestHandler(this::answer)
          .listen(0, "127.0.0.1")
          .toCompletionStage()
          .toCompletableFuture()
          .join();
  private final FrontDoor door =
      new FrontDoor(URI.create("http://127.0.0.1:" + server.actualPort()), 2);
  private final Progress progress =
      new Progress(new PrintStream(told, true, StandardCharsets.UTF_8), false, 1);

  @AfterEach
  void close() {
    door.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void whatever_happens_to_the_answer_the_same_key_is_asked_again() {
    script.add(problem(503, "outcome_unknown", Optional.of("0")));
    script.add(problem(429, "overloaded", Optional.of("0")));
    script.add(request -> request.connection().close());
    script.add(
        request ->
            request
                .response()
                .putHeader("Content-Length", "100")
                .write("{\"id\":")
                .onComplete(sent -> request.connection().close()));
    script.add(problem(502, "", Optional.empty()));
    script.add(body(201, TICKET));
    Ledger.Entry entry = sender(Optional.empty()).send(REPORT).orElseThrow();
    assertThat(entry.ticket()).isEqualTo("5");
    assertThat(entry.areas()).containsEntry("ward", "03");
    assertThat(entry.owner()).isEqualTo("U-1");
    assertThat(keys).hasSize(6).containsOnly("pack:7");
    assertThat(told.toString(StandardCharsets.UTF_8))
        .containsOnlyOnce("waiting for the server")
        .contains("answers again");
  }

  @Test
  void what_the_server_says_about_the_row_ends_it() {
    script.add(problem(422, "category_unknown", Optional.empty()));
    Ledger.Entry entry = sender(Optional.empty()).send(REPORT).orElseThrow();
    assertThat(entry.acknowledged()).isFalse();
    assertThat(entry.problem()).isEqualTo("category_unknown");
    assertThat(keys).hasSize(1);
  }

  @Test
  void an_internal_error_is_asked_a_few_times_and_then_written_down() {
    for (int i = 0; i < 5; i++) script.add(problem(500, "internal", Optional.empty()));
    Ledger.Entry entry = sender(Optional.empty()).send(REPORT).orElseThrow();
    assertThat(entry.status()).isEqualTo(500);
    assertThat(keys).hasSize(5);
  }

  @Test
  void an_ended_session_is_opened_again() {
    script.add(body(201, "{\"token\":\"first\"}"));
    script.add(problem(401, "session_expired", Optional.empty()));
    script.add(body(201, "{\"token\":\"second\"}"));
    script.add(body(200, TICKET));
    Sender sender =
        sender(
            Optional.of(
                new SamplePerson("r1", new Names("r", "r"), List.of(), "", List.of(), "secret")));
    sender.signIn();
    assertThat(sender.send(REPORT).orElseThrow().status()).isEqualTo(200);
    assertThat(door.token()).isEqualTo("second");
  }

  @Test
  void a_token_that_is_not_taken_and_a_person_who_may_not_end_the_run() {
    script.add(problem(401, "unauthenticated", Optional.empty()));
    Sender sender = sender(Optional.empty());
    assertThatThrownBy(() -> sender.send(REPORT)).isInstanceOf(Unreplayable.class);
    script.add(problem(403, "not_permitted", Optional.empty()));
    assertThatThrownBy(() -> sender.send(REPORT))
        .isInstanceOf(Unreplayable.class)
        .hasMessageContaining("not_permitted");
  }

  @Test
  void a_stop_ends_the_waiting_without_an_answer() {
    server.close().toCompletionStage().toCompletableFuture().join();
    Thread.ofVirtual()
        .start(
            () -> {
              while (told.size() == 0) Thread.onSpinWait();
              stop.countDown();
            });
    assertThat(sender(Optional.empty()).send(REPORT)).isEmpty();
  }

  private Sender sender(Optional<SamplePerson> person) {
    return new Sender(door, person, stop, new Latencies(), progress);
  }

  private void answer(HttpServerRequest request) {
    String key = request.getHeader("Idempotency-Key");
    if (key != null) keys.add(key);
    script.removeFirst().accept(request);
  }

  private static Consumer<HttpServerRequest> body(int status, String json) {
    return request -> request.response().setStatusCode(status).end(json);
  }

  private static Consumer<HttpServerRequest> problem(
      int status, String code, Optional<String> retryAfter) {
    return request -> {
      retryAfter.ifPresent(s -> request.response().putHeader("Retry-After", s));
      request.response().setStatusCode(status).end("{\"code\":\"" + code + "\"}");
    };
  }
}
