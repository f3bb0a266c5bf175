package org.gridline.console.boundaries;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.gridline.console.view.Json;
import org.gridline.dispatch.Names;
import org.gridline.dispatch.city.CityPack;
import org.gridline.dispatch.ground.AreaOverlay;
import org.gridline.dispatch.route.DutyRule;
import org.gridline.dispatch.route.Unit;
import org.gridline.gis.boundary.Area;

/** What the rest of the city would no longer fit: told, not forbidden. Pure. */
final class Warnings {
  private static final int MOST_ITEMS = 100;

  /** An area that keeps less than half of its ground is another area under a used code. */
  private static final double STILL_ITSELF = 0.5;

  private final ArrayNode all = Json.array();

  private Warnings() {}

  static ArrayNode of(
      CityPack pack, String layer, List<Area> before, List<Area> after, AreaOverlay.Found found) {
    Set<String> codes = codes(after, Area::code);
    Set<String> gone = codes(before, Area::code);
    gone.removeAll(codes);
    Warnings warnings = new Warnings();
    warnings.tell(
        "duty_area_gone",
        new Names(
            "职责规则指向不再存在的区域,将不再派给任何单位", "duty rules name areas that are gone; they lead to nobody"),
        pack.duties().list().stream()
            .filter(rule -> gone.contains(rule.area()))
            .map(DutyRule::id)
            .toList());
    warnings.tell(
        "unit_area_gone",
        new Names("单位所代表的区域不再存在", "units stand for areas that are gone"),
        pack.policy().units().list().stream()
            .filter(unit -> unit.area().filter(gone::contains).isPresent())
            .map(Unit::code)
            .toList());
    warnings.tell(
        "area_without_unit",
        new Names(
            "该层原由单位代表,新区域尚无单位,工单将转由人工派遣",
            "units stand for the areas of this layer, but none for these; their tickets go to a person"),
        withoutUnit(pack, layer, before, after));
    warnings.tell(
        "parent_gone",
        new Names("上级代码在新版本中不存在", "parents that the new version has not"),
        after.stream()
            .filter(area -> area.parent().filter(gone::contains).isPresent())
            .map(Area::code)
            .toList());
    warnings.tell(
        "code_reused",
        new Names(
            "已用过的代码改指另一块地,旧工单仍指着它",
            "used codes mean other ground now; old tickets still point at them"),
        found.changes().stream()
            .filter(c -> c.kind() == AreaOverlay.Kind.MOVED && c.kept() < STILL_ITSELF)
            .map(AreaOverlay.Change::code)
            .toList());
    return warnings.all;
  }

  private static Collection<String> withoutUnit(
      CityPack pack, String layer, List<Area> before, List<Area> after) {
    Function<List<Area>, Set<String>> ofLayer =
        areas -> codes(areas.stream().filter(a -> a.layer().equals(layer)).toList(), Area::code);
    Set<String> was = ofLayer.apply(before);
    boolean stoodFor = was.stream().anyMatch(c -> pack.policy().units().findByArea(c).isPresent());
    Set<String> fresh = ofLayer.apply(after);
    fresh.removeAll(was);
    fresh.removeIf(c -> pack.policy().units().findByArea(c).isPresent());
    return stoodFor ? fresh : List.of();
  }

  private static Set<String> codes(List<Area> areas, Function<Area, String> code) {
    return areas.stream().map(code).collect(Collectors.toCollection(TreeSet::new));
  }

  private void tell(String code, Names text, Collection<String> items) {
    if (items.isEmpty()) return;
    ObjectNode node = Json.object().put("code", code).put("count", items.size());
    node.set("text", Json.names(text));
    node.set("items", Json.texts(items.stream().limit(MOST_ITEMS).toList()));
    all.add(node);
  }
}
