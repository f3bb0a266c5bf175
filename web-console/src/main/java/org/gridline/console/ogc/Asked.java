package org.gridline.console.ogc;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.gridline.console.http.Call;
import org.gridline.console.ogc.Collection.Filter;
import org.gridline.console.ogc.Collection.Wish;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;
import org.gridline.gis.position.MapCrs;
import org.locationtech.jts.geom.Geometry;

/**
 * The parameters of a request for items, each by its declaration; anything else is refused
 * (/req/core/query-param-unknown and -invalid).
 *
 * @param crs of the answer
 * @param parameters as they came, for links to the following page
 */
record Asked(Wish wish, MapCrs crs, Map<String, String> parameters) {
  static final int USUAL_LIMIT = 100;
  static final int MOST_LIMIT = 2_000;
  static final int LONGEST_FILTER = 200;
  private static final Pattern LIMIT = Pattern.compile("[0-9]{1,9}");

  /**
   * @throws Failure {@code invalid_request} naming the parameter
   */
  static Asked items(Call call, Collection collection, List<MapCrs> systems) {
    Map<String, String> all = call.queries();
    List<String> names = collection.filters().stream().map(Filter::name).toList();
    Set<String> known =
        new LinkedHashSet<>(List.of("limit", "bbox", "bbox-crs", "datetime", "crs", "cursor"));
    known.addAll(names);
    refuseOthers(all, known);
    MapCrs bboxCrs = crs(all, "bbox-crs", systems);
    Optional<Geometry> within = Optional.ofNullable(all.get("bbox")).map(b -> box(b, bboxCrs));
    Map<String, String> filters = new LinkedHashMap<>();
    for (Filter filter : collection.filters()) {
      String value = all.get(filter.name());
      if (value != null) filters.put(filter.name(), checked(filter, value));
    }
    return new Asked(
        new Wish(
            within,
            Optional.ofNullable(all.get("datetime")).map(Asked::when).orElse(Timespan.open()),
            filters,
            Optional.ofNullable(all.get("limit")).map(Asked::limit).orElse(USUAL_LIMIT),
            Optional.ofNullable(all.get("cursor")).map(Asked::cursor)),
        crs(all, "crs", systems),
        Map.copyOf(all));
  }

  /** A single feature may be asked for in another system, and nothing else. */
  static MapCrs item(Call call, List<MapCrs> systems) {
    Map<String, String> all = call.queries();
    refuseOthers(all, Set.of("crs"));
    return crs(all, "crs", systems);
  }

  /** For resources without any parameter. */
  static void nothing(Call call) {
    refuseOthers(call.queries(), Set.of());
  }

  private static void refuseOthers(Map<String, String> all, Set<String> known) {
    for (String name : all.keySet()) {
      if (!known.contains(name)) {
        String shown = name.length() > 40 ? name.substring(0, 40) + "…" : name;
        throw wrong(
            shown,
            "未声明的参数 · not a parameter of this resource"
                + (known.isEmpty() ? "" : "; " + String.join(", ", known)));
      }
    }
  }

  private static MapCrs crs(Map<String, String> all, String name, List<MapCrs> systems) {
    String uri = all.get(name);
    if (uri == null) return MapCrs.CRS84;
    return systems.stream()
        .filter(s -> s.uri().equals(uri))
        .findFirst()
        .orElseThrow(() -> wrong(name, "不在集合的 crs 列表中 · not in the collection's list of crs"));
  }

  private static Geometry box(String text, MapCrs crs) {
    try {
      return Box.parse(text, crs);
    } catch (IllegalArgumentException e) {
      throw wrong(
          "bbox",
          "需要四或六个数,按 bbox-crs 的轴序且在其范围内 · four or six numbers, axes and extent as bbox-crs says");
    }
  }

  private static Timespan when(String text) {
    try {
      return Timespan.parse(text);
    } catch (IllegalArgumentException e) {
      throw wrong(
          "datetime",
          "RFC 3339 时间,或 起/止,一侧可为 .. · a time of RFC 3339, or from/to with one side open");
    }
  }

  /** More than the most is allowed to ask for; the answer holds the most. */
  private static int limit(String text) {
    int limit = LIMIT.matcher(text).matches() ? Integer.parseInt(text) : 0;
    if (limit < 1) throw wrong("limit", "1 – " + MOST_LIMIT);
    return Math.min(limit, MOST_LIMIT);
  }

  private static String cursor(String text) {
    if (text.isEmpty() || text.length() > LONGEST_FILTER) {
      throw wrong("cursor", "请从第一页重新查询 · start again from the first page");
    }
    return text;
  }

  private static String checked(Filter filter, String value) {
    boolean fits = filter.values().isEmpty() || filter.values().contains(value);
    if (!fits || value.isEmpty() || value.length() > LONGEST_FILTER) {
      throw wrong(
          filter.name(),
          filter.values().isEmpty()
              ? "1–" + LONGEST_FILTER + " 个字符 · characters"
              : String.join(", ", filter.values()));
    }
    return value;
  }

  private static Failure wrong(String field, String detail) {
    return Failure.atField(FailureCode.INVALID_REQUEST, field, detail);
  }
}
