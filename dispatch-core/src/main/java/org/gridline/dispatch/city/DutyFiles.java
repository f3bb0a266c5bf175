package org.gridline.dispatch.city;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.gridline.dispatch.city.City.LayerFile;
import org.gridline.dispatch.city.Table.Columns;
import org.gridline.dispatch.city.Table.Row;
import org.gridline.dispatch.classify.CategoryTree;
import org.gridline.dispatch.route.DutyRule;
import org.gridline.dispatch.route.Unit;
import org.gridline.dispatch.route.UnitTree;
import org.gridline.gis.boundary.Area;
import org.gridline.gis.boundary.Boundaries;

/** Who is responsible in a pack: units.csv and duties.csv. */
final class DutyFiles {
  private static final Columns UNITS = Columns.of("code", "parent name_zh name_en kind area");
  private static final Columns DUTIES =
      Columns.of(
          "id unit kind",
          "category area priority basis basis_zh basis_en confirmed valid_from valid_to");

  private DutyFiles() {}

  /** The codes of all areas of a city; they are unique across its layers. */
  static Set<String> areaCodes(Boundaries ground) {
    return ground.areas().stream().map(Area::code).collect(Collectors.toUnmodifiableSet());
  }

  static UnitTree units(PackFolder folder, Set<String> areas) {
    List<Unit> read =
        Table.read(
            folder.get("units.csv"),
            UNITS,
            r ->
                new Unit(
                    r.needed("code"),
                    r.find("parent"),
                    r.names(),
                    r.find("kind").orElse("department"),
                    r.find("area").map(a -> known(r, areas, a))));
    try {
      return new UnitTree(read);
    } catch (IllegalArgumentException e) {
      throw new UnusablePack("units.csv: " + e.getMessage());
    }
  }

  static List<DutyRule> duties(
      PackFolder folder,
      UnitTree units,
      CategoryTree categories,
      List<LayerFile> layers,
      Set<String> areas) {
    Map<String, String> layerOfName = new HashMap<>();
    for (LayerFile layer : layers) {
      layerOfName.put(layer.id(), layer.id());
      layer.role().ifPresent(role -> layerOfName.put(role, layer.id()));
    }
    Set<String> ids = new HashSet<>();
    return Table.read(
        folder.get("duties.csv"),
        DUTIES,
        r -> {
          if (!ids.add(r.needed("id"))) throw r.wrong("id", r.text("id") + " is there twice");
          return new DutyRule(
              r.text("id"),
              unit(r, units, layerOfName),
              r.needed("kind"),
              KindFiles.prefix(r, categories),
              r.find("area").map(a -> known(r, areas, a)).orElse(""),
              r.find("priority").isPresent() ? r.read("priority", Integer::parseInt) : 0,
              basis(r),
              r.find("valid_from").isPresent()
                  ? r.read("valid_from", LocalDate::parse)
                  : DutyRule.ALWAYS,
              r.find("valid_to").map(day -> r.read("valid_to", LocalDate::parse)));
        });
  }

  /**
   * On what ground the unit is responsible; nobody is sent a matter without one. What nobody has
   * confirmed yet says so wherever it is shown.
   */
  private static String basis(Row r) {
    String basis =
        r.find("basis")
            .or(() -> r.find("basis_zh"))
            .or(() -> r.find("basis_en"))
            .orElseThrow(
                () ->
                    r.wrong(
                        "basis",
                        r.text("id") + " names no ground: the law, or the list of duties (权责清单)"));
    return switch (r.find("confirmed").orElse("yes")) {
      case "yes" -> basis;
      case "no" -> basis + DutyRule.UNCONFIRMED;
      default -> throw r.wrong("confirmed", "is yes or no");
    };
  }

  /** A unit's code, or {@code @} and the id of the layer whose units are meant. */
  private static String unit(Row r, UnitTree units, Map<String, String> layerOfName) {
    String unit = r.needed("unit");
    if (!unit.startsWith("@")) {
      if (units.find(unit).isEmpty()) throw r.wrong("unit", "no unit " + unit);
      return unit;
    }
    String layer = layerOfName.get(unit.substring(1));
    if (layer == null) throw r.wrong("unit", "no layer " + unit.substring(1));
    return "@" + layer;
  }

  private static String known(Row r, Set<String> areas, String code) {
    if (!areas.contains(code)) throw r.wrong("area", "no area " + code + " in any layer");
    return code;
  }
}
