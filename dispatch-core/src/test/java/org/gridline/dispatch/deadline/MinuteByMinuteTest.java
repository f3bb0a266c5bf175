package org.gridline.dispatch.deadline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.gridline.dispatch.deadline.TimeLimit.LimitUnit;
import org.gridline.dispatch.deadline.WorkCalendar.DayKind;
import org.gridline.dispatch.deadline.WorkCalendar.Window;
import org.gridline.dispatch.store.Desk;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Due times against a slow count: each minute of three years is looked at on its own, by the clock
 * on the wall, and ticked off one after the other. Nights, weekends, the Spring Festivals with
 * their shifted workdays, a leap day, daylight saving, and pauses.
 */
class MinuteByMinuteTest {
  private static final int CASES = 6_000;
  private static final List<LimitUnit> UNITS = List.of(LimitUnit.values());
  private static final Instant BEGIN = Instant.parse("2023-12-01T00:00:00Z");
  private static final int MINUTES = 1_160 * 24 * 60;

  /** Cities with calendars of their own. */
  enum Town {
    QIXIA("Asia/Shanghai", "qixia-sample", "08:00-12:00", "14:00-18:00"),
    BOSTON("America/New_York", "boston", "08:30-16:30"),
    LORD_HOWE("Australia/Lord_Howe", "", "06:15-09:00", "09:30-23:45"),
    ROUND_THE_CLOCK("Asia/Shanghai", "qixia-sample", "00:00-12:00", "12:00-23:59");

    private final WorkCalendar calendar;
    private final BitSet working = new BitSet(MINUTES);

    Town(String zone, String pack, String... windows) {
      ZoneId where = ZoneId.of(zone);
      Map<LocalDate, DayKind> days = pack.isEmpty() ? Map.of() : days(pack);
      List<LocalTime[]> spans =
          List.of(windows).stream()
              .map(w -> w.split("-"))
              .map(w -> new LocalTime[] {LocalTime.parse(w[0]), LocalTime.parse(w[1])})
              .toList();
      calendar =
          new WorkCalendar(where, spans.stream().map(s -> new Window(s[0], s[1])).toList(), days);
      for (int minute = 0; minute < MINUTES; minute++) {
        ZonedDateTime wall = BEGIN.plusSeconds(60L * minute).atZone(where);
        boolean open =
            spans.stream()
                .anyMatch(
                    s -> !wall.toLocalTime().isBefore(s[0]) && wall.toLocalTime().isBefore(s[1]));
        DayOfWeek weekday = wall.getDayOfWeek();
        boolean weekend = weekday == DayOfWeek.SATURDAY || weekday == DayOfWeek.SUNDAY;
        DayKind kind = days.get(wall.toLocalDate());
        boolean workday = kind == null ? !weekend : kind == DayKind.WORKDAY;
        working.set(minute, open && workday);
      }
    }

    private boolean counts(int minute, LimitUnit unit) {
      return unit == LimitUnit.UH || unit == LimitUnit.UD || working.get(minute);
    }

    /** The minute at which so many have been ticked off. */
    private int walk(int from, int minutes, LimitUnit unit) {
      int minute = from;
      for (int left = minutes; left > 0; minute++) if (counts(minute, unit)) left--;
      return minute;
    }

    private int count(int from, int to, LimitUnit unit) {
      int counted = 0;
      for (int minute = from; minute < to; minute++) if (counts(minute, unit)) counted++;
      return counted;
    }
  }

  @ParameterizedTest
  @EnumSource
  void limits_and_pauses_agree_with_ticking_off_minutes(Town town) {
    Random random = new Random(town.name().hashCode());
    for (int i = 0; i < CASES; i++) {
      LimitUnit unit = UNITS.get(random.nextInt(UNITS.size()));
      int tens = 1 + random.nextInt(unit == LimitUnit.UD || unit == LimitUnit.WD ? 10 : 40);
      int start = random.nextInt(MINUTES - 120 * 24 * 60);
      // Ten steps of a limit are whole minutes in each unit, and so are four fifths of them.
      double amount = unit == LimitUnit.UD || unit == LimitUnit.WD ? tens : tens / 2.0;
      int minutes = minutes(town, unit, amount);
      Deadline deadline =
          town.calendar.start(
              new TimeLimit(Clock.HANDLE, "", "", "", "", amount, unit, "test"), at(start));
      int due = town.walk(start, minutes, unit);
      assertThat(deadline.dueAt()).as("%s %s from %s", amount, unit, at(start)).isEqualTo(at(due));
      if (minutes % 5 != 0) continue;
      int warn = town.walk(start, minutes * 4 / 5, unit);
      assertThat(deadline.warnAt()).as("warning of %s %s", amount, unit).isEqualTo(at(warn));

      int pause = start + random.nextInt(due - start + 600);
      int resume = pause + random.nextInt(12 * 24 * 60);
      Deadline resumed = town.calendar.resume(deadline.pause(at(pause)), at(resume));
      assertThat(resumed.dueAt())
          .as("%s %s from %s, paused %s to %s", amount, unit, at(start), at(pause), at(resume))
          .isEqualTo(at(moved(town, due, pause, resume, unit)));
      assertThat(resumed.warnAt()).isEqualTo(at(moved(town, warn, pause, resume, unit)));
    }
  }

  private static int moved(Town town, int moment, int pause, int resume, LimitUnit unit) {
    return moment > pause ? town.walk(resume, town.count(pause, moment, unit), unit) : moment;
  }

  private static int minutes(Town town, LimitUnit unit, double amount) {
    int workday =
        town.calendar.windows().stream()
            .mapToInt(w -> (w.to().toSecondOfDay() - w.from().toSecondOfDay()) / 60)
            .sum();
    return switch (unit) {
      case UH, WH -> (int) Math.round(amount * 60);
      case UD -> (int) Math.round(amount * 24 * 60);
      case WD -> (int) Math.round(amount * workday);
    };
  }

  private static Instant at(int minute) {
    return BEGIN.plusSeconds(60L * minute);
  }

  /** Read by hand, so that the reader of packs is no part of the comparison. */
  private static Map<LocalDate, DayKind> days(String pack) {
    Path file = Desk.repository().resolve("config/cities/" + pack + "/calendar.csv");
    Map<LocalDate, DayKind> days = new HashMap<>();
    try {
      for (String line : Files.readAllLines(file)) {
        String[] cells = line.split(",", -1);
        if (cells[0].equals("date")) continue;
        days.put(LocalDate.parse(cells[0]), DayKind.valueOf(cells[1].toUpperCase(Locale.ROOT)));
      }
      return days;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
