package org.gridline.console.ogc;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;

/** Which of the forms of an answer somebody accepts (RFC 9110, 12.5.1). */
final class Accepted {
  private static final int LONGEST = 2_000;

  private Accepted() {}

  /**
   * The best of the offered types; the first one where several are as good.
   *
   * @throws Failure {@code not_acceptable} when none is wanted
   */
  static String best(Optional<String> accept, List<String> offered) {
    String header = accept.filter(a -> !a.isBlank()).orElse("*/*");
    if (header.length() > LONGEST) header = header.substring(0, LONGEST);
    String best = "";
    double bestQuality = 0;
    for (String type : offered) {
      double quality = quality(header, type.split(";", 2)[0]);
      if (quality > bestQuality) {
        best = type;
        bestQuality = quality;
      }
    }
    if (bestQuality > 0) return best;
    throw new Failure(FailureCode.NOT_ACCEPTABLE, "可用 · possible: " + String.join(", ", offered));
  }

  /** By the most specific range that holds the type. */
  private static double quality(String header, String type) {
    double found = 0;
    int specific = -1;
    for (String range : header.toLowerCase(Locale.ROOT).split(",")) {
      String[] parts = range.split(";");
      String name = parts[0].strip();
      int rank =
          name.equals(type)
              ? 2
              : name.equals(type.substring(0, type.indexOf('/')) + "/*")
                  ? 1
                  : name.equals("*/*") ? 0 : -1;
      if (rank > specific) {
        specific = rank;
        found = weight(parts);
      }
    }
    return found;
  }

  private static double weight(String[] parts) {
    for (String part : parts) {
      String text = part.replace(" ", "");
      if (text.matches("q=[01](\\.[0-9]{0,3})?")) return Double.parseDouble(text.substring(2));
    }
    return 1;
  }
}
