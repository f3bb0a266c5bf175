package org.gridline.console.pressure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;
import org.gridline.dispatch.intake.Urgency;
import org.junit.jupiter.api.Test;

/** Who is let in when more comes than can be taken; by a clock of its own. */
class IntakeGateTest {
  private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);

  private long now = 1_000_000;

  private IntakeGate gate(OptionalInt perSecond) {
    return new IntakeGate(perSecond, () -> now);
  }

  private static boolean enters(IntakeGate gate, long client, Urgency urgency) {
    try (IntakeGate.Pass _ = gate.enter(client, urgency)) {
      return true;
    } catch (Failure e) {
      return false;
    }
  }

  @Test
  void ten_times_the_limit_gets_the_limit() {
    IntakeGate gate = gate(OptionalInt.of(1_000));
    int in = 0;
    for (int i = 0; i < 600_000; i++) {
      now += MILLI / 10;
      if (enters(gate, i % 37, Urgency.NORMAL)) in++;
    }
    assertThat(in).isBetween(59_000, 60_500);
  }

  @Test
  void an_urgent_report_is_let_in_whatever_else_comes() {
    IntakeGate gate = gate(OptionalInt.of(100));
    for (int i = 0; i < 100_000; i++) {
      now += MILLI / 10;
      boolean urgent = i % 50 == 0;
      boolean in = enters(gate, i % 3, urgent ? Urgency.URGENT : Urgency.NORMAL);
      if (urgent) assertThat(in).isTrue();
    }
  }

  @Test
  void whoever_keeps_within_a_fair_share_is_let_in_beside_somebody_who_floods() {
    IntakeGate gate = gate(OptionalInt.of(1_000));
    int modest = 0;
    int flood = 0;
    // 20 desks with ten reports a second each, and one program with ten thousand.
    for (int i = 0; i < 100_000; i++) {
      now += MILLI / 10;
      if (enters(gate, 999, Urgency.NORMAL)) flood++;
      if (i % 50 == 0 && enters(gate, (i / 50) % 20, Urgency.NORMAL)) modest++;
    }
    assertThat(modest).isEqualTo(2_000);
    assertThat(flood).as("the rest is not wasted").isBetween(7_700, 8_200);
  }

  @Test
  void after_the_flood_everything_is_let_in_again() {
    IntakeGate gate = gate(OptionalInt.of(1_000));
    for (int i = 0; i < 50_000; i++) {
      now += MILLI / 10;
      enters(gate, 1, Urgency.NORMAL);
    }
    now += Duration.ofSeconds(1).toNanos();
    for (int i = 0; i < 1_000; i++) {
      now += 2 * MILLI;
      assertThat(enters(gate, 1, Urgency.NORMAL)).isTrue();
    }
  }

  @Test
  void refused_is_with_the_time_to_wait() {
    IntakeGate gate = gate(OptionalInt.of(1));
    enters(gate, 1, Urgency.NORMAL);
    assertThatThrownBy(() -> gate.enter(1, Urgency.NORMAL))
        .isInstanceOfSatisfying(
            Failure.class,
            f -> {
              assertThat(f.code()).isEqualTo(FailureCode.OVERLOADED);
              assertThat(f.again().orElseThrow())
                  .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(3));
            });
  }

  @Test
  void a_slow_house_lets_fewer_in_and_a_quick_one_more() {
    IntakeGate gate = gate(OptionalInt.empty());
    int first = gate.mostAtOnce();
    slowly(gate, 2_000);
    assertThat(gate.mostAtOnce()).isLessThan(first / 2).isGreaterThanOrEqualTo(32);
    slowly(gate, 5);
    assertThat(gate.mostAtOnce()).isGreaterThan(first);
    assertThat(gate.inside()).isZero();
  }

  /** Offers a thousand for each millisecond; each takes so long. */
  private void slowly(IntakeGate gate, long millis) {
    Deque<Long> ends = new ArrayDeque<>();
    Deque<IntakeGate.Pass> passes = new ArrayDeque<>();
    for (int i = 0; i < 20_000; i++) {
      now += MILLI;
      while (!ends.isEmpty() && ends.getFirst() <= now) {
        ends.removeFirst();
        passes.removeFirst().close();
      }
      for (int k = 0; k < 100; k++) {
        try {
          passes.addLast(gate.enter(k, Urgency.NORMAL));
          ends.addLast(now + millis * MILLI);
        } catch (Failure full) {
          break;
        }
      }
      assertThat(gate.inside()).isLessThanOrEqualTo(2_000);
    }
    passes.forEach(IntakeGate.Pass::close);
  }

  @Test
  void one_who_waits_for_many_leaves_places_to_the_others() {
    IntakeGate gate = gate(OptionalInt.empty());
    List<IntakeGate.Pass> passes = new ArrayList<>();
    // Two are known before the flood; then one takes all it gets.
    passes.add(gate.enter(2, Urgency.NORMAL));
    int got = 0;
    for (int i = 0; i < 1_000; i++) {
      try {
        passes.add(gate.enter(1, Urgency.NORMAL));
        got++;
      } catch (Failure full) {
        break;
      }
    }
    assertThat(got).isLessThanOrEqualTo(gate.mostAtOnce() / 2);
    for (int i = 0; i < 20; i++) passes.add(gate.enter(3, Urgency.NORMAL));
    passes.forEach(IntakeGate.Pass::close);
    assertThat(gate.inside()).isZero();
  }
}
