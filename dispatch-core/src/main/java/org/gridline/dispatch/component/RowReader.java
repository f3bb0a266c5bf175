package org.gridline.dispatch.component;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.classify.CategoryKey;
import org.gridline.dispatch.component.Component.Origin;
import org.gridline.dispatch.component.Components.Incoming;
import org.gridline.dispatch.component.ImportComponents.Form;
import org.gridline.dispatch.place.Place;
import org.gridline.dispatch.place.Places;
import org.gridline.dispatch.route.Unit;
import org.gridline.dispatch.route.UnitTree;
import org.gridline.gis.position.Crs;
import org.gridline.gis.position.Position;
import org.gridline.gis.position.RawPosition;

/** A row of a file as a component, or why it is none. Used by one thread. */
final class RowReader {
  /** Our own names of the columns, with the standard's names of its 18 attributes beside them. */
  static final Map<String, List<String>> COLUMNS =
      Map.ofEntries(
          Map.entry("code", List.of("GLBJBSM", "标识码")),
          Map.entry("kind", List.of()),
          Map.entry("class", List.of("class_code", "类别")),
          Map.entry("name", List.of("GLBJMC", "名称")),
          Map.entry("lon", List.of("x", "longitude", "经度")),
          Map.entry("lat", List.of("y", "latitude", "纬度")),
          Map.entry("authority", List.of("ZGBMDM", "主管部门代码")),
          Map.entry("authority_name", List.of("ZGBMMC", "主管部门")),
          Map.entry("property", List.of("QSDWDM", "权属单位代码")),
          Map.entry("property_name", List.of("QSDWMC", "权属单位")),
          Map.entry("maintenance", List.of("YHDWDM", "养护单位代码")),
          Map.entry("maintenance_name", List.of("YHDWMC", "养护单位")),
          Map.entry("state", List.of("GLBJZT", "状态")),
          Map.entry("since", List.of("CSRQ", "初始日期")),
          Map.entry("changed", List.of("BGRQ", "变更日期")),
          Map.entry("source", List.of("SJLY", "数据来源")),
          Map.entry("note", List.of("BZ", "备注")),
          Map.entry("synthetic", List.of("合成")));

  private static final int MOST_SHOWN = 40;

  private final ComponentRules rules;
  private final Places places;
  private final Form form;
  private final LocalDate today;
  private final Map<String, String> unitOfName = new HashMap<>();
  private final Set<String> units;

  RowReader(ComponentRules rules, Places places, UnitTree units, Form form, LocalDate today) {
    this.rules = rules;
    this.places = places;
    this.form = form;
    this.today = today;
    this.units = units.list().stream().map(Unit::code).collect(java.util.stream.Collectors.toSet());
    for (Unit unit : units.list()) {
      unitOfName.putIfAbsent(unit.name().zh(), unit.code());
      unitOfName.putIfAbsent(unit.name().en(), unit.code());
    }
  }

  /**
   * @throws IllegalArgumentException that says in two languages what is wrong
   */
  Incoming read(FileRow row) {
    row.problem()
        .ifPresent(
            p -> {
              throw new IllegalArgumentException(p);
            });
    row.cells().forEach((column, text) -> readable(text));
    ComponentCode code = new ComponentCode(needed(row, "code"));
    ComponentClass type = type(row, code);
    rules.code().check(code, type.key());
    needed(row, "lon");
    needed(row, "lat");
    Place place = place(row);
    Optional<ComponentState> state = row.find("state").map(RowReader::state);
    Optional<LocalDate> since = row.find("since").map(d -> day("since", d));
    Optional<LocalDate> changed = row.find("changed").map(d -> day("changed", d));
    if (since.filter(today::isBefore).isPresent() || changed.filter(today::isBefore).isPresent())
      throw new IllegalArgumentException("日期晚于今天 · a day in the future");
    LocalDate first = since.orElse(changed.orElse(today));
    Component component =
        new Component(
            code,
            type.key(),
            row.find("name").orElse(type.name().zh()),
            place.position().orElseThrow(),
            place.areas(),
            place.boundaryVersion(),
            new Owners(unit(row, "authority"), unit(row, "property"), unit(row, "maintenance")),
            state.orElse(ComponentState.INTACT),
            first,
            changed.orElse(today),
            row.find("source").orElse(form.source()),
            row.text("note"),
            synthetic(row),
            1);
    return new Incoming(component, since, changed, state);
  }

  private ComponentClass type(FileRow row, ComponentCode code) {
    Optional<String> kind = row.find("kind");
    String digits =
        row.find("class")
            .orElseGet(
                () ->
                    code.text().length() == rules.code().digits()
                        ? rules.code().typeOf(code)
                        : "?");
    Optional<ComponentClass> found =
        kind.isPresent()
            ? rules.classes().find(new CategoryKey(kind.get(), digits))
            : rules.classes().findByCode(digits);
    return found.orElseThrow(
        () -> new IllegalArgumentException("没有此部件类别 · no component class " + shortened(digits)));
  }

  private Place place(FileRow row) {
    Place place;
    try {
      Position at = form.system().toWgs84(number(row, "lon"), number(row, "lat"));
      RawPosition raw = new RawPosition(at.lon(), at.lat(), Crs.WGS84);
      place = places.locate(Optional.of(raw), OptionalDouble.empty(), "");
    } catch (NumberFormatException wrong) {
      throw new IllegalArgumentException("坐标须为数字 · lon and lat are numbers");
    } catch (Failure | IllegalArgumentException nowhere) {
      throw new IllegalArgumentException(
          "坐标在 " + form.system().spelling() + " 中无效 · no position on earth");
    }
    return switch (place.flag()) {
      case OK, EDGE -> place;
      case OUTSIDE, UNLOCATED ->
          throw new IllegalArgumentException("位置不在本区内 · outside the city's areas");
      case SUSPECT ->
          throw new IllegalArgumentException(
              "位置可疑,请核对坐标系与经纬顺序 · a suspect position: check its system and the order of axes");
    };
  }

  private Optional<String> unit(FileRow row, String role) {
    Optional<String> code = row.find(role);
    if (code.filter(units::contains).isPresent()) return code;
    Optional<String> named = row.find(role + "_name").or(() -> code).map(unitOfName::get);
    if (named.isPresent() || (code.isEmpty() && row.find(role + "_name").isEmpty())) return named;
    throw new IllegalArgumentException(
        role + ": 没有此单位 · no unit " + shortened(code.orElseGet(() -> row.text(role + "_name"))));
  }

  private Origin synthetic(FileRow row) {
    return switch (row.text("synthetic")) {
      case "yes", "是" -> Origin.SYNTHETIC;
      case "no", "否" -> Origin.SURVEYED;
      case "" -> form.origin();
      default -> throw new IllegalArgumentException("synthetic: yes, no");
    };
  }

  private static ComponentState state(String text) {
    return ComponentState.findNamed(text)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "状态应为 完好、破损、丢失、废弃、移除 · no such state: " + shortened(text)));
  }

  private static LocalDate day(String column, String text) {
    try {
      return text.length() == 8
          ? LocalDate.parse(text, DateTimeFormatter.BASIC_ISO_DATE)
          : LocalDate.parse(text.replace('/', '-'));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(column + ": 日期应为 YYYY-MM-DD · YYYY-MM-DD");
    }
  }

  private static double number(FileRow row, String column) {
    return Double.parseDouble(needed(row, column));
  }

  private static String needed(FileRow row, String column) {
    return row.find(column)
        .orElseThrow(() -> new IllegalArgumentException(column + ": 必填 · must not be empty"));
  }

  /** A database and a page can hold it. */
  private static void readable(String text) {
    boolean bad =
        text.codePoints()
            .anyMatch(
                c ->
                    (c < ' ' && c != '\n' && c != '\r' && c != '\t')
                        || (c >= 0xD800 && c <= 0xDFFF));
    if (text.indexOf('\uFFFD') >= 0)
      throw new IllegalArgumentException("编码不符,请说明 encoding · not in this character set");
    if (bad) throw new IllegalArgumentException("含有控制字符 · holds control characters");
  }

  /** What stood in a file, as far as it is harmless to repeat. */
  static String shortened(String text) {
    String plain = text.replaceAll("[^\\p{L}\\p{N}_.-]", "?");
    return plain.substring(0, Math.min(plain.length(), MOST_SHOWN));
  }
}
