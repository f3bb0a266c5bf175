package org.gridline.dispatch.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Promise;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.gridline.dispatch.store.Rounds.Rest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The loop that timers, sealer and notices share: who rests, who is woken, who goes on. */
@Timeout(120)
class RoundsTest {
  private static final long HOUR = 3_600_000;

  private final Vertx vertx = Vertx.vertx();
  private final BlockingQueue<Long> turns = new LinkedBlockingQueue<>();

  @AfterEach
  void stop() {
    vertx.close().await();
  }

  private Rounds start(Supplier<Rest> turn) {
    Rounds rounds =
        new Rounds(
            "test",
            () -> {
              turns.add(System.nanoTime());
              return turn.get();
            },
            new Rest(0, 1));
    vertx
        .deployVerticle(
            rounds, new DeploymentOptions().setThreadingModel(ThreadingModel.VIRTUAL_THREAD))
        .await();
    return rounds;
  }

  private long next() throws InterruptedException {
    return Objects.requireNonNull(turns.poll(60, TimeUnit.SECONDS), "no turn was taken");
  }

  @Test
  void whoever_has_more_to_do_goes_on_at_once() throws InterruptedException {
    AtomicInteger more = new AtomicInteger(100);
    start(() -> more.decrementAndGet() > 0 ? Rest.NONE : new Rest(0, HOUR));
    for (int i = 0; i < 100; i++) next();
  }

  @Test
  void whoever_rings_during_a_turn_is_heard_after_it() throws InterruptedException {
    // A promise, as real turns wait: a latch would hold the context, and with it the deployment.
    Promise<Void> rung = Promise.promise();
    Rounds rounds =
        start(
            () -> {
              rung.future().await();
              return new Rest(0, HOUR);
            });
    next();
    rounds.wake();
    rung.complete();
    next();
  }

  @Test
  void the_firm_part_of_a_rest_is_kept_however_often_one_rings() throws InterruptedException {
    Rounds rounds = start(() -> new Rest(50, HOUR));
    long first = next();
    @Nullable Long second = null;
    for (int i = 0; second == null && i < 6_000; i++) {
      rounds.wake();
      second = turns.poll(10, TimeUnit.MILLISECONDS);
    }
    // A timer may be a millisecond early by the finer counter.
    assertThat(Objects.requireNonNull(second) - first).isGreaterThan(48_000_000L);
  }

  @Test
  void a_turn_that_fails_is_taken_again() throws InterruptedException {
    AtomicInteger failures = new AtomicInteger();
    start(
        () -> {
          if (failures.incrementAndGet() < 4) throw new IllegalStateException("not yet");
          return new Rest(0, HOUR);
        });
    for (int i = 0; i < 4; i++) next();
  }

  @Test
  void a_long_rest_does_not_hold_up_the_end() throws InterruptedException {
    start(() -> new Rest(0, HOUR));
    next();
    vertx.close().await();
    assertThat(turns).isEmpty();
  }

  @Test
  void a_rest_is_what_it_says() {
    assertThat(Rest.between(250, 20)).isEqualTo(new Rest(20, 20));
    assertThat(Rest.between(250, 5_000)).isEqualTo(new Rest(250, 5_000));
    assertThatThrownBy(() -> new Rest(2, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Rest(-1, 1)).isInstanceOf(IllegalArgumentException.class);
  }
}
