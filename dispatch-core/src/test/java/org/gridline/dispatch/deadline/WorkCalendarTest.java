package org.gridline.dispatch.deadline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.gridline.dispatch.deadline.TimeLimit.LimitUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** 2026-10-01 to 07 is a holiday, Saturday 10-10 a shifted workday. */
class WorkCalendarTest {
  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
  private static final WorkCalendar CALENDAR =
      new WorkCalendar(
          ZONE,
          List.of(
              new WorkCalendar.Window(LocalTime.of(8, 0), LocalTime.of(12, 0)),
              new WorkCalendar.Window(LocalTime.of(14, 0), LocalTime.of(18, 0))),
          Map.of(
              day(1),
              WorkCalendar.DayKind.HOLIDAY,
              day(2),
              WorkCalendar.DayKind.HOLIDAY,
              day(5),
              WorkCalendar.DayKind.HOLIDAY,
              day(6),
              WorkCalendar.DayKind.HOLIDAY,
              day(7),
              WorkCalendar.DayKind.HOLIDAY,
              day(10),
              WorkCalendar.DayKind.WORKDAY));

  @ParameterizedTest
  @CsvSource({
    "2026-09-30T17:00, 1,    UH, 2026-09-30T18:00",
    "2026-09-30T17:00, 24,   UH, 2026-10-01T17:00",
    "2026-09-30T17:00, 1,    UD, 2026-10-01T17:00",
    "2026-09-28T09:00, 1,    WH, 2026-09-28T10:00",
    "2026-09-28T11:30, 1,    WH, 2026-09-28T14:30",
    "2026-09-28T13:00, 4,    WH, 2026-09-28T18:00",
    "2026-09-28T17:00, 2,    WH, 2026-09-29T09:00",
    "2026-09-30T17:00, 2,    WH, 2026-10-08T09:00",
    "2026-09-30T17:00, 1,    WD, 2026-10-08T17:00",
    "2026-10-09T17:00, 1,    WD, 2026-10-10T17:00",
    "2026-10-10T17:00, 1,    WD, 2026-10-12T17:00",
    "2026-10-03T03:00, 0.25, WH, 2026-10-08T08:15",
  })
  void a_limit_counts_what_its_unit_says(String from, double amount, LimitUnit unit, String due) {
    TimeLimit limit = new TimeLimit(Clock.HANDLE, "", "", "", "", amount, unit, "test");
    assertThat(CALENDAR.start(limit, at(from)).dueAt()).isEqualTo(at(due));
  }

  @Test
  void yellow_begins_at_eighty_percent_of_counted_time() {
    TimeLimit limit = new TimeLimit(Clock.HANDLE, "", "", "", "", 5, LimitUnit.WH, "test");
    Deadline deadline = CALENDAR.start(limit, at("2026-09-28T09:00"));
    assertThat(deadline.warnAt()).isEqualTo(at("2026-09-28T15:00"));
    assertThat(deadline.lamp(at("2026-09-28T15:00"))).isEqualTo(Lamp.GREEN);
    assertThat(deadline.lamp(at("2026-09-28T15:01"))).isEqualTo(Lamp.YELLOW);
    assertThat(deadline.lamp(at("2026-09-28T16:01"))).isEqualTo(Lamp.RED);
  }

  @Test
  void a_pause_costs_no_counted_time_wherever_it_begins_and_ends() {
    Random random = new Random(5);
    for (int i = 0; i < 2_000; i++) {
      LimitUnit unit =
          List.of(LimitUnit.UH, LimitUnit.UD, LimitUnit.WH, LimitUnit.WD).get(random.nextInt(4));
      Instant start = at("2026-09-20T00:00").plusSeconds(random.nextInt(20 * 86_400));
      Deadline running =
          CALENDAR.start(
              new TimeLimit(Clock.HANDLE, "", "", "", "", 1 + random.nextInt(6), unit, "test"),
              start);
      Instant pause = start.plusSeconds(random.nextInt(86_400));
      Instant resume = pause.plusSeconds(random.nextInt(10 * 86_400));
      Deadline after = CALENDAR.resume(running.pause(pause), resume);
      assertThat(CALENDAR.left(resume, after.dueAt(), unit))
          .isEqualTo(CALENDAR.left(pause, running.dueAt(), unit));
    }
  }

  @Test
  void a_pause_does_not_make_an_overdue_clock_punctual() {
    TimeLimit limit = new TimeLimit(Clock.SIGN, "", "", "", "", 4, LimitUnit.WH, "test");
    Deadline running = CALENDAR.start(limit, at("2026-09-28T08:00"));
    Deadline late = CALENDAR.resume(running.pause(at("2026-09-28T15:00")), at("2026-09-29T09:00"));
    assertThat(late.dueAt()).isEqualTo(at("2026-09-28T12:00"));
    assertThat(late.lamp(at("2026-09-29T09:00"))).isEqualTo(Lamp.RED);
    Deadline yellow =
        CALENDAR.resume(running.pause(at("2026-09-28T11:30")), at("2026-09-29T09:00"));
    assertThat(yellow.warnAt()).isEqualTo(running.warnAt());
    assertThat(yellow.dueAt()).isEqualTo(at("2026-09-29T09:30"));
  }

  @Test
  void adding_and_counting_agree() {
    Random random = new Random(6);
    for (int i = 0; i < 2_000; i++) {
      Instant from = at("2026-09-20T00:00").plusSeconds(random.nextInt(30 * 86_400));
      Duration length = Duration.ofSeconds(1 + random.nextInt(200_000));
      for (LimitUnit unit : LimitUnit.values()) {
        assertThat(CALENDAR.left(from, CALENDAR.add(from, length, unit), unit)).isEqualTo(length);
      }
    }
  }

  private static LocalDate day(int day) {
    return LocalDate.of(2026, 10, day);
  }

  private static Instant at(String local) {
    return java.time.LocalDateTime.parse(local).atZone(ZONE).toInstant();
  }
}
