package org.gridline.console;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.gridline.dispatch.city.CityPack;
import org.gridline.dispatch.city.ComponentFiles;
import org.gridline.dispatch.component.ComponentRules;
import org.gridline.dispatch.component.Components;
import org.gridline.dispatch.component.ImportComponents;
import org.gridline.dispatch.component.RouteByComponent;
import org.gridline.dispatch.component.SurveyComponents;
import org.gridline.dispatch.place.Places;
import org.gridline.dispatch.route.UnitTree;

/** The register of components of one city, and what may be done with it. Thread-safe. */
public record Register(
    ComponentRules rules,
    Components components,
    RouteByComponent route,
    SurveyComponents survey,
    ImportComponents importing) {

  /**
   * @param city the pack's folder
   * @param ground the ground that holds now
   */
  static Register open(
      Path city,
      CityPack pack,
      Components components,
      Supplier<Places> ground,
      InstantSource clock) {
    UnitTree units = pack.policy().units();
    ComponentRules rules = ComponentFiles.read(city, pack.city(), pack.policy().categories());
    return new Register(
        rules,
        components,
        new RouteByComponent(components, rules, units, pack.dispatching()),
        new SurveyComponents(components, rules, ground, units, pack.city().timeZone(), clock),
        new ImportComponents(components, rules, ground, units, pack.city().timeZone(), clock));
  }
}
