package org.gridline.console.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.Set;
import org.gridline.dispatch.event.EventLog.Sealed;
import org.junit.jupiter.api.Test;

class RingTest {
  private final Ring ring = new Ring(10);

  @Test
  void tellsWhatCameAfterAndKnowsWhatItHasForgotten() {
    ring.reset(100);
    for (long seq = 101; seq <= 115; seq++) ring.add(step(seq));
    assertThat(ring.between(112, 115).orElseThrow())
        .extracting(Step::seq)
        .containsExactly(113L, 114L, 115L);
    assertThat(ring.between(115, 115)).contains(java.util.List.of());
    assertThat(ring.between(105, 115).orElseThrow()).hasSize(10);
    assertThat(ring.between(104, 115)).isEmpty();
    assertThat(ring.between(112, 116)).isEmpty();
  }

  @Test
  void refusesGaps() {
    ring.reset(0);
    assertThatThrownBy(() -> ring.add(step(2))).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aStepThatIsHereAlreadyIsNotAddedAgain() {
    ring.reset(0);
    ring.add(step(1));
    ring.add(step(2));
    ring.add(step(1));
    assertThat(ring.between(0, 2).orElseThrow()).extracting(Step::seq).containsExactly(1L, 2L);
  }

  private static Step step(long seq) {
    return new Step(
        new Sealed(seq, 1, 1, "TicketFiled", Optional.empty(), Set.of(), java.time.Instant.EPOCH),
        Optional.empty());
  }
}
