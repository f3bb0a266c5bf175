package org.gridline.gis.owner;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.gridline.gis.TestData;
import org.gridline.gis.boundary.Area;
import org.gridline.gis.boundary.CheckedBoundaries;
import org.gridline.gis.boundary.FileCrs;
import org.gridline.gis.boundary.Layer;
import org.gridline.gis.boundary.LayerSource;
import org.gridline.gis.position.Crs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;

/** A million points on real ground: the grid and plain exact arithmetic never differ. */
class RealGroundTest {
  private static final int POINTS = 80_000;

  @ParameterizedTest
  @CsvSource({
    "nyc/boroughs.geojson.gz,                BoroCode",
    "nyc/community_districts.geojson.gz,     BoroCD",
    "nyc/police_precincts.geojson.gz,        Precinct",
    "nyc/city_council.geojson.gz,            CounDist",
    "nyc/fire_battalions.geojson.gz,         FireBN",
    "boston2015/wards.geojson.gz,            WARD",
    "boston2015/precincts.geojson.gz,        WARD_PRECINCT",
    "boston2015/police_districts.geojson.gz, DISTRICT",
    "boston2015/neighborhoods.geojson.gz,    Neighborhood_ID",
  })
  void one_layer(String file, String code) {
    agree(List.of(read(TestData.get(file), code, new FileCrs.Unsaid())), 1);
  }

  @Test
  void all_counties() {
    Path file = TestData.get("china/datav_counties_all.geojson.gz");
    agree(List.of(read(file, "adcode", new FileCrs.Said(Crs.GCJ_02))), 2);
  }

  @Test
  void all_layers_of_the_sample_district_at_once() {
    Path folder = Path.of("..", "config", "cities", "qixia-sample", "boundaries");
    List<List<Area>> layers = new ArrayList<>();
    for (String layer : List.of("district", "street", "community", "grid")) {
      layers.add(read(folder.resolve(layer + ".geojson"), "code", new FileCrs.Unsaid()));
    }
    agree(layers, 1);
  }

  private static List<Area> read(Path file, String code, FileCrs crs) {
    Layer layer = new Layer("layer", "图层");
    return CheckedBoundaries.read(List.of(new LayerSource(file, layer, code, "", "", crs)))
        .boundaries()
        .areas();
  }

  private static void agree(List<List<Area>> layers, int share) {
    OwnerGridBuilder builder = new OwnerGridBuilder();
    ExactOracle oracle = new ExactOracle();
    List<Integer> ends = new ArrayList<>();
    List<Coordinate[]> rings = new ArrayList<>();
    Envelope box = new Envelope();
    int areas = 0;
    for (List<Area> layer : layers) {
      for (Area area : layer) {
        assertThat(builder.area(area.shape())).isEqualTo(areas++);
        oracle.area(area.shape());
        rings.add(area.shape().getCoordinates());
        box.expandToInclude(area.shape().getEnvelopeInternal());
      }
      builder.layer();
      ends.add(areas);
    }
    OwnerGrid grid = builder.build();
    oracle.ready();
    Random random = new Random(areas);
    int owned = 0;
    int points = POINTS * share;
    double[] lons = new double[points];
    double[] lats = new double[points];
    for (int i = 0; i < points; i++) {
      Coordinate at = i % 2 == 0 ? anywhere(random, box) : nearAnEdge(random, rings);
      lons[i] = at.x;
      lats[i] = at.y;
    }
    int[] many = new int[points];
    grid.find(lons, lats, many);
    for (int i = 0; i < points; i++) {
      Coordinate at = new Coordinate(lons[i], lats[i]);
      int found = grid.find(at.x, at.y);
      if (many[i] != found) assertThat(many[i]).as("%s among many", at).isEqualTo(found);
      for (int layer = 0; layer < ends.size(); layer++) {
        int expected =
            oracle.find(at.x, at.y, layer == 0 ? 0 : ends.get(layer - 1), ends.get(layer));
        if (grid.owner(found, layer) != expected) {
          assertThat(grid.owner(found, layer)).as("%s in layer %s", at, layer).isEqualTo(expected);
        }
        owned += expected < 0 ? 0 : 1;
      }
    }
    assertThat(owned).isGreaterThan(POINTS / 4);
  }

  private static Coordinate anywhere(Random random, Envelope box) {
    return new Coordinate(
        box.getMinX() + (random.nextDouble() * 1.04 - 0.02) * box.getWidth(),
        box.getMinY() + (random.nextDouble() * 1.04 - 0.02) * box.getHeight());
  }

  /** A vertex, or a point of an edge, or a few steps of the lattice beside it. */
  private static Coordinate nearAnEdge(Random random, List<Coordinate[]> rings) {
    Coordinate[] ring = rings.get(random.nextInt(rings.size()));
    int at = random.nextInt(ring.length - 1);
    double part = random.nextInt(3) == 0 ? 0 : random.nextDouble();
    return new Coordinate(
        ring[at].x + part * (ring[at + 1].x - ring[at].x) + (random.nextInt(7) - 3) * 1e-9,
        ring[at].y + part * (ring[at + 1].y - ring[at].y) + (random.nextInt(7) - 3) * 1e-9);
  }
}
