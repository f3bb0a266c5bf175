package org.gridline.gis.position;

import java.util.Optional;

/** The coordinate systems a position may be said in; degrees, longitude first, in each of them. */
public enum Crs implements CoordinateSystem {
  /** What satellite receivers say. */
  WGS84("WGS84"),
  /** China's geodetic system (EPSG:4490); the same numbers as WGS 84 within about a metre. */
  CGCS2000("CGCS2000"),
  /** What Chinese map services show inside China (国测局坐标). */
  GCJ_02("GCJ-02"),
  /** What Baidu shows; GCJ-02 moved once more. */
  BD_09("BD-09");

  private final String spelling;

  Crs(String spelling) {
    this.spelling = spelling;
  }

  @Override
  public String spelling() {
    return spelling;
  }

  @Override
  public Position toWgs84(double x, double y) {
    return new RawPosition(x, y, this).toWgs84();
  }

  @Override
  public void check() {
    // All four are built in.
  }

  @Override
  public Optional<String> doubt() {
    return Optional.empty();
  }

  /** The system of that exact API spelling; empty for any other text. */
  public static Optional<Crs> find(String spelling) {
    for (Crs crs : values()) {
      if (crs.spelling.equals(spelling)) {
        return Optional.of(crs);
      }
    }
    return Optional.empty();
  }
}
