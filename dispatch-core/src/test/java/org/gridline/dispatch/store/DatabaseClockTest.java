package org.gridline.dispatch.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Three clocks: the wall's, the machine's counter, the database's. */
class DatabaseClockTest {
  private static final Instant START = Instant.parse("2026-11-22T08:00:00Z");

  private Instant wall = START;
  private long counter = 77;
  private final DatabaseClock clock = new DatabaseClock(() -> wall, () -> counter);

  @Test
  void nothing_may_fire_before_the_time_was_measured() {
    assertThat(clock.reached()).isEmpty();
    measure(START, Duration.ofMillis(4));
    assertThat(clock.reached().orElseThrow()).isBetween(START.minusNanos(1_000), START);
    assertThat(clock.instant()).isEqualTo(START.plusMillis(2));
  }

  @Test
  void what_is_reached_is_never_ahead_of_the_database() {
    // The answer may have been written at any moment between asking and hearing.
    for (long micros = 0; micros <= 4_000; micros += 100) {
      DatabaseClock node = new DatabaseClock(() -> wall, () -> counter);
      long before = counter;
      Instant told = START.plusNanos(micros * 1_000);
      counter += 4_000_000;
      node.measured(before, told);
      assertThat(node.reached().orElseThrow()).isBeforeOrEqualTo(told);
    }
  }

  @Test
  void it_goes_on_by_the_counter_and_a_wall_clock_that_is_set_moves_nothing() {
    measure(START, Duration.ZERO);
    pass(Duration.ofSeconds(30));
    wall = wall.plus(Duration.ofHours(1));
    assertThat(clock.instant()).isEqualTo(START.plusSeconds(30));
    assertThat(clock.reached().orElseThrow())
        .isBetween(START.plusMillis(29_980), START.plusSeconds(30));
    measure(START.plusSeconds(30), Duration.ZERO);
    assertThat(clock.held()).isZero();
    assertThat(clock.jumped()).isPresent();
    assertThat(clock.offset()).isEqualTo(Duration.ofHours(-1));
  }

  @Test
  void a_step_of_the_databases_time_holds_what_happens_by_time_and_raises_the_alarm() {
    measure(START, Duration.ZERO);
    pass(Duration.ofSeconds(60));
    wall = wall.plus(Duration.ofHours(1));
    measure(START.plusSeconds(60).plus(Duration.ofHours(1)), Duration.ZERO);
    assertThat(clock.held()).isEqualTo(DatabaseClock.HELD);
    assertThat(clock.jumped()).isPresent();
    pass(Duration.ofMinutes(10));
    // Somebody sets it right: that is a step again, and looked at again.
    measure(START.plusSeconds(660), Duration.ZERO);
    assertThat(clock.held()).isEqualTo(DatabaseClock.HELD);
    pass(DatabaseClock.HELD);
    assertThat(clock.held()).isZero();
  }

  @Test
  void small_corrections_hold_nothing() {
    measure(START, Duration.ZERO);
    pass(Duration.ofSeconds(60));
    measure(START.plusSeconds(61), Duration.ZERO);
    assertThat(clock.held()).isZero();
    assertThat(clock.jumped()).isEmpty();
  }

  private void measure(Instant there, Duration asking) {
    long before = counter;
    counter += asking.toNanos();
    clock.measured(before, there);
  }

  private void pass(Duration time) {
    counter += time.toNanos();
    wall = wall.plus(time);
  }
}
