package org.gridline.bench.routing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.gridline.gis.boundary.FileCrs;
import org.gridline.gis.position.Crs;
import org.locationtech.jts.geom.Geometry;

/** Where the polygons come from. */
final class DataSets {
  /**
   * @param city whether it is a city of up to some hundred polygons, whose rebuild may take a
   *     second
   * @param alone whether peers are asked too; else the figure stands beside the others
   */
  record Source(String name, boolean city, boolean alone, Supplier<PolygonSet> read) {}

  private DataSets() {}

  static List<Source> list(Path data, Path cities) {
    List<Source> found = new ArrayList<>();
    add(found, data, "nyc/boroughs.geojson.gz", "BoroCode");
    add(found, data, "nyc/community_districts.geojson.gz", "BoroCD");
    add(found, data, "nyc/police_precincts.geojson.gz", "Precinct");
    add(found, data, "nyc/city_council.geojson.gz", "CounDist");
    add(found, data, "nyc/fire_battalions.geojson.gz", "FireBN");
    add(found, data, "boston2015/precincts.geojson.gz", "WARD_PRECINCT");
    Path sample = cities.resolve("qixia-sample").resolve("boundaries");
    found.add(
        new Source(
            "qixia unit grids",
            false,
            true,
            () ->
                PolygonSet.read(
                    "qixia unit grids",
                    sample.resolve("unitGrid.geojson.gz"),
                    "code",
                    new FileCrs.Unsaid())));
    Path counties = data.resolve("china/datav_counties_all.geojson.gz");
    if (Files.isRegularFile(counties)) {
      found.add(
          new Source(
              "china counties",
              false,
              true,
              () ->
                  PolygonSet.read(
                      "china counties", counties, "adcode", new FileCrs.Said(Crs.GCJ_02))));
    }
    found.add(new Source("qixia, all layers", true, false, () -> allLayers(sample)));
    return found;
  }

  private static void add(List<Source> found, Path data, String file, String code) {
    Path path = data.resolve(file);
    String name = file.replace(".geojson.gz", "").replace("/", " ").replace('_', ' ');
    if (Files.isRegularFile(path)) {
      found.add(
          new Source(
              name, true, true, () -> PolygonSet.read(name, path, code, new FileCrs.Unsaid())));
    }
  }

  private static PolygonSet allLayers(Path sample) {
    List<List<Geometry>> layers = new ArrayList<>();
    for (String layer :
        List.of(
            "district.geojson",
            "street.geojson",
            "community.geojson",
            "grid.geojson",
            "unitGrid.geojson.gz")) {
      layers.add(PolygonSet.layer(sample.resolve(layer), "code", new FileCrs.Unsaid()));
    }
    return new PolygonSet("qixia, all layers", layers);
  }
}
