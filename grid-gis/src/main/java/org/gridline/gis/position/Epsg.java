package org.gridline.gis.position;

import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.geotools.api.referencing.FactoryException;
import org.geotools.referencing.CRS;

/**
 * A system of the EPSG register, such as EPSG:2249 (Massachusetts, US feet) or EPSG:4549 (CGCS2000,
 * Gauss-Krüger zone of Nanjing).
 *
 * <p>Through GeoTools. The first look-up in a process opens its register and takes some three
 * seconds, so nothing is looked up before it is needed. Thread-safe.
 *
 * @param code its number in the register
 */
public record Epsg(int code) implements CoordinateSystem {
  private static final ConcurrentHashMap<Integer, Register> KNOWN = new ConcurrentHashMap<>();

  @Override
  public String spelling() {
    return "EPSG:" + code;
  }

  @Override
  public Position toWgs84(double x, double y) {
    return register().toWgs84(x, y, spelling());
  }

  @Override
  public void check() {
    register();
  }

  @Override
  public Optional<String> doubt() {
    return register().doubt();
  }

  private Register register() {
    return KNOWN.computeIfAbsent(code, Epsg::lookUp);
  }

  private static Register lookUp(int code) {
    try {
      return Register.of(CRS.decode("EPSG:" + code, true), "EPSG:" + code);
    } catch (FactoryException | RuntimeException e) {
      throw new IllegalArgumentException("EPSG:" + code + " is not a system that is known here", e);
    }
  }
}
