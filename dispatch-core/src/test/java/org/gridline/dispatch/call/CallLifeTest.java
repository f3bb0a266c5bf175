package org.gridline.dispatch.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The whole table of a call's life. */
class CallLifeTest {
  private static final Instant START = Instant.parse("2026-11-22T02:00:00Z");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "RANG                                   | RINGING",
        "RANG ANSWERED                          | TALKING",
        "RANG ANSWERED HELD                     | HELD",
        "RANG ANSWERED HELD RESUMED             | TALKING",
        "RANG ANSWERED HELD RESUMED HELD        | HELD",
        "RANG ANSWERED TRANSFERRED              | TRANSFERRED",
        "RANG ANSWERED HELD TRANSFERRED         | TRANSFERRED",
        "RANG ANSWERED TRANSFERRED RANG         | RINGING",
        "RANG ANSWERED TRANSFERRED RANG ANSWERED| TALKING",
        "RANG MISSED                            | MISSED",
        "RANG MISSED RANG                       | RINGING",
        "RANG ENDED                             | ENDED",
        "RANG ANSWERED ENDED                    | ENDED",
        "RANG ANSWERED ENDED RANG               | ENDED",
        "RANG ENDED ANSWERED                    | ENDED",
        "RANG ENDED HELD                        | ENDED",
        "ENDED RANG                             | ENDED",
        "ENDED                                  | ENDED",
        "RANG TRANSFERRED ENDED RESUMED         | ENDED",
        "RANG ANSWERED RANG                     | TALKING",
        "RANG ANSWERED HELD RANG                | TALKING",
        "ANSWERED                               | TALKING",
        "HELD                                   | HELD",
        "TRANSFERRED                            | TRANSFERRED",
      })
  void what_happened_one_after_the_other_makes_the_state(String story, CallState state) {
    assertThat(CallLife.state(marks(story))).isEqualTo(state);
  }

  @Test
  void of_two_marks_at_one_time_the_later_step_counts() {
    assertThat(CallLife.state(Map.of(CallMark.RANG, START, CallMark.ANSWERED, START)))
        .isEqualTo(CallState.TALKING);
    assertThat(CallLife.state(Map.of(CallMark.ANSWERED, START, CallMark.TRANSFERRED, START)))
        .isEqualTo(CallState.TRANSFERRED);
  }

  @Test
  void a_phone_stops_ringing_when_a_colleague_lifts_theirs() {
    CallPart waits = new CallPart(1, marks("RANG"));
    CallPart lifts = new CallPart(2, marks("RANG ANSWERED"));
    PhoneCall call = call(Optional.empty(), waits, lifts);
    assertThat(call.part(1).orElseThrow().state()).isEqualTo(CallState.MISSED);
    assertThat(call.part(2).orElseThrow().state()).isEqualTo(CallState.TALKING);
  }

  @Test
  void a_colleague_who_lifted_before_it_rang_here_stops_nothing() {
    CallPart before = new CallPart(2, Map.of(CallMark.ANSWERED, START));
    CallPart rings = new CallPart(1, Map.of(CallMark.RANG, START.plusSeconds(60)));
    assertThat(call(Optional.empty(), rings, before).part(1).orElseThrow().state())
        .isEqualTo(CallState.RINGING);
  }

  @Test
  void the_end_of_the_call_is_the_end_for_everybody() {
    PhoneCall call =
        call(
            Optional.of(START.plusSeconds(9)),
            new CallPart(1, marks("RANG")),
            new CallPart(2, marks("RANG ANSWERED HELD")));
    assertThat(call.parts()).extracting(CallPart::state).containsOnly(CallState.ENDED);
  }

  @Test
  void a_number_is_shown_during_the_call_and_while_it_is_written_down() {
    CallPart rings = new CallPart(1, marks("RANG"));
    assertThat(rings.dealing(START.plusSeconds(30))).isTrue();
    assertThat(rings.dealing(START.plus(Duration.ofMinutes(4)))).isFalse();
    CallPart over = new CallPart(1, marks("RANG ANSWERED ENDED"));
    assertThat(over.dealing(START.plus(Duration.ofMinutes(20)))).isTrue();
    assertThat(over.dealing(START.plus(Duration.ofMinutes(31)))).isFalse();
    CallPart unheard = new CallPart(1, marks("RANG ENDED"));
    assertThat(unheard.dealing(START.plusSeconds(5))).isFalse();
    CallPart endless = new CallPart(1, marks("RANG ANSWERED"));
    assertThat(endless.dealing(START.plus(Duration.ofHours(5)))).isTrue();
    assertThat(endless.dealing(START.plus(Duration.ofHours(7)))).isFalse();
  }

  private static PhoneCall call(Optional<Instant> ended, CallPart... parts) {
    return new PhoneCall(
        1, new CallerId.Withheld(), "12345", START, ended, List.of(parts), List.of());
  }

  private static Map<CallMark, Instant> marks(String story) {
    Map<CallMark, Instant> marks = new EnumMap<>(CallMark.class);
    Instant at = START;
    for (String mark : story.strip().split(" ")) {
      marks.put(CallMark.valueOf(mark), at);
      at = at.plusSeconds(1);
    }
    return marks;
  }
}
