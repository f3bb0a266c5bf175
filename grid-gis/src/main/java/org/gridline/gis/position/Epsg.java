package org.gridline.gis.position;

import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.geotools.api.referencing.FactoryException;
import org.geotools.api.referencing.operation.MathTransform;
import org.geotools.api.referencing.operation.TransformException;
import org.geotools.referencing.CRS;
import org.geotools.referencing.crs.DefaultGeographicCRS;

/**
 * A system of the EPSG register, such as EPSG:2249 (Massachusetts, US feet) or EPSG:4549 (CGCS2000,
 * Gauss-Krüger zone of Nanjing).
 *
 * <p>Through GeoTools. The first look-up in a process opens its register and takes some three
 * seconds, so nothing is looked up before it is needed. Where a shift between datums is not known
 * it is left out, which for NAD83 and CGCS2000 means under two metres. Thread-safe.
 *
 * @param code its number in the register
 */
public record Epsg(int code) implements CoordinateSystem {
  /** It warns of numbers outside a system's area; here that is the question, not an accident. */
  private static final Logger LIBRARY = Logger.getLogger("org.geotools");

  static {
    LIBRARY.setLevel(Level.SEVERE);
  }

  private static final ConcurrentHashMap<Integer, MathTransform> TO_WGS84 =
      new ConcurrentHashMap<>();

  @Override
  public String spelling() {
    return "EPSG:" + code;
  }

  @Override
  public Position toWgs84(double x, double y) {
    if (!Double.isFinite(x) || !Double.isFinite(y)) {
      throw new IllegalArgumentException("coordinates must be finite numbers, got " + x + ", " + y);
    }
    double[] at = {x, y};
    try {
      transform().transform(at, 0, at, 0, 1);
    } catch (TransformException | ArithmeticException e) {
      throw new IllegalArgumentException(x + ", " + y + " mean nothing in " + spelling(), e);
    }
    if (!(Math.abs(at[0]) <= 180 && Math.abs(at[1]) <= 90)) {
      throw new IllegalArgumentException(x + ", " + y + " mean no place in " + spelling());
    }
    return new Position(at[0], at[1]);
  }

  @Override
  public void check() {
    transform();
  }

  private MathTransform transform() {
    return TO_WGS84.computeIfAbsent(code, Epsg::lookUp);
  }

  private static MathTransform lookUp(int code) {
    try {
      return CRS.findMathTransform(
          CRS.decode("EPSG:" + code, true), DefaultGeographicCRS.WGS84, true);
    } catch (FactoryException | RuntimeException e) {
      throw new IllegalArgumentException("EPSG:" + code + " is not a system that is known here", e);
    }
  }
}
