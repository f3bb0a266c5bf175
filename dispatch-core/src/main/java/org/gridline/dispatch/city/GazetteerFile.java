package org.gridline.dispatch.city;

import java.util.List;
import java.util.Set;
import org.gridline.dispatch.city.Table.Columns;
import org.gridline.dispatch.place.Gazetteer;
import org.gridline.gis.position.Position;

/** The places that a pack knows by name: gazetteer.csv, which it may do without. */
final class GazetteerFile {
  private static final Columns COLUMNS = Columns.of("name lon lat", "aliases area kind synthetic");

  private GazetteerFile() {}

  static Gazetteer read(PackFolder folder, Set<String> areas) {
    return new Gazetteer(
        folder
            .find("gazetteer.csv")
            .map(
                file ->
                    Table.read(
                        file,
                        COLUMNS,
                        r -> {
                          if (r.find("area").filter(a -> !areas.contains(a)).isPresent())
                            throw r.wrong("area", "no area " + r.text("area") + " in any layer");
                          return new Gazetteer.Entry(
                              r.needed("name"),
                              r.list("aliases"),
                              r.text("area"),
                              new Position(
                                  r.read("lon", Double::parseDouble),
                                  r.read("lat", Double::parseDouble)),
                              r.text("kind"),
                              r.text("synthetic").equals("yes")
                                  ? Gazetteer.Origin.SYNTHETIC
                                  : Gazetteer.Origin.SURVEYED);
                        }))
            .orElse(List.of()));
  }
}
