package org.gridline.console.http;

import java.util.OptionalDouble;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;
import org.gridline.dispatch.place.Places;
import org.gridline.gis.position.Crs;
import org.gridline.gis.position.RawPosition;

/** Positions as requests say them: the coordinate system is never guessed. */
final class PositionFields {
  private PositionFields() {}

  static RawPosition read(Fields fields, Places places) {
    fields.only("lon", "lat", "crs");
    double lon = fields.number("lon");
    double lat = fields.number("lat");
    String crs = fields.findText("crs").orElse("");
    return check(new RawPosition(lon, lat, crs(crs, "position.crs")), places, "position");
  }

  static Crs crs(String spelling, String field) {
    return Crs.find(spelling)
        .orElseThrow(
            () ->
                Failure.atField(
                    FailureCode.CRS_UNKNOWN,
                    field,
                    "请注明 WGS84、CGCS2000、GCJ-02 或 BD-09 · name one of these four"));
  }

  /** Swapped axes are taken and flagged later; what is nowhere on earth is refused. */
  static RawPosition check(RawPosition raw, Places places, String field) {
    if (Places.wgs84(raw).isPresent()) return raw;
    try {
      places.locate(raw, OptionalDouble.empty());
      return raw;
    } catch (IllegalArgumentException offEarth) {
      throw Failure.atField(
          FailureCode.POSITION_INVALID,
          field,
          "经度在前,-180 至 180;纬度 -90 至 90 · longitude first, in degrees");
    }
  }
}
