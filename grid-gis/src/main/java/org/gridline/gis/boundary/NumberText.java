package org.gridline.gis.boundary;

import java.math.BigDecimal;
import java.util.regex.Pattern;

/** Codes that a program has stored as numbers. */
final class NumberText {
  private static final Pattern FRACTION = Pattern.compile("[-+]?\\d+\\.\\d*(?:[eE][-+]?\\d{1,3})?");

  private static final int MAX_CHARS = 30;

  private NumberText() {}

  /** 320113.000 and 3.20113e5 are how programs write the code 320113; other texts stay. */
  static String plain(String text) {
    if (text.length() > MAX_CHARS || !FRACTION.matcher(text).matches()) {
      return text;
    }
    BigDecimal number = new BigDecimal(text).stripTrailingZeros();
    return number.scale() <= 0 && number.scale() > -MAX_CHARS ? number.toPlainString() : text;
  }
}
