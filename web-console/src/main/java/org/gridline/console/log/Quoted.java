package org.gridline.console.log;

/**
 * Text that can't leave its line nor mislead whoever reads it: line ends, escape sequences of
 * terminals, and characters that turn the direction of writing are written as {@code \\uXXXX}.
 */
final class Quoted {
  private static final char[] HEX = "0123456789abcdef".toCharArray();

  private Quoted() {}

  /** Between quotes, as JSON wants it. */
  static void json(StringBuilder line, String text) {
    line.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') line.append('\\').append(c);
      else if (harmful(text, i)) escape(line, c);
      else line.append(c);
    }
    line.append('"');
  }

  /** Without quotes. */
  static void plain(StringBuilder line, String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (harmful(text, i)) escape(line, c);
      else line.append(c);
    }
  }

  private static boolean harmful(String text, int at) {
    char c = text.charAt(at);
    if (Character.isSurrogate(c)) return !paired(text, at);
    return Character.isISOControl(c)
        || c == '\u2028'
        || c == '\u2029'
        || c == '\ufeff'
        || (c >= '\u200e' && c <= '\u200f')
        || (c >= '\u202a' && c <= '\u202e')
        || (c >= '\u2066' && c <= '\u2069');
  }

  private static boolean paired(String text, int at) {
    return Character.isHighSurrogate(text.charAt(at))
        ? at + 1 < text.length() && Character.isLowSurrogate(text.charAt(at + 1))
        : at > 0 && Character.isHighSurrogate(text.charAt(at - 1));
  }

  private static void escape(StringBuilder line, char c) {
    line.append("\\u")
        .append(HEX[c >> 12])
        .append(HEX[(c >> 8) & 15])
        .append(HEX[(c >> 4) & 15])
        .append(HEX[c & 15]);
  }
}
