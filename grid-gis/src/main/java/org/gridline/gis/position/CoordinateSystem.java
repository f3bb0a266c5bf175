package org.gridline.gis.position;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A system that coordinates may be written in. */
public sealed interface CoordinateSystem permits Crs, Epsg, Wkt {
  /**
   * The systems of old GeoJSON's {@code crs} member, of city packs and of the command line; longer
   * forms are those of OGC names.
   */
  Pattern EPSG_NAME =
      Pattern.compile(
          "(?:EPSG:|urn:(?:x-)?ogc:def:crs:EPSG:[0-9.]*:|https?://www\\.opengis\\.net/def/crs/EPSG/[0-9.]+/)"
              + "([1-9][0-9]{0,6})",
          Pattern.CASE_INSENSITIVE);

  Pattern CRS84_NAME =
      Pattern.compile(
          "(?:urn:(?:x-)?ogc:def:crs:OGC:[0-9.]*:|https?://www\\.opengis\\.net/def/crs/OGC/[0-9.]+/|OGC:)CRS84",
          Pattern.CASE_INSENSITIVE);

  /**
   * The system of that name: one of the four of the API as they are spelled there, {@code EPSG:n},
   * CRS84, an OGC name of those, or a system written out as {@link Wkt}. Empty for any other text.
   * Whether the register has the EPSG code, or the text makes sense, shows only when it is used,
   * see {@link #check}.
   */
  static Optional<CoordinateSystem> find(String name) {
    Optional<Crs> one = Crs.find(name);
    if (one.isPresent()) {
      return Optional.of(one.get());
    }
    if (CRS84_NAME.matcher(name).matches()) {
      return Optional.of(Crs.WGS84);
    }
    if (Wkt.isMeant(name)) {
      return Optional.of(new Wkt(name));
    }
    Matcher epsg = EPSG_NAME.matcher(name);
    if (!epsg.matches()) {
      return Optional.empty();
    }
    int code = Integer.parseInt(epsg.group(1));
    return Optional.of(
        switch (code) {
          case 4326 -> Crs.WGS84;
          case 4490 -> Crs.CGCS2000;
          default -> new Epsg(code);
        });
  }

  /** How city packs, the command line and the API call it. */
  String spelling();

  /**
   * The position that these numbers mean in this system.
   *
   * @param x degrees east, or the easting in the system's own unit; always the first number,
   *     whatever order of axes the system's register names
   * @param y degrees north, or the northing
   * @throws IllegalArgumentException when the numbers mean no place on earth, or the system is not
   *     known; the message says why
   */
  Position toWgs84(double x, double y);

  /**
   * Makes sure that the system is known, and ready.
   *
   * @throws IllegalArgumentException when it is not known
   */
  void check();

  /**
   * What people should know before they trust its positions; empty when they can.
   *
   * @throws IllegalArgumentException when the system is not known
   */
  Optional<String> doubt();
}
