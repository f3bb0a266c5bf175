package org.gridline.gis.position;

/**
 * The two shifted coordinate systems of Chinese map services, by the algorithm that has been public
 * since about 2010.
 *
 * <p>Source: the GCJ-02 shift is a polynomial with sines in the distance from 105° E, 35° N, laid
 * out in metres on the Krasovsky 1940 ellipsoid (a = 6,378,245 m, e² = 0.00669342162296594323);
 * BD-09 turns and stretches GCJ-02 in polar form and adds (0.0065°, 0.006°). Both are described in
 * the literature on "restrictions on geographic data in China"; the state's own implementation is
 * not public, and the formula agrees with it to about a metre.
 *
 * <p>Both shifts hold inside China only; elsewhere the services show WGS 84. Inside is decided by
 * the customary rectangle 72.004–137.8347° E, 0.8293–55.8271° N, so parts of neighbouring countries
 * are shifted too; on the rectangle's rim, all of it sea or foreign land, a round trip can miss by
 * the size of the shift (up to some 700 m).
 *
 * <p>There is no closed inverse: it is found by iteration. The shift changes by less than 1 % of
 * the distance walked, so each round gains two digits; it ends below 1e-11° (a micrometre).
 */
final class ChinaOffset {
  private static final double AXIS_METRES = 6_378_245.0;
  private static final double ECCENTRICITY_SQUARED = 0.006693421622965943;
  private static final double BD_TURN = Math.PI * 3000.0 / 180.0;
  private static final double BD_LON = 0.0065;
  private static final double BD_LAT = 0.006;
  private static final int MAX_ROUNDS = 30;
  private static final double CLOSE_ENOUGH_DEGREES = 1e-11;

  private ChinaOffset() {}

  private record Degrees(double lon, double lat) {}

  private interface Shift {
    Degrees of(double lon, double lat);
  }

  static Position fromGcj02(double lon, double lat) {
    if (!insideChina(lon, lat)) {
      return new Position(lon, lat);
    }
    Degrees found = undo(ChinaOffset::gcj, lon, lat);
    return new Position(found.lon, found.lat);
  }

  static Position fromBd09(double lon, double lat) {
    if (!insideChina(lon, lat)) {
      return new Position(lon, lat);
    }
    Degrees gcj = undo(ChinaOffset::bd, lon, lat);
    return fromGcj02(gcj.lon, gcj.lat);
  }

  static RawPosition toGcj02(Position wgs84) {
    if (!insideChina(wgs84.lon(), wgs84.lat())) {
      return new RawPosition(wgs84.lon(), wgs84.lat(), Crs.GCJ_02);
    }
    Degrees shifted = gcj(wgs84.lon(), wgs84.lat());
    return new RawPosition(shifted.lon, shifted.lat, Crs.GCJ_02);
  }

  static RawPosition toBd09(Position wgs84) {
    RawPosition gcj = toGcj02(wgs84);
    if (!insideChina(wgs84.lon(), wgs84.lat())) {
      return new RawPosition(gcj.lon(), gcj.lat(), Crs.BD_09);
    }
    Degrees shifted = bd(gcj.lon(), gcj.lat());
    return new RawPosition(shifted.lon, shifted.lat, Crs.BD_09);
  }

  /** BD-09 back to GCJ-02 alone, for data whose polygons are in GCJ-02. */
  static RawPosition bd09ToGcj02(double lon, double lat) {
    Degrees gcj = undo(ChinaOffset::bd, lon, lat);
    return new RawPosition(gcj.lon, gcj.lat, Crs.GCJ_02);
  }

  static boolean insideChina(double lon, double lat) {
    return lon >= 72.004 && lon <= 137.8347 && lat >= 0.8293 && lat <= 55.8271;
  }

  private static Degrees undo(Shift shift, double lon, double lat) {
    double guessLon = lon;
    double guessLat = lat;
    for (int round = 0; round < MAX_ROUNDS; round++) {
      Degrees there = shift.of(guessLon, guessLat);
      double missLon = there.lon - lon;
      double missLat = there.lat - lat;
      guessLon -= missLon;
      guessLat -= missLat;
      if (Math.abs(missLon) < CLOSE_ENOUGH_DEGREES && Math.abs(missLat) < CLOSE_ENOUGH_DEGREES) {
        break;
      }
    }
    return new Degrees(guessLon, guessLat);
  }

  private static Degrees gcj(double lon, double lat) {
    double x = lon - 105.0;
    double y = lat - 35.0;
    double phi = Math.toRadians(lat);
    double w = 1 - ECCENTRICITY_SQUARED * Math.sin(phi) * Math.sin(phi);
    double meridianRadius = AXIS_METRES * (1 - ECCENTRICITY_SQUARED) / (w * Math.sqrt(w));
    double parallelRadius = AXIS_METRES / Math.sqrt(w) * Math.cos(phi);
    return new Degrees(
        lon + Math.toDegrees(eastMetres(x, y) / parallelRadius),
        lat + Math.toDegrees(northMetres(x, y) / meridianRadius));
  }

  private static double eastMetres(double x, double y) {
    return 300
        + x
        + 2 * y
        + 0.1 * x * x
        + 0.1 * x * y
        + 0.1 * Math.sqrt(Math.abs(x))
        + ripple(x)
        + waves(x, 20, 1, 40, 3)
        + waves(x, 150, 12, 300, 30);
  }

  private static double northMetres(double x, double y) {
    return -100
        + 2 * x
        + 3 * y
        + 0.2 * y * y
        + 0.1 * x * y
        + 0.2 * Math.sqrt(Math.abs(x))
        + ripple(x)
        + waves(y, 20, 1, 40, 3)
        + waves(y, 160, 12, 320, 30);
  }

  private static double ripple(double x) {
    return (20 * Math.sin(6 * Math.PI * x) + 20 * Math.sin(2 * Math.PI * x)) * 2 / 3;
  }

  /** Two sines over {@code t} degrees, heights in metres and half periods in degrees. */
  private static double waves(
      double t, double height1, double half1, double height2, double half2) {
    return (height1 * Math.sin(Math.PI * t / half1) + height2 * Math.sin(Math.PI * t / half2))
        * 2
        / 3;
  }

  private static Degrees bd(double lon, double lat) {
    double length = Math.hypot(lon, lat) + 0.00002 * Math.sin(lat * BD_TURN);
    double angle = Math.atan2(lat, lon) + 0.000003 * Math.cos(lon * BD_TURN);
    return new Degrees(length * Math.cos(angle) + BD_LON, length * Math.sin(angle) + BD_LAT);
  }
}
