package org.gridline.console.view;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.gridline.console.Office;
import org.gridline.dispatch.Names;
import org.gridline.dispatch.city.City;
import org.gridline.dispatch.classify.CategoryKey;
import org.gridline.dispatch.indicator.CountIndicators.Counted;
import org.gridline.dispatch.indicator.CountIndicators.Sheet;
import org.gridline.dispatch.indicator.Figure;
import org.gridline.dispatch.indicator.Indicator;
import org.gridline.dispatch.indicator.Question;

/** Figures as JSON, and as a table that a spreadsheet opens without running anything in it. */
public final class IndicatorWriter {
  private static final String SYNTHETIC = "合成数据 · synthetic data";
  private static final double THOUSAND = 1_000;

  private final Office office;

  public IndicatorWriter(Office office) {
    this.office = office;
  }

  /** What was asked, in whole days of the city. */
  public record Asked(LocalDate from, LocalDate to, Question question) {}

  public ObjectNode sheet(Asked asked, Sheet sheet) {
    ObjectNode node =
        Json.object()
            .put("from", asked.from().toString())
            .put("to", asked.to().toString())
            .put("zone", office.pack().city().timeZone().getId())
            .put("tickets", sheet.tickets())
            .put("synthetic", synthetic());
    node.set("indicators", Json.list(List.of(Indicator.values()), IndicatorWriter::indicator));
    ArrayNode rows = node.putArray("rows");
    sheet
        .rows()
        .forEach(
            (group, figures) -> {
              ObjectNode row = rows.addObject().put("group", group);
              row.set("name", Json.names(name(asked.question(), group)));
              ObjectNode all = row.putObject("figures");
              figures.forEach((i, f) -> all.set(i.id(), figure(f)));
            });
    return node;
  }

  private static ObjectNode indicator(Indicator i) {
    ObjectNode node =
        Json.object()
            .put("id", i.id())
            .put("measure", i.measure().name().toLowerCase(Locale.ROOT))
            .put("source", i.source());
    node.set("name", Json.names(i.label()));
    node.set("numerator", Json.names(i.numerator()));
    node.set("denominator", Json.names(i.denominator()));
    node.set("exclusions", Json.names(i.exclusions()));
    return node;
  }

  private static ObjectNode figure(Figure f) {
    ObjectNode node =
        Json.object()
            .put("numerator", f.thousandths() / THOUSAND)
            .put("denominator", f.denominator())
            .put("excluded", f.excluded());
    OptionalDouble value = f.value();
    if (value.isPresent()) node.put("value", value.getAsDouble());
    else node.putNull("value");
    return node;
  }

  /**
   * @param limit one more may have been found, which says that the list goes on
   */
  public ObjectNode tickets(List<Counted> found, int limit) {
    ObjectNode node = Json.object();
    List<Counted> page = found.subList(0, Math.min(limit, found.size()));
    node.set(
        "tickets",
        Json.list(
            page,
            c ->
                Json.object()
                    .put("id", c.ticket())
                    .put("number", c.number())
                    .put("counts", c.times() / THOUSAND)));
    if (found.size() > limit) node.put("next", Long.toString(page.getLast().ticket()));
    else node.putNull("next");
    return node;
  }

  /** With a mark of the order of bytes, so that spreadsheets read it as UTF-8. */
  public String csv(Asked asked, Sheet sheet, Optional<String> anchor) {
    StringBuilder csv = new StringBuilder("\uFEFF");
    line(csv, "周期 period", asked.from() + " – " + asked.to());
    if (synthetic()) line(csv, SYNTHETIC);
    // Whoever keeps this file can later prove by it that the log is still the one of today.
    anchor.ifPresent(a -> line(csv, "日志锚定 anchor of the log", a));
    line(
        csv,
        "代码 code",
        "名称 name",
        "指标 indicator",
        "",
        "分子 numerator",
        "分母 denominator",
        "剔除 excluded",
        "数值 value",
        "公式来源 source");
    sheet
        .rows()
        .forEach(
            (group, figures) ->
                figures.forEach((i, f) -> figure(csv, asked.question(), group, i, f)));
    return csv.toString();
  }

  private void figure(StringBuilder csv, Question question, String group, Indicator i, Figure f) {
    line(
        csv,
        group,
        name(question, group).zh(),
        i.label().zh(),
        i.label().en(),
        plain(f.thousandths() / THOUSAND),
        Long.toString(f.denominator()),
        Long.toString(f.excluded()),
        f.value().isPresent() ? String.format(Locale.ROOT, "%.4f", f.value().getAsDouble()) : "",
        i.source());
  }

  private static String plain(double number) {
    return number == Math.rint(number)
        ? Long.toString((long) number)
        : String.format(Locale.ROOT, "%.3f", number);
  }

  private static void line(StringBuilder csv, String... cells) {
    for (int i = 0; i < cells.length; i++) csv.append(i == 0 ? "" : ",").append(cell(cells[i]));
    csv.append("\r\n");
  }

  /** A cell that a spreadsheet would take for a formula gets an apostrophe before it. */
  static String cell(String text) {
    String safe = !text.isEmpty() && "=+-@\t\r\n".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    return "\"" + safe.replace("\"", "\"\"") + "\"";
  }

  private Names name(Question question, String group) {
    Names own = new Names(group.isEmpty() ? "—" : group, "");
    return switch (question.by()) {
      case NONE -> new Names("全部", "all");
      case UNIT -> office.pack().policy().units().find(group).map(u -> u.name()).orElse(own);
      case AREA ->
          office.ground().get().findArea(group).map(a -> new Names(a.name(), "")).orElse(own);
      case CATEGORY -> category(group).orElse(own);
      case TYPE, CHANNEL -> own;
    };
  }

  private Optional<Names> category(String group) {
    int colon = group.indexOf(':');
    if (colon < 1) return Optional.empty();
    return office
        .pack()
        .policy()
        .categories()
        .find(new CategoryKey(group.substring(0, colon), group.substring(colon + 1)))
        .map(c -> c.name());
  }

  private boolean synthetic() {
    return office.pack().city().kind() == City.Kind.SAMPLE;
  }
}
