package org.gridline.dispatch.search.address;

import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.BytesRefBuilder;
import org.gridline.dispatch.search.Folding;

/**
 * A place's name as the symbols that somebody may type: each Chinese character with its readings,
 * each digit, and each Latin word as if it were one character that is read as itself.
 */
record Name(String text, List<Symbol> symbols) {
  /** Stands for a Latin word among the characters; from the private area, so no name holds it. */
  static final int WORD = 0xE000;

  /** Ends a symbol in a term. */
  static final char END = '|';

  /** Stands between two readings in a term. */
  static final char OR = '/';

  /** A name longer than this is known by its beginning; no real one is. */
  private static final int MOST_SYMBOLS = 40;

  /** How much of what follows a term holds; nobody types more before choosing. */
  private static final int TERM_SYMBOLS = 24;

  /**
   * @param from where it begins in the text
   * @param to where it ends, exclusive
   */
  record Symbol(int codePoint, List<String> readings, int from, int to) {}

  Name {
    symbols = List.copyOf(symbols);
  }

  static Name of(String text) {
    String folded = Folding.fold(text);
    List<Symbol> symbols = new ArrayList<>();
    int at = 0;
    while (at < folded.length() && symbols.size() < MOST_SYMBOLS) {
      int c = folded.codePointAt(at);
      int end = at + Character.charCount(c);
      if (Typed.letter(c)) {
        while (end < folded.length() && word(folded.charAt(end))) end++;
        String word = folded.substring(at, end).replace("'", "");
        symbols.add(new Symbol(WORD, List.of(word), at, end));
      } else if (Character.isLetterOrDigit(c)) {
        symbols.add(new Symbol(c, Readings.of(c), at, end));
      }
      at = end;
    }
    return new Name(text, symbols);
  }

  /** All symbols as one text, without blanks and signs. */
  String folded() {
    StringBuilder all = new StringBuilder();
    for (Symbol symbol : symbols) {
      if (symbol.codePoint() == WORD) all.append(symbol.readings().getFirst());
      else all.appendCodePoint(symbol.codePoint());
    }
    return all.toString();
  }

  private static boolean word(char c) {
    return c == '\'' || Typed.letter(c);
  }

  /**
   * What is indexed of the name from one symbol on: the first symbol's reading, then each symbol
   * with its readings behind it. Beginning with the reading lets a typed letter find its few terms
   * without looking at each character.
   */
  List<BytesRef> terms(int first) {
    BytesRefBuilder rest = new BytesRefBuilder();
    int end = Math.min(symbols.size(), first + TERM_SYMBOLS);
    for (Symbol symbol : symbols.subList(first + 1, end)) {
      character(rest, symbol.codePoint());
      letters(rest, String.join(String.valueOf(OR), symbol.readings()));
      rest.append((byte) END);
    }
    Symbol start = symbols.get(first);
    List<String> readings = start.readings().isEmpty() ? List.of("") : start.readings();
    return readings.stream().map(r -> term(r, start.codePoint(), rest.get())).toList();
  }

  private static BytesRef term(String reading, int codePoint, BytesRef rest) {
    BytesRefBuilder term = new BytesRefBuilder();
    letters(term, reading);
    character(term, codePoint);
    term.append((byte) END);
    term.append(rest);
    return term.get();
  }

  private static void letters(BytesRefBuilder term, String letters) {
    for (int i = 0; i < letters.length(); i++) term.append((byte) letters.charAt(i));
  }

  private static void character(BytesRefBuilder term, int codePoint) {
    for (int b : bytes(codePoint)) term.append((byte) b);
  }

  /**
   * A character in a term: three bytes, all above those of letters and signs, so that a small
   * machine tells the one from the other.
   */
  static int[] bytes(int codePoint) {
    return new int[] {
      0x80 | (codePoint >> 14), 0x80 | ((codePoint >> 7) & 0x7F), 0x80 | (codePoint & 0x7F)
    };
  }

  /**
   * The name from one symbol on as plain letters, for finding mistyped ones: with the usual
   * readings, and once for each other reading of one character.
   */
  List<String> letters(int first) {
    List<Symbol> rest = symbols.subList(first, Math.min(symbols.size(), first + TERM_SYMBOLS));
    List<String> spellings = new ArrayList<>();
    spellings.add(spell(rest, -1, 0));
    for (int i = 0; i < rest.size(); i++)
      for (int reading = 1; reading < rest.get(i).readings().size(); reading++)
        spellings.add(spell(rest, i, reading));
    return spellings;
  }

  private static String spell(List<Symbol> symbols, int other, int reading) {
    StringBuilder letters = new StringBuilder();
    for (int i = 0; i < symbols.size(); i++) {
      Symbol symbol = symbols.get(i);
      if (symbol.readings().isEmpty()) letters.appendCodePoint(symbol.codePoint());
      else letters.append(symbol.readings().get(i == other ? reading : 0));
    }
    return letters.toString();
  }
}
