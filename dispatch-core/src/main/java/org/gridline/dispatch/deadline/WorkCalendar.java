package org.gridline.dispatch.deadline;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import org.gridline.dispatch.deadline.TimeLimit.LimitUnit;

/**
 * Working hours, holidays and shifted workdays of a city.
 *
 * @param days exceptions from Monday to Friday
 */
public record WorkCalendar(ZoneId zone, List<Window> windows, Map<LocalDate, DayKind> days) {
  /** A farther due date than this is a mistake in the limits, not a plan. */
  private static final int MOST_DAYS = 3_700;

  public WorkCalendar {
    windows = List.copyOf(windows);
    days = Map.copyOf(days);
    if (windows.isEmpty()) throw new IllegalArgumentException("a working day needs working hours");
  }

  /** One stretch of working hours in a day. */
  public record Window(LocalTime from, LocalTime to) {
    public Window {
      if (!from.isBefore(to))
        throw new IllegalArgumentException("working hours run forward: " + from + "-" + to);
    }
  }

  /** What an exception makes of a day. */
  public enum DayKind {
    HOLIDAY,
    WORKDAY
  }

  /** The city's day at an instant. */
  public LocalDate day(Instant at) {
    return at.atZone(zone).toLocalDate();
  }

  /** The clock that a limit starts now; yellow begins after the limit's own share of it. */
  public Deadline start(TimeLimit limit, Instant now) {
    Duration length = length(limit);
    Duration warn = Duration.ofMillis(Math.round(length.toMillis() * limit.warnShare()));
    return Deadline.running(
        limit.clock(),
        limit.unit(),
        now,
        add(now, warn, limit.unit()),
        add(now, length, limit.unit()));
  }

  /**
   * Continues a paused clock with what was left of it. A moment that had passed before the pause
   * stays where it was: what was overdue stays overdue, and since when.
   */
  public Deadline resume(Deadline paused, Instant now) {
    return paused
        .pausedAt()
        .map(
            at ->
                Deadline.running(
                    paused.clock(),
                    paused.unit(),
                    paused.startedAt(),
                    moved(paused.warnAt(), at, now, paused.unit()),
                    moved(paused.dueAt(), at, now, paused.unit())))
        .orElse(paused);
  }

  /**
   * A clock that gets a share of a limit more; yellow begins after the limit's share of what it
   * then has.
   *
   * @param limit whose length the share is of; its unit says how the time is counted
   */
  public Deadline extend(Deadline clock, TimeLimit limit, double share) {
    Duration more = Duration.ofMillis(Math.round(length(limit).toMillis() * share));
    Duration warn = Duration.ofMillis(Math.round(more.toMillis() * limit.warnShare()));
    return new Deadline(
        clock.clock(),
        clock.unit(),
        clock.startedAt(),
        add(clock.warnAt(), warn, limit.unit()),
        add(clock.dueAt(), more, limit.unit()),
        clock.pausedAt());
  }

  /**
   * A clock under another limit: counted from its own beginning, with the counted time that pauses
   * and extensions had given it so far.
   *
   * @param was the limit that it was started with
   */
  public Deadline recount(Deadline clock, TimeLimit was, TimeLimit is) {
    Deadline before = start(was, clock.startedAt());
    Deadline fresh = start(is, clock.startedAt());
    Instant due = gained(fresh.dueAt(), before.dueAt(), clock.dueAt(), is.unit());
    Instant warn = gained(fresh.warnAt(), before.warnAt(), clock.warnAt(), is.unit());
    return new Deadline(
        clock.clock(),
        is.unit(),
        clock.startedAt(),
        warn.isAfter(due) ? due : warn,
        due,
        clock.pausedAt());
  }

  private Instant gained(Instant fresh, Instant before, Instant moved, LimitUnit unit) {
    return add(fresh, left(before, moved, unit), unit);
  }

  /** When so many working days have passed. */
  public Instant afterWorkdays(Instant from, double days) {
    Duration length = Duration.ofSeconds(Math.round(workday().toSeconds() * days));
    return add(from, length, LimitUnit.WD);
  }

  /** The first moment of a day of the city, or now where that has passed. */
  public Instant beginOf(LocalDate day, Instant now) {
    return later(now, day.atStartOfDay(zone).toInstant());
  }

  private Instant moved(Instant moment, Instant pausedAt, Instant now, LimitUnit unit) {
    return moment.isAfter(pausedAt) ? add(now, left(pausedAt, moment, unit), unit) : moment;
  }

  private Duration length(TimeLimit limit) {
    double hours =
        switch (limit.unit()) {
          case UH, WH -> limit.amount();
          case UD -> limit.amount() * 24;
          case WD -> limit.amount() * workday().toMinutes() / 60.0;
        };
    return Duration.ofSeconds(Math.round(hours * 3600));
  }

  private Duration workday() {
    return windows.stream()
        .map(w -> Duration.between(w.from(), w.to()))
        .reduce(Duration.ZERO, Duration::plus);
  }

  private static boolean continuous(LimitUnit unit) {
    return switch (unit) {
      case UH, UD -> true;
      case WH, WD -> false;
    };
  }

  /** The instant at which {@code length} of counted time has passed since {@code from}. */
  Instant add(Instant from, Duration length, LimitUnit unit) {
    if (length.isZero()) return from;
    if (continuous(unit)) return from.plus(length);
    Duration open = length;
    LocalDate day = from.atZone(zone).toLocalDate();
    for (int i = 0; i < MOST_DAYS; i++, day = day.plusDays(1)) {
      if (!works(day)) continue;
      for (Window window : windows) {
        Instant begin = later(from, at(day, window.from()));
        Instant end = at(day, window.to());
        if (!begin.isBefore(end)) continue;
        Duration here = Duration.between(begin, end);
        if (here.compareTo(open) >= 0) return begin.plus(open);
        open = open.minus(here);
      }
    }
    throw new IllegalArgumentException("a limit of " + length + " is beyond the calendar");
  }

  /** Counted time from {@code from} to {@code to}; zero when {@code to} has passed. */
  Duration left(Instant from, Instant to, LimitUnit unit) {
    if (!from.isBefore(to)) return Duration.ZERO;
    if (continuous(unit)) return Duration.between(from, to);
    Duration sum = Duration.ZERO;
    LocalDate last = to.atZone(zone).toLocalDate();
    for (LocalDate day = from.atZone(zone).toLocalDate();
        !day.isAfter(last);
        day = day.plusDays(1)) {
      if (!works(day)) continue;
      for (Window window : windows) {
        Instant begin = later(from, at(day, window.from()));
        Instant windowEnd = at(day, window.to());
        Instant end = windowEnd.isBefore(to) ? windowEnd : to;
        if (begin.isBefore(end)) sum = sum.plus(Duration.between(begin, end));
      }
    }
    return sum;
  }

  boolean works(LocalDate day) {
    DayKind kind = days.get(day);
    if (kind != null) return kind == DayKind.WORKDAY;
    return day.getDayOfWeek() != DayOfWeek.SATURDAY && day.getDayOfWeek() != DayOfWeek.SUNDAY;
  }

  private Instant at(LocalDate day, LocalTime time) {
    return ZonedDateTime.of(day, time, zone).toInstant();
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }
}
