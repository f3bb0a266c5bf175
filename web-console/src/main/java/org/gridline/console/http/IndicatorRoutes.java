package org.gridline.console.http;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.gridline.console.Office;
import org.gridline.console.view.IndicatorWriter;
import org.gridline.console.view.IndicatorWriter.Asked;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;
import org.gridline.dispatch.indicator.CountIndicators;
import org.gridline.dispatch.indicator.Courses;
import org.gridline.dispatch.indicator.Indicator;
import org.gridline.dispatch.indicator.Period;
import org.gridline.dispatch.indicator.Question;
import org.gridline.dispatch.indicator.Question.Grouping;
import org.gridline.dispatch.indicator.Tally;
import org.gridline.dispatch.people.Scope;

/** Figures of a period, counted from the log within what the asker may see, with their tickets. */
public final class IndicatorRoutes {
  private static final int MOST_DAYS = 366;
  private static final int MOST_TEXT = 100;
  private static final int USUAL_LIMIT = 100;
  private static final int MOST_LIMIT = 1_000;

  private final Office office;
  private final CountIndicators counting;
  private final IndicatorWriter writer;
  private final Supplier<Optional<String>> anchor;

  /**
   * @param anchor the newest line of the anchors, which a report carries out of the house
   */
  public IndicatorRoutes(Office office, Courses courses, Supplier<Optional<String>> anchor) {
    this.office = office;
    this.counting = new CountIndicators(courses);
    this.writer = new IndicatorWriter(office);
    this.anchor = anchor;
  }

  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/api/v1/indicators", this::sheet),
        Endpoint.get("/api/v1/indicators/:id/tickets", this::tickets));
  }

  private Answer sheet(Call call) {
    Asked asked = asked(call);
    CountIndicators.Sheet sheet = counting.count(asked.question(), scope(call));
    return switch (call.query("format").orElse("json")) {
      case "json" -> Answer.json(writer.sheet(asked, sheet));
      case "csv" ->
          new Answer.Full(
                  200,
                  "text/csv; charset=utf-8",
                  writer.csv(asked, sheet, anchor.get()).getBytes(StandardCharsets.UTF_8),
                  Map.of())
              .with(
                  "Content-Disposition",
                  "attachment; filename=\"indicators-"
                      + asked.from()
                      + "-"
                      + asked.to()
                      + ".csv\"");
      default -> throw wrong("format", "json, csv");
    };
  }

  private Answer tickets(Call call) {
    Indicator indicator =
        Indicator.find(call.path("id"))
            .orElseThrow(() -> new Failure(FailureCode.NOT_FOUND, "没有此指标 · no such indicator"));
    Asked asked = asked(call);
    Tally.Part side =
        switch (call.query("side").orElse("denominator")) {
          case "numerator" -> Tally.Part.NUMERATOR;
          case "denominator" -> Tally.Part.DENOMINATOR;
          case "excluded" -> Tally.Part.EXCLUDED;
          default -> throw wrong("side", "numerator, denominator, excluded");
        };
    int limit = (int) number(call, "limit", USUAL_LIMIT, 1, MOST_LIMIT);
    // One more tells whether the list goes on.
    List<CountIndicators.Counted> found =
        counting.tickets(
            asked.question(),
            indicator,
            side,
            call.queries().containsKey("group")
                ? Optional.of(call.query("group").orElse(""))
                : Optional.empty(),
            number(call, "cursor", 0, 0, Long.MAX_VALUE),
            limit + 1,
            scope(call));
    return Answer.json(writer.tickets(found, limit));
  }

  private Scope scope(Call call) {
    return call.user().scope(office.pack().policy().units());
  }

  private Asked asked(Call call) {
    LocalDate from = day(call, "from");
    LocalDate to = day(call, "to");
    if (to.isBefore(from) || to.toEpochDay() - from.toEpochDay() >= MOST_DAYS) {
      throw wrong("to", "不早于 from,最多一年 · not before from, at most a year");
    }
    ZoneId zone = office.pack().city().timeZone();
    Period period =
        new Period(
            from.atStartOfDay(zone).toInstant(), to.plusDays(1).atStartOfDay(zone).toInstant());
    String by = call.query("by").orElse("none");
    Grouping grouping =
        Arrays.stream(Grouping.values())
            .filter(g -> g.name().toLowerCase(Locale.ROOT).equals(by))
            .findFirst()
            .orElseThrow(() -> wrong("by", "none, unit, area, category, type, channel"));
    String layer = text(call, "layer");
    if (grouping == Grouping.AREA && layer.isEmpty()) {
      throw wrong("layer", "按区域分组时需要图层 · which layer's areas?");
    }
    return new Asked(
        from,
        to,
        new Question(
            period,
            text(call, "area"),
            units(text(call, "unit")),
            text(call, "category"),
            Optional.of(text(call, "type")).filter(t -> !t.isEmpty()),
            grouping,
            layer));
  }

  private Set<String> units(String code) {
    if (code.isEmpty()) return Set.of();
    if (office.pack().policy().units().find(code).isEmpty()) {
      throw wrong("unit", "没有此单位 · no such unit");
    }
    return office.pack().policy().units().withSubUnits(code);
  }

  private static String text(Call call, String name) {
    String text = call.query(name).orElse("");
    if (text.length() > MOST_TEXT) throw wrong(name, "太长 · too long");
    return text;
  }

  private static LocalDate day(Call call, String name) {
    try {
      LocalDate day = LocalDate.parse(call.query(name).orElse(""));
      if (day.getYear() >= 2000 && day.getYear() < 2200) return day;
    } catch (DateTimeParseException e) {
      throw wrong(name, "YYYY-MM-DD");
    }
    throw wrong(name, "YYYY-MM-DD");
  }

  private static long number(Call call, String name, long usual, long least, long most) {
    Optional<String> text = call.query(name);
    if (text.isEmpty()) return usual;
    try {
      long number = Long.parseLong(text.get());
      if (number >= least && number <= most) return number;
    } catch (NumberFormatException e) {
      throw wrong(name, least + " – " + most);
    }
    throw wrong(name, least + " – " + most);
  }

  private static Failure wrong(String field, String detail) {
    return Failure.atField(FailureCode.INVALID_REQUEST, field, detail);
  }
}
