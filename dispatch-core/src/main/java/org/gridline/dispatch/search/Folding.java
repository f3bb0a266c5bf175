package org.gridline.dispatch.search;

import com.github.houbb.opencc4j.util.ZhConverterUtil;
import java.text.Normalizer;
import java.util.List;

/**
 * One spelling for characters that mean the same: full width as half width, capitals as small
 * letters, accents as none, traditional characters as simplified ones. Each character becomes
 * exactly one. Pure and thread-safe; the table is made once.
 */
public final class Folding {
  private static final char FULL_WIDTH_FIRST = '！';
  private static final char FULL_WIDTH_LAST = '～';
  private static final char IDEOGRAPHIC_SPACE = '　';
  private static final char ACCENTS_END = '\u0250';
  private static final char HAN_FIRST = '㐀';
  private static final char HAN_LAST = '鿿';
  private static final char[] TABLE = table();

  private Folding() {}

  public static char fold(char c) {
    return TABLE[c];
  }

  /** A text of the same length. */
  public static String fold(CharSequence text) {
    StringBuilder folded = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) folded.append(TABLE[text.charAt(i)]);
    return folded.toString();
  }

  private static char[] table() {
    char[] table = new char[Character.MAX_VALUE + 1];
    for (int i = 0; i < table.length; i++)
      table[i] = plain(Character.toLowerCase(halfWidth((char) i)));
    for (char c = HAN_FIRST; c <= HAN_LAST; c++) {
      List<String> simple = ZhConverterUtil.toSimple(c);
      // Where one traditional character has several simplified ones, the first is the usual one.
      if (simple != null && !simple.isEmpty() && simple.getFirst().length() == 1)
        table[c] = simple.getFirst().charAt(0);
    }
    return table;
  }

  /** Without its accent: é as e. */
  private static char plain(char c) {
    if (c >= ACCENTS_END || !Character.isLetter(c)) return c;
    return Normalizer.normalize(String.valueOf(c), Normalizer.Form.NFD).charAt(0);
  }

  private static char halfWidth(char c) {
    if (c == IDEOGRAPHIC_SPACE) return ' ';
    boolean full = c >= FULL_WIDTH_FIRST && c <= FULL_WIDTH_LAST;
    return full ? (char) (c - FULL_WIDTH_FIRST + '!') : c;
  }
}
