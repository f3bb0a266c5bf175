package org.gridline.console.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class RateTest {
  private static final Instant FIRST = Instant.parse("2015-01-01T00:00:00Z");
  private static final long SECOND = 1_000_000_000L;

  @Test
  void three_spellings_and_no_other() {
    assertThat(Rate.find("200/s")).contains(new Rate.PerSecond(200));
    assertThat(Rate.find("0.5/s")).contains(new Rate.PerSecond(0.5));
    assertThat(Rate.find("x3600")).contains(new Rate.TimesReal(3600));
    assertThat(Rate.find("max")).contains(new Rate.AsFastAsItGoes());
    for (String wrong : new String[] {"", "200", "0/s", "x0", "-1/s", "x", "/s", "1e9/s", "MAX"}) {
      assertThat(Rate.find(wrong)).as(wrong).isEmpty();
    }
  }

  @Test
  void so_many_a_second_are_evenly_spread() {
    Rate.Beat beat = new Rate.Beat(new Rate.PerSecond(10));
    assertThat(beat.due(FIRST, 5 * SECOND)).isEqualTo(5 * SECOND);
    assertThat(beat.due(FIRST, 5 * SECOND)).isEqualTo(5 * SECOND + SECOND / 10);
    assertThat(beat.due(FIRST, 5 * SECOND)).isEqualTo(5 * SECOND + SECOND / 5);
  }

  @Test
  void after_an_outage_at_most_a_second_is_made_up() {
    Rate.Beat beat = new Rate.Beat(new Rate.PerSecond(10));
    beat.due(FIRST, 0);
    long late = 100 * SECOND;
    int atOnce = 0;
    while (beat.due(FIRST, late) <= late) atOnce++;
    assertThat(atOnce).isBetween(10, 11);
  }

  @Test
  void the_rhythm_of_the_day_is_kept() {
    Rate.Beat beat = new Rate.Beat(new Rate.TimesReal(3600));
    long now = 7 * SECOND;
    assertThat(beat.due(FIRST, now)).isEqualTo(now);
    assertThat(beat.due(FIRST.plusSeconds(3600), now)).isEqualTo(now + SECOND);
    // A row out of order is due at once, not later.
    assertThat(beat.due(FIRST.plusSeconds(1800), now + SECOND)).isLessThan(now + SECOND);
  }
}
