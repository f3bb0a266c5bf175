package org.gridline.gis.grids;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How grid codes are put together.
 *
 * @param segments digits of each part, the last for the order number inside a community: 6, 3, 3, 3
 *     is 区县, 街道, 社区, 顺序
 */
public record GridCodes(List<Integer> segments) {
  /** The 15 digits of today. */
  public static final GridCodes FIFTEEN = new GridCodes(List.of(6, 3, 3, 3));

  /** The 14 digits of GB/T 30428.1 and CJ/T 213. */
  public static final GridCodes FOURTEEN = new GridCodes(List.of(6, 3, 3, 2));

  private static final int MOST_DIGITS = 30;
  private static final int MOST_ORDER_DIGITS = 6;

  /**
   * @throws IllegalArgumentException when there are fewer than two parts, a part without digits, or
   *     more digits than any code has
   */
  public GridCodes {
    segments = List.copyOf(segments);
    if (segments.size() < 2
        || segments.stream().anyMatch(digits -> digits < 1 || digits > MOST_DIGITS)
        || segments.stream().mapToInt(digits -> digits).sum() > MOST_DIGITS
        || segments.getLast() > MOST_ORDER_DIGITS) {
      throw new IllegalArgumentException(
          "a grid code has at least two parts, at most "
              + MOST_DIGITS
              + " digits, and 1 to "
              + MOST_ORDER_DIGITS
              + " digits for the order number; got "
              + segments);
    }
  }

  /**
   * From {@code 6,3,3,3}.
   *
   * @throws IllegalArgumentException when it is no such list
   */
  public static GridCodes parse(String text) {
    if (!text.matches("[0-9]{1,2}([,+][0-9]{1,2})*")) {
      throw new IllegalArgumentException("not a list of digits such as 6,3,3,3: " + text);
    }
    return new GridCodes(
        Arrays.stream(text.split("[,+]", -1)).map(Integer::valueOf).collect(Collectors.toList()));
  }

  /** Digits that a community's code must have. */
  int parentDigits() {
    return segments.stream().mapToInt(digits -> digits).sum() - segments.getLast();
  }

  /** The highest order number. */
  int most() {
    return (int) Math.pow(10, segments.getLast()) - 1;
  }

  /**
   * @throws IllegalArgumentException when the number or the parent does not fit
   */
  String code(String parent, int order) {
    if (order < 1 || order > most() || !fits(parent)) {
      throw new IllegalArgumentException("no code for number " + order + " in " + parent);
    }
    return parent + String.format("%0" + segments.getLast() + "d", order);
  }

  boolean fits(String parent) {
    return parent.matches("[0-9]{" + parentDigits() + "}");
  }

  /** The same with one digit more, for advice. */
  String longer() {
    return segments.subList(0, segments.size() - 1).stream()
            .map(String::valueOf)
            .collect(Collectors.joining(","))
        + ","
        + (segments.getLast() + 1);
  }
}
