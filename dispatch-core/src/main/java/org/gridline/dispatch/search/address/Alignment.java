package org.gridline.dispatch.search.address;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gridline.dispatch.place.Addresses.Span;
import org.gridline.dispatch.search.address.Name.Symbol;

/**
 * Lays what was typed over a name and says how well it fits and where. Follows the same rules as
 * {@link TypedAutomaton}, which only says whether.
 *
 * @param quality 0 to 1: characters themselves are worth most, then full pinyin, then initials
 * @param start first symbol that fits
 * @param matched how many symbols fit
 */
record Alignment(double quality, int start, int matched, List<Span> spans) {
  private static final double CHARACTER = 1;
  private static final double WORD = 1;
  private static final double FULL_PINYIN = 0.9;
  private static final double BEGINNING = 0.8;
  private static final double INITIAL = 0.7;

  Alignment {
    spans = List.copyOf(spans);
  }

  /** The best way to read the typed text as a part of the name; empty when there is none. */
  static Optional<Alignment> of(Typed typed, Name name) {
    Optional<Alignment> best = Optional.empty();
    Search search = new Search(typed, name.symbols());
    for (int start = 0; start < name.symbols().size(); start++) {
      double sum = search.best(start, 0);
      if (sum < 0) continue;
      Alignment found = search.alignment(start, sum);
      if (best.isEmpty() || found.score(name) > best.get().score(name)) best = Optional.of(found);
    }
    return best;
  }

  /** 0 to 1: whole names before parts, beginnings before middles. */
  double score(Name name) {
    double covered = (double) matched / name.symbols().size();
    return quality * (0.5 + 0.5 * covered) * (start == 0 ? 1 : 0.85);
  }

  /** Joins neighbours, so that a page marks a piece and not its characters. */
  static List<Span> spans(Name name, int first, int end) {
    List<Span> spans = new ArrayList<>();
    for (int i = first; i < end; i++) add(spans, name.symbols().get(i));
    return spans;
  }

  private static void add(List<Span> spans, Symbol symbol) {
    if (!spans.isEmpty() && spans.getLast().to() == symbol.from()) {
      spans.set(spans.size() - 1, new Span(spans.getLast().from(), symbol.to()));
    } else {
      spans.add(new Span(symbol.from(), symbol.to()));
    }
  }

  /** Finds the reading with the highest sum of symbol qualities; each state is looked at once. */
  private static final class Search {
    private static final double UNKNOWN = -2;
    private static final double NO = -1;
    private final Typed typed;
    private final List<Symbol> symbols;
    private final double[][] sums;
    private final int[][] taken;

    Search(Typed typed, List<Symbol> symbols) {
      this.typed = typed;
      this.symbols = symbols;
      this.sums = new double[symbols.size() + 1][typed.size() + 1];
      this.taken = new int[symbols.size() + 1][typed.size() + 1];
      for (double[] row : sums) java.util.Arrays.fill(row, UNKNOWN);
    }

    /** The sum from this symbol and typed position on, or {@link #NO}. */
    double best(int symbol, int at) {
      if (at == typed.size()) return 0;
      if (symbol == symbols.size()) return NO;
      if (sums[symbol][at] != UNKNOWN) return sums[symbol][at];
      sums[symbol][at] = NO;
      if (typed.symbols()[at] == ' ') {
        // A blank may skip symbols, even none.
        double here = best(symbol, at + 1);
        double skipped = best(symbol + 1, at);
        sums[symbol][at] = Math.max(here, skipped);
        taken[symbol][at] = here >= skipped ? 1 : 0;
        return sums[symbol][at];
      }
      Symbol s = symbols.get(symbol);
      if (s.codePoint() == typed.symbols()[at]) take(symbol, at, 1, CHARACTER);
      for (String reading : s.readings()) read(symbol, at, reading);
      return sums[symbol][at];
    }

    private void read(int symbol, int at, String reading) {
      int most = Math.min(reading.length(), typed.size() - at);
      for (int n = 1; n <= most; n++) {
        if (reading.charAt(n - 1) != typed.symbols()[at + n - 1]) return;
        boolean last = at + n == typed.size() || typed.symbols()[at + n] == ' ';
        boolean word = symbols.get(symbol).codePoint() == Name.WORD;
        if (n == reading.length()) take(symbol, at, n, word ? WORD : FULL_PINYIN);
        else if (last && n > 1) take(symbol, at, n, BEGINNING);
        else if (last || typed.initial(at + n, n)) take(symbol, at, n, INITIAL);
      }
    }

    private void take(int symbol, int at, int typedSymbols, double quality) {
      double rest = best(symbol + 1, at + typedSymbols);
      if (rest == NO || rest + quality <= sums[symbol][at]) return;
      sums[symbol][at] = rest + quality;
      taken[symbol][at] = typedSymbols;
    }

    Alignment alignment(int start, double sum) {
      List<Span> spans = new ArrayList<>();
      int matched = 0;
      int symbol = start;
      int at = 0;
      while (at < typed.size()) {
        int n = taken[symbol][at];
        if (typed.symbols()[at] == ' ') {
          if (n == 0) symbol++;
          at += n;
          continue;
        }
        add(spans, symbols.get(symbol++));
        matched++;
        at += n;
      }
      return new Alignment(sum / matched, start, matched, spans);
    }
  }
}
