package org.gridline.gis.position;

/**
 * A position as somebody said it, not yet trusted: the numbers may be anything.
 *
 * @param lon degrees east in {@code crs}
 * @param lat degrees north in {@code crs}
 * @param crs the system the numbers were said in
 */
public record RawPosition(double lon, double lat, Crs crs) {

  /**
   * The same place in WGS 84.
   *
   * <p>Error: none beyond the source's own for WGS 84; CGCS2000 is taken as equal, because the two
   * frames differ by plate motion since 2000, under a metre in China; GCJ-02 and BD-09 are turned
   * back by {@link ChinaOffset} to within a millimetre of that published formula, which itself
   * agrees with the map services to about a metre.
   *
   * @throws IllegalArgumentException when the numbers are not finite or not on earth; the message
   *     says which number, and names swapped axes when those would explain it
   */
  public Position toWgs84() {
    check();
    return switch (crs) {
      case WGS84, CGCS2000 -> new Position(lon, lat);
      case GCJ_02 -> ChinaOffset.fromGcj02(lon, lat);
      case BD_09 -> ChinaOffset.fromBd09(lon, lat);
    };
  }

  private void check() {
    if (!Double.isFinite(lon) || !Double.isFinite(lat)) {
      throw new IllegalArgumentException(
          "longitude and latitude must be finite numbers, got " + lon + ", " + lat);
    }
    if (Math.abs(lat) > 90 && Math.abs(lat) <= 180 && Math.abs(lon) <= 90) {
      throw new IllegalArgumentException(
          "latitude " + lat + " is outside -90 to 90; longitude comes first, the two look swapped");
    }
    if (Math.abs(lat) > 90) {
      throw new IllegalArgumentException("latitude " + lat + " is outside -90 to 90");
    }
    if (Math.abs(lon) > 180) {
      throw new IllegalArgumentException("longitude " + lon + " is outside -180 to 180");
    }
  }
}
