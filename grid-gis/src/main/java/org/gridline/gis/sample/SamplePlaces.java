package org.gridline.gis.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.gridline.gis.boundary.Area;
import org.gridline.gis.grids.UnitGrid;
import org.locationtech.jts.algorithm.construct.MaximumInscribedCircle;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.Point;

/**
 * Gives the sample's named places made-up positions inside the areas they name, so that the
 * gazetteer follows when the district is drawn anew. Names, aliases and areas stay as they are
 * written.
 */
final class SamplePlaces {
  /** The best of so many tries keeps away from borders. */
  private static final int TRIES = 12;

  /** Degrees; fine enough to keep the best spot of any community. */
  private static final double TOLERANCE = 1e-4;

  private static final double PARK_METRES = 240;
  private static final double SCHOOL_METRES = 90;

  private SamplePlaces() {}

  /** The text of {@code gazetteer.csv} with a position in the area of each row. */
  static String text(Path gazetteerCsv, List<Area> areas) throws IOException {
    Map<String, Geometry> shapes =
        areas.stream().collect(Collectors.toMap(Area::code, Area::shape));
    Function<String, Geometry> shape =
        code -> {
          Geometry found = shapes.get(code);
          if (found == null)
            throw new IllegalArgumentException("no area " + code + " in the sample");
          return found;
        };
    List<String> lines = Files.readAllLines(gazetteerCsv);
    StringBuilder text = new StringBuilder(lines.getFirst()).append('\n');
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split(",", -1);
      if (cells.length != 7) throw new IllegalArgumentException("a place has seven cells: " + line);
      Coordinate spot = spot(shape.apply(cells[2]), cells[0], cells[5]);
      text.append(
          String.format(
              Locale.ROOT,
              "%s,%s,%s,%.6f,%.6f,%s,%s\n",
              cells[0],
              cells[1],
              cells[2],
              spot.x,
              spot.y,
              cells[5],
              cells[6]));
    }
    return text.toString();
  }

  /** 专属网格: the parks and schools of the gazetteer as ground around their positions. */
  static List<UnitGrid> grounds(String gazetteer, List<Area> areas, Metres metres) {
    Map<String, Area> byCode = areas.stream().collect(Collectors.toMap(Area::code, area -> area));
    SampleLand land = new SampleLand(metres);
    Map<String, Integer> numbers = new HashMap<>();
    return gazetteer
        .lines()
        .skip(1)
        .map(line -> line.split(",", -1))
        .filter(cells -> cells[5].equals("park") || cells[0].endsWith("小学"))
        .map(
            cells ->
                land.special(
                    cells[2] + String.format("%03d", numbers.merge(cells[2], 1, Integer::sum)),
                    cells[0],
                    Objects.requireNonNull(byCode.get(cells[2])),
                    new Coordinate(Double.parseDouble(cells[3]), Double.parseDouble(cells[4])),
                    cells[5].equals("park") ? PARK_METRES : SCHOOL_METRES))
        .toList();
  }

  /**
   * A public centre stands in the middle; anything else somewhere, but always the same place for
   * the same name.
   */
  private static Coordinate spot(Geometry area, String name, String kind) {
    if (kind.equals("public"))
      return MaximumInscribedCircle.getCenter(area, TOLERANCE).getCoordinate();
    Random random = new Random(name.hashCode());
    Envelope box = area.getEnvelopeInternal();
    Point best = MaximumInscribedCircle.getCenter(area, TOLERANCE);
    double farthest = 0;
    for (int i = 0; i < TRIES; i++) {
      Point tried =
          area.getFactory()
              .createPoint(
                  new Coordinate(
                      box.getMinX() + random.nextDouble() * box.getWidth(),
                      box.getMinY() + random.nextDouble() * box.getHeight()));
      double away = area.covers(tried) ? area.getBoundary().distance(tried) : 0;
      if (away > farthest) {
        farthest = away;
        best = tried;
      }
    }
    return best.getCoordinate();
  }
}
