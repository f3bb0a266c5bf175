package org.gridline.gis.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.gridline.gis.boundary.Area;
import org.gridline.gis.sample.GridPlan.PlannedGrid;
import org.locationtech.jts.geom.Coordinate;

/**
 * Draws the polygons of the sample district: district, streets and zones, communities and 综合网格,
 * each level tiling the one above. Codes and names of streets and communities are official; every
 * polygon is made up.
 */
public final class SampleDistrict {
  /** Chosen so that every street, community and grid is one piece; the tests hold it. */
  private static final long SEED = 320_119;

  private static final String DISTRICT = "320113";
  private static final String CITY = "320100";

  private SampleDistrict() {}

  /**
   * Writes {@code boundaries/*.geojson} in the city folder from its {@code villages.csv}, and the
   * positions in its {@code gazetteer.csv}, and its made-up {@code components.csv}.
   *
   * @param args the city folder; {@code config/cities/qixia-sample} when none is given
   */
  public static void main(String[] args) throws IOException {
    Path city = Path.of(args.length > 0 ? args[0] : "config/cities/qixia-sample");
    Files.createDirectories(city.resolve("boundaries"));
    for (Map.Entry<String, String> file : draw(city).entrySet()) {
      Files.writeString(city.resolve(file.getKey()), file.getValue());
    }
  }

  /**
   * The text of each file by its name in the city folder; the same for the same villages and
   * places.
   */
  static Map<String, String> draw(Path city) throws IOException {
    Metres metres = new Metres();
    List<Village> villages = Village.list(city.resolve("villages.csv"));
    SampleGround ground = new SampleGround(metres);
    List<PlannedGrid> grids = GridPlan.list(villages, ground, metres, SEED);
    BorderNet net = borders(grids, ground, metres);

    TreeMap<String, String> streetNames = new TreeMap<>();
    villages.forEach(village -> streetNames.put(village.streetCode(), village.streetName()));
    List<Area> streets = new ArrayList<>();
    streetNames.forEach(
        (code, name) -> streets.add(area("street", code, name, DISTRICT, net, grids)));
    List<Area> communities = new ArrayList<>();
    for (Village village : villages) {
      communities.add(
          area("community", village.code(), village.name(), village.streetCode(), net, grids));
    }
    List<Area> cells = new ArrayList<>();
    for (PlannedGrid grid : grids) {
      cells.add(area("grid", grid.code(), grid.name(), grid.community().code(), net, grids));
    }
    Map<String, String> files = new LinkedHashMap<>();
    List<Area> district = List.of(area("district", DISTRICT, "栖霞区", CITY, net, grids));
    files.put("boundaries/district.geojson", SampleFile.text("district", district, metres));
    files.put("boundaries/street.geojson", SampleFile.text("street", streets, metres));
    files.put("boundaries/community.geojson", SampleFile.text("community", communities, metres));
    files.put("boundaries/grid.geojson", SampleFile.text("grid", cells, metres));
    files.put("gazetteer.csv", SamplePlaces.text(city.resolve("gazetteer.csv"), communities));
    files.put("components.csv", SampleComponents.text(communities));
    return files;
  }

  private static BorderNet borders(List<PlannedGrid> grids, SampleGround ground, Metres metres) {
    Map<Coordinate, Integer> labels = new HashMap<>();
    for (Coordinate outside : ground.belt()) {
      labels.put(outside, BorderNet.OUTSIDE);
    }
    for (int g = 0; g < grids.size(); g++) {
      for (Coordinate site : grids.get(g).sites()) {
        labels.put(site, g);
      }
    }
    return new BorderNet(labels, metres, SEED);
  }

  /** The area whose grids are those with a code that begins with this one. */
  private static Area area(
      String layer,
      String code,
      String name,
      String parent,
      BorderNet net,
      List<PlannedGrid> grids) {
    return new Area(
        layer,
        code,
        name,
        Optional.of(parent),
        net.region(
            label -> label != BorderNet.OUTSIDE && grids.get(label).code().startsWith(code)));
  }
}
