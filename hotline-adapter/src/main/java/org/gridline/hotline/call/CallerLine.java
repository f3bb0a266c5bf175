package org.gridline.hotline.call;

import java.util.Locale;
import java.util.Set;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.call.CallerId;
import org.gridline.hotline.number.CallerNumber;

/** What an exchange writes where the caller's number belongs. */
final class CallerLine {
  /** Asterisk, FreeSWITCH and RFC 3323 use these for a number that is kept back or not known. */
  private static final Set<String> WITHHELD =
      Set.of(
          "",
          "anonymous",
          "withheld",
          "private",
          "restricted",
          "unknown",
          "unavailable",
          "<unknown>",
          "asterisk");

  private CallerLine() {}

  static CallerId read(String raw, String regionCode, String areaCode) {
    String text = raw.strip();
    if (WITHHELD.contains(text.toLowerCase(Locale.ROOT))) return new CallerId.Withheld();
    try {
      return new CallerId.Known(CallerNumber.parse(text, regionCode, areaCode).e164());
    } catch (Failure notPublic) {
      // 110 hands calls over, and a colleague calls from an extension: shown as it came.
      return new CallerId.Other(shown(text));
    }
  }

  /** Without what could disturb a page, and never empty. */
  private static String shown(String text) {
    String plain = text.replaceAll("[^\\p{L}\\p{N} +*#@.:_-]", "?");
    return plain.substring(0, Math.min(plain.length(), CallerId.MOST_TEXT));
  }
}
