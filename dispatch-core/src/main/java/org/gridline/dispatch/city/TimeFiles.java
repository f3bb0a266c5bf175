package org.gridline.dispatch.city;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.gridline.dispatch.city.Table.Columns;
import org.gridline.dispatch.classify.CategoryTree;
import org.gridline.dispatch.deadline.Clock;
import org.gridline.dispatch.deadline.LimitTable;
import org.gridline.dispatch.deadline.TimeLimit;
import org.gridline.dispatch.deadline.TimeLimit.LimitUnit;
import org.gridline.dispatch.deadline.WorkCalendar;

/** How a pack counts time: limits.csv, calendar.csv and the working hours of city.yaml. */
final class TimeFiles {
  private static final Columns LIMITS =
      Columns.of("clock amount unit", "type kind category urgency warn_percent source");
  private static final Columns CALENDAR = Columns.of("date kind", "name_zh name_en");

  /** Limits that a pack need not say; config/README.md states them. */
  private static final List<TimeLimit> USUAL =
      List.of(
          usual(Clock.VERIFY, 0.5, LimitUnit.UH),
          usual(Clock.ARBITRATION, 1, LimitUnit.WD),
          usual(Clock.CONTACT, 1, LimitUnit.WD),
          usual(Clock.REWORK, 3, LimitUnit.WD),
          usual(Clock.REQUEST_REVIEW, 4, LimitUnit.WH),
          usual(Clock.OBJECTION, 1, LimitUnit.WD),
          usual(Clock.APPEAL, 3, LimitUnit.WD));

  private TimeFiles() {}

  private static TimeLimit usual(Clock clock, double amount, LimitUnit unit) {
    return new TimeLimit(clock, "", "", "", "", amount, unit, "程序默认值 · default of the program");
  }

  static LimitTable limits(PackFolder folder, CategoryTree categories) {
    List<TimeLimit> limits = new ArrayList<>(limitRows(folder, categories));
    for (TimeLimit usual : USUAL)
      if (limits.stream().noneMatch(l -> l.clock() == usual.clock() && l.general()))
        limits.add(usual);
    for (Clock clock : Clock.values()) {
      // The platform above says by itself when its tickets are due.
      if (!clock.limit() || clock == Clock.PARENT) continue;
      // Without it some ticket would be open with no clock running.
      if (limits.stream().noneMatch(l -> l.clock() == clock && l.general()))
        throw new UnusablePack(
            "limits.csv: "
                + clock.id()
                + " needs a line with type, kind, category and urgency empty");
    }
    return new LimitTable(limits);
  }

  private static List<TimeLimit> limitRows(PackFolder folder, CategoryTree categories) {
    return Table.read(
        folder.get("limits.csv"),
        LIMITS,
        r -> {
          if (r.find("kind").isPresent() || r.find("category").isPresent())
            KindFiles.prefix(r, categories);
          return new TimeLimit(
              r.read(
                  "clock",
                  c ->
                      Clock.find(c)
                          .filter(Clock::limit)
                          .orElseThrow(() -> new IllegalArgumentException("no clock " + c))),
              r.text("type"),
              r.text("kind"),
              r.text("category"),
              r.text("urgency"),
              r.read("amount", Double::parseDouble),
              r.read("unit", LimitUnit::valueOf),
              r.find("warn_percent").isPresent()
                  ? r.read("warn_percent", TimeFiles::share)
                  : TimeLimit.USUAL_WARN_SHARE,
              r.text("source"));
        });
  }

  private static double share(String percent) {
    double share = Double.parseDouble(percent) / 100;
    if (!(share >= 0.01 && share <= 1)) throw new IllegalArgumentException("is 1 to 100");
    return share;
  }

  /** Weekends only, where a pack has no calendar.csv. */
  static WorkCalendar calendar(PackFolder folder, Yaml yaml, ZoneId zone) {
    Map<LocalDate, WorkCalendar.DayKind> days = new HashMap<>();
    folder
        .find("calendar.csv")
        .ifPresent(
            file ->
                Table.read(
                    file,
                    CALENDAR,
                    r ->
                        days.put(
                            r.read("date", LocalDate::parse),
                            r.read(
                                "kind",
                                k -> WorkCalendar.DayKind.valueOf(k.toUpperCase(Locale.ROOT))))));
    return new WorkCalendar(
        zone,
        yaml.list(
            "workingHours",
            w -> {
              List<LocalTime> span = w.list(t -> LocalTime.parse(t.text()));
              if (span.size() != 2)
                throw new IllegalArgumentException("working hours are [from, to]");
              return new WorkCalendar.Window(span.get(0), span.get(1));
            }),
        days);
  }
}
