package org.gridline.gis.boundary;

import java.io.IOException;

/** A file as a whole can't be used; becomes a {@link Finding} about the file. */
final class BadFile extends IOException {
  private static final long serialVersionUID = 1L;

  private final Finding.Code code;

  BadFile(Finding.Code code, String reason) {
    super(reason);
    this.code = code;
  }

  Finding.Code code() {
    return code;
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}
