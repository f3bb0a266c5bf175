package org.gridline.gis.position;

import java.util.concurrent.ConcurrentHashMap;
import org.geotools.api.referencing.FactoryException;
import org.geotools.api.referencing.crs.CoordinateReferenceSystem;
import org.geotools.api.referencing.crs.GeographicCRS;
import org.geotools.api.referencing.operation.MathTransform;
import org.geotools.api.referencing.operation.TransformException;
import org.geotools.referencing.CRS;
import org.geotools.referencing.crs.DefaultGeographicCRS;

/**
 * A coordinate system as its register has it, for programs that take registers at their word: named
 * by its OGC URI, axes in the register's order. EPSG:4326 and EPSG:4490 say latitude first, the
 * Gauss-Krüger zones of CGCS2000 northing first; elsewhere in the house longitude or easting always
 * comes first, see {@link CoordinateSystem}.
 *
 * <p>The four that are asked for most are built in; the first use of another one opens GeoTools'
 * register, which may take three seconds. Where a shift between datums is not known it is left out
 * (under two metres for CGCS2000). Thread-safe.
 *
 * @param code number in the EPSG register; 0 is CRS84, WGS 84 with longitude first
 */
public record MapCrs(int code) {
  /** WGS 84, longitude first. */
  public static final MapCrs CRS84 = new MapCrs(0);

  private static final int WGS_84 = 4326;
  private static final int CGCS_2000 = 4490;
  private static final int WEB_MERCATOR = 3857;

  /** Of the sphere that web maps are drawn on. */
  private static final double RADIUS_METRES = 6_378_137.0;

  private static final double MOST_MERCATOR_METRES = Math.PI * RADIUS_METRES;

  /** A place that does not come back to where it was is outside what the system can say. */
  private static final double CLOSE_DEGREES = 1e-5;

  /** The same in metres or feet. */
  private static final double CLOSE_UNITS = 1;

  private static final ConcurrentHashMap<Integer, Known> KNOWN = new ConcurrentHashMap<>();

  /** What the register says of one system. */
  private record Known(boolean degrees, MathTransform fromWgs84, MathTransform toWgs84) {}

  public MapCrs {
    if (code < 0 || code > 9_999_999) {
      throw new IllegalArgumentException("EPSG:" + code + " is no number of the register");
    }
  }

  /** The 3° Gauss-Krüger zone of CGCS2000 (without zone number) that holds a longitude of China. */
  public static MapCrs gaussKruger(double lon) {
    int zone = (int) Math.round(lon / 3);
    if (zone < 25 || zone > 45) {
      throw new IllegalArgumentException(lon + "° lies in no zone of China");
    }
    return new MapCrs(4534 + zone - 25);
  }

  /** The name that OGC standards use. */
  public String uri() {
    return code == 0
        ? "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
        : "http://www.opengis.net/def/crs/EPSG/0/" + code;
  }

  /** Whether its numbers are degrees; otherwise metres or feet. */
  public boolean degrees() {
    return switch (code) {
      case 0, WGS_84, CGCS_2000 -> true;
      case WEB_MERCATOR -> false;
      default -> known().degrees;
    };
  }

  /** Whether the second number is the longitude. */
  public boolean latitudeFirst() {
    return code == WGS_84 || code == CGCS_2000 || (code != 0 && degrees());
  }

  /**
   * Writes both numbers of a place, in the register's order, into {@code to}.
   *
   * @throws IllegalArgumentException when the system cannot say this place
   */
  public void write(double lon, double lat, double[] to) {
    switch (code) {
      case 0 -> put(to, lon, lat);
      case WGS_84, CGCS_2000 -> put(to, lat, lon);
      case WEB_MERCATOR ->
          put(
              to,
              Math.toRadians(lon) * RADIUS_METRES,
              RADIUS_METRES * Math.log(Math.tan(Math.PI / 4 + Math.toRadians(lat) / 2)));
      default -> {
        put(to, lon, lat);
        run(known().fromWgs84, to);
      }
    }
    if (!Double.isFinite(to[0]) || !Double.isFinite(to[1])) {
      throw new IllegalArgumentException(lon + ", " + lat + " can't be said in " + uri());
    }
  }

  /**
   * The place that two numbers mean, in the register's order.
   *
   * @throws IllegalArgumentException when they mean no place that the system is made for
   */
  public Position read(double first, double second) {
    if (!Double.isFinite(first) || !Double.isFinite(second)) {
      throw new IllegalArgumentException("coordinates must be finite numbers");
    }
    return switch (code) {
      case 0 -> new Position(first, second);
      case WGS_84, CGCS_2000 -> new Position(second, first);
      case WEB_MERCATOR -> fromMercator(first, second);
      default -> fromRegister(first, second);
    };
  }

  /** Makes sure that the system is known, and ready. */
  public void check() {
    write(0, 0, new double[2]);
  }

  private static Position fromMercator(double x, double y) {
    if (Math.abs(x) > MOST_MERCATOR_METRES + 1 || Math.abs(y) > MOST_MERCATOR_METRES + 1) {
      throw new IllegalArgumentException("outside the square of web maps");
    }
    double lat = 2 * Math.atan(Math.exp(y / RADIUS_METRES)) - Math.PI / 2;
    double lon = Math.toDegrees(x / RADIUS_METRES);
    return new Position(Math.clamp(lon, -180, 180), Math.toDegrees(lat));
  }

  private Position fromRegister(double first, double second) {
    double[] at = {first, second};
    run(known().toWgs84, at);
    if (!(Math.abs(at[0]) <= 180 && Math.abs(at[1]) <= 90)) {
      throw new IllegalArgumentException("no place in " + uri());
    }
    double[] back = {at[0], at[1]};
    run(known().fromWgs84, back);
    double close = degrees() ? CLOSE_DEGREES : CLOSE_UNITS;
    if (!(Math.abs(back[0] - first) < close && Math.abs(back[1] - second) < close)) {
      throw new IllegalArgumentException("outside what " + uri() + " is made for");
    }
    return new Position(at[0], at[1]);
  }

  private static void put(double[] to, double first, double second) {
    to[0] = first;
    to[1] = second;
  }

  private void run(MathTransform transform, double[] at) {
    try {
      transform.transform(at, 0, at, 0, 1);
    } catch (TransformException | ArithmeticException e) {
      throw new IllegalArgumentException("no place in " + uri(), e);
    }
  }

  private Known known() {
    return KNOWN.computeIfAbsent(code, MapCrs::lookUp);
  }

  private static Known lookUp(int code) {
    new Epsg(code).check();
    try {
      CoordinateReferenceSystem crs = CRS.decode("EPSG:" + code, false);
      return new Known(
          crs instanceof GeographicCRS,
          CRS.findMathTransform(DefaultGeographicCRS.WGS84, crs, true),
          CRS.findMathTransform(crs, DefaultGeographicCRS.WGS84, true));
    } catch (FactoryException | RuntimeException e) {
      throw new IllegalArgumentException("EPSG:" + code + " is not a system that is known here", e);
    }
  }
}
