package org.gridline.dispatch.search.address;

import java.util.List;
import java.util.Optional;
import org.gridline.dispatch.place.Addresses.Span;

/**
 * How a mistyped text fits a name: one letter too many, missing, wrong or swapped with its
 * neighbour, or one wrong character.
 *
 * @param start first symbol of the name that is meant
 * @param matched how many symbols are meant
 * @param homophone whether the wrong character sounds like the right one
 */
record NearMiss(int start, int matched, boolean homophone, List<Span> spans) {
  /** Below every match without a mistake of the same length. */
  private static final double WORTH = 0.55;

  private static final double SOUNDS_RIGHT = 0.62;

  NearMiss {
    spans = List.copyOf(spans);
  }

  double score(Name name) {
    double covered = (double) matched / name.symbols().size();
    return (homophone ? SOUNDS_RIGHT : WORTH) * (0.5 + 0.5 * covered) * (start == 0 ? 1 : 0.85);
  }

  /** Letters against the beginning of the name's pinyin from some symbol on. */
  static Optional<NearMiss> ofLetters(int[] letters, Name name) {
    for (int start = 0; start < name.symbols().size(); start++) {
      for (String spelling : name.letters(start)) {
        int end = prefixWithinOne(letters, spelling.codePoints().toArray());
        if (end < 0) continue;
        int symbols = symbolsIn(name, start, end);
        return Optional.of(
            new NearMiss(start, symbols, false, Alignment.spans(name, start, start + symbols)));
      }
    }
    return Optional.empty();
  }

  private static int symbolsIn(Name name, int start, int letters) {
    int rest = letters;
    int symbols = 0;
    while (rest > 0 && start + symbols < name.symbols().size()) {
      List<String> readings = name.symbols().get(start + symbols).readings();
      rest -= readings.isEmpty() ? 1 : readings.getFirst().length();
      symbols++;
    }
    return symbols;
  }

  /** Characters against the name's characters: one of them may be another. */
  static Optional<NearMiss> ofCharacters(int[] typed, Name name) {
    Optional<NearMiss> best = Optional.empty();
    int[] all = name.symbols().stream().mapToInt(Name.Symbol::codePoint).toArray();
    for (int start = 0; start < all.length; start++) {
      int length = Math.min(all.length - start, typed.length + 1);
      int[] part = java.util.Arrays.copyOfRange(all, start, start + length);
      int end = prefixWithinOne(typed, part);
      if (end < 1) continue;
      boolean sounds = end == typed.length && sounds(typed, name, start);
      NearMiss miss = new NearMiss(start, end, sounds, Alignment.spans(name, start, start + end));
      if (best.isEmpty() || miss.score(name) > best.get().score(name)) best = Optional.of(miss);
    }
    return best;
  }

  private static boolean sounds(int[] typed, Name name, int start) {
    for (int i = 0; i < typed.length; i++) {
      Name.Symbol symbol = name.symbols().get(start + i);
      boolean same =
          symbol.codePoint() == typed[i]
              || Readings.of(typed[i]).stream().anyMatch(symbol.readings()::contains);
      if (!same) return false;
    }
    return true;
  }

  /**
   * The length of the beginning of {@code text} that lies at most one edit (a swap of neighbours is
   * one) from {@code wanted}: the same length if possible; -1 when there is none.
   */
  static int prefixWithinOne(int[] wanted, int[] text) {
    int n = wanted.length;
    int same = 0;
    while (same < n && same < text.length && wanted[same] == text[same]) same++;
    if (same == n) return n;
    if (text.length >= n && rest(wanted, same + 1, text, same + 1)) return n;
    if (same + 1 < n
        && same + 1 < text.length
        && wanted[same] == text[same + 1]
        && wanted[same + 1] == text[same]
        && text.length >= n
        && rest(wanted, same + 2, text, same + 2)) return n;
    if (rest(wanted, same + 1, text, same)) return n - 1;
    if (rest(wanted, same, text, same + 1)) return n + 1;
    return -1;
  }

  private static boolean rest(int[] wanted, int from, int[] text, int at) {
    if (text.length - at < wanted.length - from) return false;
    for (int i = from; i < wanted.length; i++) if (wanted[i] != text[at + i - from]) return false;
    return true;
  }
}
