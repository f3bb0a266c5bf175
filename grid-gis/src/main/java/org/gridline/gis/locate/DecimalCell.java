package org.gridline.gis.locate;

import java.nio.charset.StandardCharsets;

/**
 * Reads a decimal number from bytes, to the same double as {@link Double#parseDouble}: directly
 * when its digits fit 53 bits and its power of ten is exact, through that method otherwise.
 */
final class DecimalCell {
  private static final long EXACT = 1L << 53;
  private static final int MOST_LENGTH = 100;
  private static final double[] TENS = new double[23];

  static {
    TENS[0] = 1;
    for (int i = 1; i < TENS.length; i++) {
      TENS[i] = TENS[i - 1] * 10;
    }
  }

  private double value;

  double value() {
    return value;
  }

  /** False when the cell is not a finite decimal number; blanks and quotes around it are let go. */
  boolean read(byte[] bytes, int start, int end) {
    int from = start;
    int to = end;
    while (from < to && loose(bytes[from])) {
      from++;
    }
    while (from < to && loose(bytes[to - 1])) {
      to--;
    }
    if (from == to || to - from > MOST_LENGTH) {
      return false;
    }
    return simple(bytes, from, to) || any(bytes, from, to);
  }

  private static boolean loose(byte one) {
    return one == ' ' || one == '\t' || one == '"';
  }

  private boolean simple(byte[] bytes, int from, int to) {
    int at = from;
    boolean negative = bytes[at] == '-';
    if (negative) {
      at++;
    }
    long digits = 0;
    int count = 0;
    int point = -1;
    for (; at < to; at++) {
      byte one = bytes[at];
      if (one >= '0' && one <= '9') {
        digits = digits * 10 + (one - '0');
        count++;
        if (count > 17) {
          return false;
        }
      } else if (one == '.' && point < 0) {
        point = at;
      } else {
        return false;
      }
    }
    if (count == 0 || digits > EXACT) {
      return false;
    }
    double whole = digits / TENS[point < 0 ? 0 : to - 1 - point];
    value = negative ? -whole : whole;
    return true;
  }

  private boolean any(byte[] bytes, int from, int to) {
    for (int at = from; at < to; at++) {
      byte one = bytes[at];
      // What parseDouble takes beside decimals: NaN, Infinity, 1d, 0x1p3.
      if (!(one >= '0' && one <= '9')
          && one != '.'
          && one != '-'
          && one != '+'
          && one != 'e'
          && one != 'E') {
        return false;
      }
    }
    try {
      value = Double.parseDouble(new String(bytes, from, to - from, StandardCharsets.US_ASCII));
      return Double.isFinite(value);
    } catch (NumberFormatException e) {
      return false;
    }
  }
}
