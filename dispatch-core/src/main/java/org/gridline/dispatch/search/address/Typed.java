package org.gridline.dispatch.search.address;

import org.gridline.dispatch.search.Folding;

/**
 * What somebody typed, as symbols: Chinese characters, digits, letters, and one space where the
 * typed text has blanks or signs. Whatever else there is (emoji, control characters, halves of
 * surrogate pairs) is left out.
 */
record Typed(int[] symbols) {
  /** Nobody types more of a name; the rest of a pasted text is not looked at. */
  private static final int MOST = 40;

  /**
   * Each blank may skip anything, so many of them say nothing and cost much; further ones don't
   * count.
   */
  private static final int MOST_BLANKS = 3;

  static Typed of(String query) {
    String folded = Folding.fold(query);
    int[] kept = new int[MOST];
    int n = 0;
    int blanks = 0;
    boolean gap = false;
    for (int at = 0; at < folded.length() && n < MOST; ) {
      int c = folded.codePointAt(at);
      at += Character.charCount(c);
      if (c == '\'') continue;
      if (Character.isLetterOrDigit(c)) {
        if (gap && n > 0 && n < MOST - 1 && blanks++ < MOST_BLANKS) kept[n++] = ' ';
        gap = false;
        kept[n++] = c;
      } else {
        gap = true;
      }
    }
    return new Typed(java.util.Arrays.copyOf(kept, n));
  }

  /** What pinyin and folded Latin words are written with. */
  static boolean letter(int c) {
    return c >= 'a' && c <= 'z';
  }

  int size() {
    return symbols.length;
  }

  boolean isEmpty() {
    return symbols.length == 0;
  }

  /** Only letters and blanks: pinyin, initials or a Latin name. */
  boolean latin() {
    for (int c : symbols) if (c != ' ' && !letter(c)) return false;
    return true;
  }

  /** Without its blanks. */
  int[] joined() {
    return java.util.Arrays.stream(symbols).filter(c -> c != ' ').toArray();
  }

  String text() {
    return new String(symbols, 0, symbols.length);
  }

  /** The beginning of it. */
  Typed head(int length) {
    int end = symbols[length - 1] == ' ' ? length - 1 : length;
    return new Typed(java.util.Arrays.copyOf(symbols, end));
  }

  /** Whether the letters before {@code at} are an initial: one letter, or zh, ch, sh. */
  boolean initial(int at, int letters) {
    if (letters == 1) return true;
    return letters == 2
        && symbols[at - 1] == 'h'
        && (symbols[at - 2] == 'z' || symbols[at - 2] == 'c' || symbols[at - 2] == 's');
  }
}
