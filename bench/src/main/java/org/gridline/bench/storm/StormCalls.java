package org.gridline.bench.storm;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.gridline.console.csv.CsvRows;
import org.gridline.gis.boundary.Area;
import org.gridline.gis.boundary.Boundaries;
import org.gridline.gis.lookup.GroundIndex;
import org.gridline.gis.lookup.PlaceFlag;
import org.gridline.gis.position.Position;
import org.locationtech.jts.geom.Envelope;

/**
 * The calls of the snowstorm of 2016-01-23, 60 km of country laid over the sample district: their
 * times are real, their places keep their pattern, their words are synthetic.
 */
final class StormCalls {
  static final Path FILE = Path.of("arrivals", "montgomery_pa_911_2015-12_2016-08.csv.gz");

  private static final LocalDate DAY = LocalDate.of(2016, 1, 23);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

  private final GroundIndex ground;
  private final Envelope district = new Envelope();

  private StormCalls(Boundaries boundaries) {
    ground = GroundIndex.build(boundaries);
    for (Area area : boundaries.areas())
      district.expandToInclude(area.shape().getEnvelopeInternal());
  }

  /** The day's calls in their order. */
  static List<Call> read(Path file, Boundaries boundaries) {
    record Row(LocalDateTime at, double lon, double lat, String kind) {}
    List<Row> rows = new ArrayList<>();
    try (CsvRows csv = CsvRows.open(file)) {
      for (var row = csv.find(); row.isPresent(); row = csv.find()) {
        LocalDateTime at = LocalDateTime.parse(row.get().text("timeStamp"), TIME);
        if (!at.toLocalDate().equals(DAY)) continue;
        rows.add(
            new Row(
                at,
                Double.parseDouble(row.get().text("lng")),
                Double.parseDouble(row.get().text("lat")),
                row.get().text("title").split(":", 2)[0]));
      }
    }
    rows.sort(Comparator.comparing(Row::at));
    Spread lons = Spread.of(rows.stream().mapToDouble(Row::lon).sorted().toArray());
    Spread lats = Spread.of(rows.stream().mapToDouble(Row::lat).sorted().toArray());
    StormCalls here = new StormCalls(boundaries);
    return rows.stream()
        .map(
            r -> {
              Position place = here.inside(lons.share(r.lon()), lats.share(r.lat()));
              return new Call(
                  r.at().toLocalTime().toSecondOfDay(), place.lon(), place.lat(), words(r.kind()));
            })
        .toList();
  }

  /** What a caller here would say of such a thing. */
  private static String words(String kind) {
    return switch (kind) {
      case "EMS" -> "门口结冰路滑,老人摔倒了,没人扫雪";
      case "Fire" -> "雪把树压断了,消防通道被堵,消防车进不来";
      default -> "路面积雪结冰,车子陷在路上动不了";
    };
  }

  /** The place in the district; one outside its outline moves towards the middle. */
  private Position inside(double east, double north) {
    double x = east - 0.5;
    double y = north - 0.5;
    while (true) {
      Position place =
          new Position(
              district.getMinX() + (x + 0.5) * district.getWidth(),
              district.getMinY() + (y + 0.5) * district.getHeight());
      if (ground.locate(place, 0).flag() != PlaceFlag.OUTSIDE || Math.abs(x) + Math.abs(y) < 1e-9)
        return place;
      x *= 0.9;
      y *= 0.9;
    }
  }

  /** Where the middle 98 % of values lie; strays are held at the rim. */
  private record Spread(double least, double most) {
    static Spread of(double[] sorted) {
      return new Spread(
          sorted[sorted.length / 100], sorted[sorted.length - 1 - sorted.length / 100]);
    }

    double share(double value) {
      return Math.clamp((value - least) / (most - least), 0, 1);
    }
  }
}
