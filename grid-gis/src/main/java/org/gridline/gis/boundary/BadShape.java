package org.gridline.gis.boundary;

import java.util.Optional;
import org.locationtech.jts.geom.Coordinate;

/** One feature's geometry can't be used; becomes a {@link Finding}. */
final class BadShape extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Finding.Code code;
  private final transient Optional<Coordinate> at;

  BadShape(Finding.Code code, String reason) {
    this(code, reason, Optional.empty());
  }

  BadShape(Finding.Code code, String reason, Optional<Coordinate> at) {
    super(reason);
    this.code = code;
    this.at = at;
  }

  Finding.Code code() {
    return code;
  }

  /** In WGS 84 degrees. */
  Optional<Coordinate> at() {
    return at;
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}
