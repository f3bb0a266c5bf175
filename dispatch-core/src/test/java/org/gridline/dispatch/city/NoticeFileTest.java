package org.gridline.dispatch.city;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.gridline.dispatch.deadline.Clock;
import org.gridline.dispatch.deadline.ClockStep;
import org.gridline.dispatch.deadline.DueClock;
import org.gridline.dispatch.notice.Happening;
import org.gridline.dispatch.notice.NewNotice;
import org.gridline.dispatch.notice.NoticeRules;
import org.gridline.dispatch.notice.Occasion;
import org.gridline.dispatch.store.Desk;
import org.gridline.dispatch.ticket.TicketState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** notices.yaml: who is told what; a mistake is named, since nobody would notice a silent one. */
class NoticeFileTest {
  private static final Path SAMPLE = Desk.repository().resolve("config/cities/qixia-sample");
  private static final CityPack PACK = CityPackReader.read(SAMPLE);
  private static final Instant NOON = Instant.parse("2026-11-23T04:00:00Z");

  @TempDir private Path folder = Path.of("");

  @Test
  void a_pack_without_one_tells_those_who_are_to_act_and_the_unit_above() {
    NoticeRules rules = NoticeFile.read(folder, PACK);
    assertThat(
            words(rules.tell(Happening.of(due(Clock.HANDLE, ClockStep.WARN, "normal"), 0), NOON)))
        .containsExactly("u:QX-CG-HW");
    assertThat(words(rules.tell(Happening.of(due(Clock.HANDLE, ClockStep.DUE, "normal"), 0), NOON)))
        .containsExactly("u:QX-CG-HW", "u:QX-CG");
    assertThat(words(rules.tell(Happening.of(due(Clock.CHECK, ClockStep.WARN, "normal"), 0), NOON)))
        .as("the lot found nobody: whoever can have another one drawn")
        .containsExactlyInAnyOrder("r:chief", "r:commander");
    assertThat(rules.escalation(Clock.HANDLE, 1)).isEmpty();
  }

  @Test
  void a_checker_who_was_drawn_is_told_alone() {
    NoticeRules rules = NoticeFile.read(folder, PACK);
    DueClock any = due(Clock.CHECK, ClockStep.WARN, "normal");
    DueClock drawn =
        new DueClock(
            any.ticket(),
            any.version(),
            any.state(),
            any.unit(),
            any.urgency(),
            any.clock(),
            any.dueAt(),
            any.level(),
            any.step(),
            any.moment(),
            any.takenAt(),
            any.areas(),
            any.handlers(),
            Optional.of(42L));
    assertThat(words(rules.tell(Happening.of(drawn, 0), NOON))).containsExactly("p:42");
  }

  @Test
  void the_sample_escalates_level_by_level_and_urgent_ones_pass_the_quiet_hours() {
    NoticeRules rules = NoticeFile.read(SAMPLE, PACK);
    assertThat(rules.escalation(Clock.SIGN, 1)).contains(Duration.ofMinutes(30));
    assertThat(rules.escalation(Clock.SIGN, 3)).isEmpty();
    assertThat(rules.escalation(Clock.HANDLE, 3)).contains(Duration.ofDays(3));
    assertThat(rules.escalation(Clock.CHECK, 1)).isEmpty();
    assertThat(
            words(
                rules.tell(Happening.of(due(Clock.HANDLE, ClockStep.ESCALATE, "normal"), 3), NOON)))
        .containsExactly("r:commander");

    Instant night = Instant.parse("2026-11-22T16:00:00Z");
    List<NewNotice> told =
        rules.tell(Happening.of(due(Clock.HANDLE, ClockStep.DUE, "urgent"), 0), night);
    assertThat(told).extracting(NewNotice::rule).containsExactly("overdue", "overdue-urgent");
    assertThat(told)
        .extracting(NewNotice::shownAt)
        .containsExactly(Instant.parse("2026-11-22T23:00:00Z"), night);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rules: [{id: a, on: clockMelted, to: [acting]}]                      | rules[0] on no"
            + " occasion",
        "rules: [{id: a, on: clockWarned, to: []}]                            | tells somebody",
        "rules: [{id: a, on: clockWarned}]                                    | to is missing",
        "rules: [{id: a, on: clockWarned, to: [everybody]}]                   | not everybody",
        "rules: [{id: a, on: clockWarned, to: [{role: king}]}]                | no role king",
        "rules: [{id: a, on: clockWarned, to: [{unit: NOWHERE}]}]             | no unit NOWHERE",
        "rules: [{id: a, on: clockWarned, to: [{}]}]                          | neither role nor"
            + " unit nor duty",
        "rules: [{id: a, on: clockWarned, to: [acting], means: [pigeon]}]     | inApp or email, not"
            + " pigeon",
        "rules: [{id: a, on: clockWarned, to: [acting], quiet: maybe}]        | waits or passes",
        "rules: [{id: a, on: clockWarned, to: [acting], level: 1}]            | only an escalation",
        "rules: [{id: a, on: clockWarned, to: [acting], clocks: [lunch]}]     | no clock lunch",
        "rules: [{id: a, on: clockWarned, to: [acting], urgencies: [mild]}]   | no urgency mild",
        "rules: [{id: a, on: clockWarned, to: [acting], repeatMinutes: 0}]    | a minute apart",
        "rules: [{id: a, on: clockWarned, to: [acting], repeatMinutes: 0.5}]  | whole number",
        "rules: [{id: a, on: clockWarned, to: [acting], then: [acting]}]      | after reminders",
        "rules: [{id: a, on: dispatched, to: [{duty: owner, role: chief}]}]   | stands alone",
        "rules: [{id: a, on: dispatched, to: [{duty: NOWHERE}]}]              | no unit NOWHERE",
        "rules: [{id: a, on: dispatched, to: [acting], clocks: [sign]}]       | only what a clock"
            + " does",
        "rules: [{id: a, on: urged, to: [acting], repeatMinutes: 5, then: [acting]}] | an end of"
            + " the reminders",
        "rules: [{id: a, on: urged, to: [acting], repeatMinutes: 5, most: 1, then: [[acting], []]}]"
            + " | level of nobody",
        "passUrgencies: [mild]                                                | no urgency mild",
        "rules: [{id: 'a b', on: clockWarned, to: [acting]}]                  | letters",
        "rules: [{id: a, on: clockWarned, too: [acting]}]                     | too is not known",
        "ladders: [{afterMinutes: [60, 30]}]                                  | later than the one"
            + " before",
        "ladders: [{afterMinutes: [-1]}]                                      | whole minutes",
        "ladders: [{afterMinutes: [1,2,3,4,5,6,7,8,9,10]}]                    | more than 9",
        "ladders: [{afterMinutes: [soon]}]                                    | whole minutes",
        "quietHours: ['22:00']                                                | must be [from, to]",
        "quietHours: ['25:00', '07:00']                                       | 25:00",
        "rule: []                                                             | rule is not known",
      })
  void mistakes_are_refused_with_their_place(String text, String reason) throws IOException {
    Files.writeString(folder.resolve("notices.yaml"), text + "\n");
    assertThatThrownBy(() -> NoticeFile.read(folder, PACK))
        .isInstanceOf(UnusablePack.class)
        .hasMessageContaining("notices.yaml")
        .hasMessageContaining(reason);
  }

  @Test
  void levels_are_told_one_after_the_other_and_duty_means_the_roster_of_the_moment()
      throws IOException {
    Files.writeString(
        folder.resolve("notices.yaml"),
        """
        passUrgencies: [critical]
        quietHours: ["22:00", "07:00"]
        rules:
          - {id: a, on: urged, to: [{duty: owner}, handlers], repeatMinutes: 5, most: 2, means: [inApp, email],
             then: [[{unit: above}], [{role: chief}, {role: commander}]]}
          - {id: b, on: urged, to: [{role: chief}], repeatMinutes: 5}
        """);
    NoticeRules rules = NoticeFile.read(folder, PACK);
    Instant night = Instant.parse("2026-11-22T16:00:00Z");
    List<NewNotice> told = rules.tell(urged("critical"), night);
    NewNotice first = told.getFirst();
    assertThat(first.audience()).containsExactly("d:QX-CG-HW", "d:QX-CG-HW@320113001", "p:7");
    assertThat(first.next()).containsExactly("u:QX-CG", "r:chief r:commander");
    assertThat(first.means()).containsExactly("email");
    assertThat(first.mostReminders()).isEqualTo(2);
    assertThat(first.shownAt()).as("critical ones break through").isEqualTo(night);
    assertThat(rules.tell(urged("normal"), night).getFirst().shownAt())
        .isEqualTo(Instant.parse("2026-11-22T23:00:00Z"));
    assertThat(told.getLast().mostReminders()).as("until one acknowledges").isGreaterThan(10_000);
  }

  private static Happening urged(String urgency) {
    return new Happening(
        1,
        5,
        Optional.empty(),
        Occasion.URGED,
        Optional.empty(),
        Optional.empty(),
        0,
        TicketState.HANDLING,
        Optional.of("QX-CG-HW"),
        Optional.empty(),
        urgency,
        List.of("320113001"),
        List.of(7L),
        Optional.empty());
  }

  @Test
  void two_rules_of_one_name_are_refused() throws IOException {
    Files.writeString(
        folder.resolve("notices.yaml"),
        "rules: [{id: a, on: clockWarned, to: [acting]}, {id: a, on: clockOverdue, to:"
            + " [acting]}]\n");
    assertThatThrownBy(() -> NoticeFile.read(folder, PACK)).hasMessageContaining("comes twice");
  }

  private static List<String> words(List<NewNotice> told) {
    return told.stream().flatMap(n -> n.audience().stream()).toList();
  }

  private static DueClock due(Clock clock, ClockStep step, String urgency) {
    return new DueClock(
        1,
        4,
        TicketState.HANDLING,
        Optional.of("QX-CG-HW"),
        urgency,
        clock,
        NOON,
        0,
        step,
        NOON,
        NOON.minusSeconds(3_600),
        List.of("320113001"),
        List.of(7L),
        Optional.empty());
  }
}
