package org.gridline.gis.position;

import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import javax.measure.IncommensurableException;
import org.geotools.api.referencing.FactoryException;
import org.geotools.api.referencing.crs.CoordinateReferenceSystem;
import org.geotools.api.referencing.crs.GeographicCRS;
import org.geotools.api.referencing.crs.SingleCRS;
import org.geotools.api.referencing.cs.AxisDirection;
import org.geotools.api.referencing.cs.CoordinateSystemAxis;
import org.geotools.api.referencing.operation.MathTransform;
import org.geotools.api.referencing.operation.TransformException;
import org.geotools.referencing.CRS;
import org.geotools.referencing.crs.DefaultGeographicCRS;
import si.uom.SI;

/**
 * The way from a system that GeoTools knows, or was told of, to WGS 84.
 *
 * <p>Where a shift between datums is not known it is left out, and {@link #doubt} says so, unless
 * the datum is one of those that agree with WGS 84 within about two metres.
 */
final class Register {
  /** It warns of numbers outside a system's area; here that is the question, not an accident. */
  private static final Logger LIBRARY = Logger.getLogger("org.geotools");

  static {
    LIBRARY.setLevel(Level.SEVERE);
  }

  private static final Pattern SAME_WITHIN_METRES =
      Pattern.compile(
          "(?i).*(WGS.?(19)?84|China.?2000|CGCS.?2000|China.?Geodetic|North.?American.?(Datum.?)?(of.?)?1983"
              + "|NAD.?83|ETRS|European.?Terrestrial|GDA.?(19)?94|GRS.?(19)?80|ITRF).*");

  private final MathTransform transform;
  private final boolean northFirst;

  /** How far north numbers can go in the system's own unit; no end where that is a length. */
  private final double pole;

  private final Optional<String> doubt;

  private Register(
      MathTransform transform, boolean northFirst, double pole, Optional<String> doubt) {
    this.transform = transform;
    this.northFirst = northFirst;
    this.pole = pole;
    this.doubt = doubt;
  }

  /**
   * @throws FactoryException when there is no way to WGS 84
   */
  static Register of(CoordinateReferenceSystem any, String spelling) throws FactoryException {
    CoordinateReferenceSystem system =
        Optional.<CoordinateReferenceSystem>ofNullable(CRS.getHorizontalCRS(any)).orElse(any);
    CoordinateSystemAxis axis = system.getCoordinateSystem().getAxis(0);
    AxisDirection first = axis.getDirection();
    return new Register(
        CRS.findMathTransform(system, DefaultGeographicCRS.WGS84, true),
        first.equals(AxisDirection.NORTH) || first.equals(AxisDirection.SOUTH),
        system instanceof GeographicCRS ? pole(axis) : Double.POSITIVE_INFINITY,
        doubt(system, spelling));
  }

  private static double pole(CoordinateSystemAxis axis) throws FactoryException {
    try {
      return SI.RADIAN.getConverterToAny(axis.getUnit()).convert(Math.PI / 2);
    } catch (IncommensurableException e) {
      throw new FactoryException("its axes are no angles", e);
    }
  }

  private static Optional<String> doubt(CoordinateReferenceSystem system, String spelling) {
    String datum =
        system instanceof SingleCRS single && single.getDatum() != null
            ? single.getDatum().getName().getCode()
            : "";
    if (SAME_WITHIN_METRES.matcher(datum).matches()) {
      return Optional.empty();
    }
    try {
      CRS.findMathTransform(system, DefaultGeographicCRS.WGS84, false);
      return Optional.empty();
    } catch (FactoryException e) {
      return Optional.of(
          "the shift from the datum "
              + datum
              + " of "
              + spelling
              + " to WGS 84 is not known and was left out: positions may be off by some 100 m;"
              + " a WKT text with TOWGS84 says the shift"
              + " · 该坐标系到 WGS 84 的基准转换参数不明，位置可能偏差约百米");
    }
  }

  Optional<String> doubt() {
    return doubt;
  }

  /**
   * @param x east, whatever order of axes the definition has
   * @throws IllegalArgumentException when the numbers mean no place on earth
   */
  Position toWgs84(double x, double y, String spelling) {
    if (!Double.isFinite(x) || !Double.isFinite(y)) {
      throw new IllegalArgumentException("coordinates must be finite numbers, got " + x + ", " + y);
    }
    // The library would go around the earth with them.
    if (Math.abs(y) > pole * (1 + 1e-9) || Math.abs(x) > 2 * pole * (1 + 1e-9)) {
      throw new IllegalArgumentException(x + ", " + y + " are no degrees in " + spelling);
    }
    double[] at = northFirst ? new double[] {y, x} : new double[] {x, y};
    try {
      transform.transform(at, 0, at, 0, 1);
    } catch (TransformException | RuntimeException e) {
      throw new IllegalArgumentException(x + ", " + y + " mean nothing in " + spelling, e);
    }
    if (!(Math.abs(at[0]) <= 180 && Math.abs(at[1]) <= 90)) {
      throw new IllegalArgumentException(x + ", " + y + " mean no place in " + spelling);
    }
    return new Position(at[0], at[1]);
  }
}
