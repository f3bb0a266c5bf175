package org.gridline.gis.sample;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gridline.gis.boundary.Area;
import org.gridline.gis.grids.GridFile;
import org.gridline.gis.grids.UnitGrid;
import org.gridline.gis.sample.PartPlan.PlannedPart;
import org.locationtech.jts.geom.Coordinate;

/**
 * Draws the polygons of the sample district: district, streets and zones, communities and 综合网格,
 * each level tiling the one above, and over made-up built-up land the unit grids and the 责任网格 that
 * are sets of them. Codes and names of streets and communities are official; every polygon is made
 * up.
 */
public final class SampleDistrict {
  /** Chosen so that every street and community is one piece; the tests hold it. */
  private static final long SEED = 320_119;

  private SampleDistrict() {}

  /**
   * Writes {@code boundaries/} in the city folder from its {@code villages.csv}, the positions in
   * its {@code gazetteer.csv}, and its made-up {@code components.csv}.
   *
   * @param args the city folder; {@code config/cities/qixia-sample} when none is given
   */
  public static void main(String[] args) throws IOException {
    Path city = Path.of(args.length > 0 ? args[0] : "config/cities/qixia-sample");
    Files.createDirectories(city.resolve("boundaries"));
    for (Map.Entry<String, String> file : draw(city).entrySet()) {
      try (OutputStream to =
          GridFile.packed(file.getKey(), Files.newOutputStream(city.resolve(file.getKey())))) {
        to.write(file.getValue().getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  /**
   * The text of each file by its name in the city folder, that of packed ones before packing; the
   * same for the same villages and places.
   */
  static Map<String, String> draw(Path city) throws IOException {
    Metres metres = new Metres();
    List<Village> villages = Village.list(city.resolve("villages.csv"));
    SampleGround ground = new SampleGround(metres);
    List<PlannedPart> parts = PartPlan.list(villages, ground, metres, SEED);
    BorderNet net = borders(parts, ground, metres);
    List<Area> communities = new ArrayList<>();
    for (Village village : villages) {
      communities.add(area(village, net, parts));
    }
    SampleGrids grids = SampleGrids.make(villages, communities, metres);
    Path gazetteer = city.resolve("gazetteer.csv");
    String places = SamplePlaces.text(gazetteer, communities);
    Map<String, String> files = new LinkedHashMap<>();
    files.put("boundaries/district.geojson", text("district", grids.district()));
    files.put("boundaries/street.geojson", text("street", grids.streets()));
    files.put("boundaries/community.geojson", text("community", grids.communities()));
    files.put("boundaries/grid.geojson", text("grid", grids.workerGrids()));
    files.put(
        "boundaries/specialGrid.geojson",
        text("specialGrid", SamplePlaces.grounds(places, communities, metres)));
    files.put("boundaries/patrolGrid.geojson.gz", text("patrolGrid", grids.patrolGrids()));
    files.put("boundaries/unitGrid.geojson.gz", text("unitGrid", grids.unitGrids()));
    files.put("boundaries/builtUp.geojson.gz", text("builtUp", grids.builtUp()));
    files.put("gazetteer.csv", places);
    files.put(
        "components.csv",
        SampleComponents.text(
            grids.communities().stream().map(SampleDistrict::community).toList()));
    return files;
  }

  private static Area community(UnitGrid drawn) {
    return new Area(
        "community", drawn.code(), drawn.name(), Optional.of(drawn.parent()), drawn.shape());
  }

  private static String text(String layer, List<UnitGrid> areas) {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    try {
      GridFile.write(layer, GridFile.Origin.SYNTHETIC, areas, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString(StandardCharsets.UTF_8);
  }

  private static BorderNet borders(List<PlannedPart> parts, SampleGround ground, Metres metres) {
    Map<Coordinate, Integer> labels = new HashMap<>();
    for (Coordinate outside : ground.belt()) {
      labels.put(outside, BorderNet.OUTSIDE);
    }
    for (int g = 0; g < parts.size(); g++) {
      for (Coordinate site : parts.get(g).sites()) {
        labels.put(site, g);
      }
    }
    return new BorderNet(labels, metres, SEED);
  }

  private static Area area(Village village, BorderNet net, List<PlannedPart> parts) {
    return new Area(
        "community",
        village.code(),
        village.name(),
        Optional.of(village.streetCode()),
        net.region(
            label ->
                label != BorderNet.OUTSIDE
                    && parts.get(label).community().code().equals(village.code())));
  }
}
