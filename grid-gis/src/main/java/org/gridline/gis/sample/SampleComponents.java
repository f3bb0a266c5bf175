package org.gridline.gis.sample;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.gridline.gis.boundary.Area;
import org.gridline.gis.position.Position;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;

/**
 * Makes up the sample's register of components: covers, lamps, bins and the like inside its
 * communities, owned by the pack's units. The same communities give the same register.
 */
final class SampleComponents {
  private static final String REGION = "320113";

  /** Two of one class never stand so near that a report between them would point at both. */
  private static final double APART_METRES = 40;

  /** So far from a community's border that it surely lies inside. */
  private static final double BORDER_DEGREES = 0.00015;

  private static final int TRIES = 60;
  private static final LocalDate FIRST_DAY = LocalDate.of(2016, 1, 1);
  private static final int DAYS = 3_400;

  /**
   * A kind of component.
   *
   * @param each how many a community has on average
   * @param maintenance a unit; {@code @street} or {@code @community} for the one that stands for
   *     the place; empty for nobody
   */
  private record Kind(
      String code,
      String name,
      double each,
      String authority,
      String property,
      String maintenance) {}

  private static final List<Kind> KINDS =
      List.of(
          new Kind("01001", "供水井盖", 1.6, "QX-SW", "QX-ZLS", "QX-ZLS"),
          new Kind("01002", "污水井盖", 1.6, "QX-SW", "QX-SW", "QX-SW-PS"),
          new Kind("01003", "雨水井盖", 1.4, "QX-SW", "QX-SW", "QX-SW-PS"),
          new Kind("01004", "雨水箅子", 1.2, "QX-SW", "QX-SW", "QX-SW-PS"),
          new Kind("01005", "电力井盖", 0.8, "QX-FG", "QX-GD", "QX-GD"),
          new Kind("01007", "通信井盖", 0.8, "QX-GX", "QX-DX", "QX-DX"),
          new Kind("01011", "燃气井盖", 0.6, "QX-ZJ", "QX-RQ", "QX-RQ"),
          // Nobody knows whose they are: a report falls through to the duty rules.
          new Kind("01023", "不明井盖", 0.2, "", "", ""),
          new Kind("01037", "路灯", 2.6, "QX-CG", "QX-CG", "QX-CG-ZM"),
          // Bought by one, kept up by the street that has it.
          new Kind("01046", "户外健身设施", 0.6, "QX-WL", "QX-WL", "@street"),
          new Kind("01054", "充电桩", 0.4, "QX-FG", "QX-GD", "QX-GD"),
          new Kind("02004", "公交站设施", 0.5, "QX-JT", "QX-GJ", "QX-GJ"),
          new Kind("02014", "交通信号灯", 0.4, "QX-GA", "QX-GA", "QX-GA-JJ"),
          new Kind("03001", "公共厕所", 0.3, "QX-CG", "QX-CG", "QX-CG-HW"),
          // Kept up by the community, whatever the duty rules say of bins elsewhere.
          new Kind("03005", "垃圾箱", 2.0, "QX-CG", "QX-CG-HW", "@community"),
          new Kind("04002", "行道树", 1.6, "QX-LH", "QX-LH", "QX-LH"),
          new Kind("04007", "街头座椅", 0.6, "QX-LH", "QX-LH", "QX-LH"));

  private final Map<String, Integer> numbers = new HashMap<>();
  private final Map<String, List<Position>> placed = new HashMap<>();
  private final StringBuilder text =
      new StringBuilder(
          "code,kind,class,name,lon,lat,authority,property,maintenance,state,since,changed,source,note,synthetic\n");

  private SampleComponents() {}

  /** The text of {@code components.csv}. */
  static String text(List<Area> communities) {
    SampleComponents register = new SampleComponents();
    for (Area community : communities) {
      for (Kind kind : KINDS) register.add(community, kind);
    }
    return register.text.toString();
  }

  private void add(Area community, Kind kind) {
    Random random = new Random((community.code() + kind.code()).hashCode());
    int count = (int) (kind.each() + random.nextDouble());
    for (int i = 0; i < count; i++) {
      List<Position> others = placed.computeIfAbsent(kind.code(), k -> new ArrayList<>());
      for (int tries = 0; tries < TRIES; tries++) {
        Position spot = spot(community.shape(), random);
        if (fits(spot, community.shape(), others)) {
          others.add(spot);
          write(community, kind, spot, random);
          break;
        }
      }
    }
  }

  private static boolean fits(Position spot, Geometry area, List<Position> others) {
    var point = area.getFactory().createPoint(new Coordinate(spot.lon(), spot.lat()));
    return area.covers(point)
        && area.getBoundary().distance(point) > BORDER_DEGREES
        && others.stream().noneMatch(other -> near(other, spot));
  }

  private static boolean near(Position a, Position b) {
    double north = (a.lat() - b.lat()) * Position.METRES_A_DEGREE;
    double east =
        (a.lon() - b.lon()) * Position.METRES_A_DEGREE * Math.cos(Math.toRadians(a.lat()));
    return north * north + east * east < APART_METRES * APART_METRES;
  }

  /** To the seventh digit, a centimetre, as a survey writes it. */
  private static Position spot(Geometry area, Random random) {
    Envelope box = area.getEnvelopeInternal();
    return new Position(
        rounded(box.getMinX() + random.nextDouble() * box.getWidth()),
        rounded(box.getMinY() + random.nextDouble() * box.getHeight()));
  }

  private static double rounded(double degrees) {
    return Math.round(degrees * 1e7) / 1e7;
  }

  private void write(Area community, Kind kind, Position spot, Random random) {
    int number = numbers.merge(kind.code(), 1, Integer::sum);
    LocalDate since = FIRST_DAY.plusDays(random.nextInt(DAYS));
    String state = state(random.nextInt(100));
    LocalDate changed = state.equals("完好") ? since : since.plusDays(random.nextInt(200));
    text.append(
        String.format(
            Locale.ROOT,
            "%s%s%06d,component,%s,%s%s%03d号,%.7f,%.7f,%s,%s,%s,%s,%s,%s,合成数据,合成数据 synthetic,yes\n",
            REGION,
            kind.code(),
            number,
            kind.code(),
            community.name().replaceAll("(居委会|村委会|社区居民委员会)$", ""),
            kind.name(),
            number,
            spot.lon(),
            spot.lat(),
            kind.authority(),
            kind.property(),
            unit(kind.maintenance(), community),
            state,
            since,
            changed));
  }

  private static String unit(String maintenance, Area community) {
    return switch (maintenance) {
      case "@street" -> "ST-" + community.code().substring(0, 9);
      case "@community" -> "CM-" + community.code();
      default -> maintenance;
    };
  }

  private static String state(int hundredth) {
    if (hundredth < 95) return "完好";
    if (hundredth < 97) return "破损";
    if (hundredth < 98) return "丢失";
    return hundredth < 99 ? "废弃" : "移除";
  }
}
