package org.gridline.dispatch.search.address;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.lucene.util.automaton.Automaton;

/**
 * Says which {@link Name#terms} begin with what was typed. Each typed Chinese character or digit
 * stands for itself; letters stand for a full reading, an initial, or, at the end and before a
 * blank, for the beginning of a reading; a blank also skips whole symbols. So 尧huamen, yaohm and
 * yhm all find 尧化门, with nothing indexed for each of these mixtures.
 */
final class TypedAutomaton {
  private final Beginnings builder = new Beginnings();
  private final Typed typed;
  private final Map<String, Integer> states = new HashMap<>();

  private TypedAutomaton(Typed typed) {
    this.typed = typed;
  }

  /** Empty when the text is of the kind that no machine of reasonable size can tell. */
  static Optional<Automaton> of(Typed typed) {
    TypedAutomaton machine = new TypedAutomaton(typed);
    machine.start();
    return machine.builder.plain();
  }

  private void start() {
    int start = builder.createState();
    int first = typed.symbols()[0];
    if (Typed.letter(first)) {
      builder.add(start, firstSymbol(1, 1), first);
      return;
    }
    List<String> readings = Readings.of(first);
    for (String reading : readings.isEmpty() ? List.of("") : readings) {
      int at = start;
      for (int i = 0; i < reading.length(); i++) at = step(at, reading.charAt(i));
      at = character(at, first);
      builder.add(at, boundary(1), Name.END);
    }
  }

  private int character(int from, int codePoint) {
    int at = from;
    for (int b : Name.bytes(codePoint)) at = step(at, b);
    return at;
  }

  private int step(int from, int symbol) {
    int next = builder.createState();
    builder.add(from, next, symbol);
    return next;
  }

  /** So many symbols typed, of which the last letters began the first symbol's reading. */
  private int firstSymbol(int at, int letters) {
    int count = Math.min(letters, 3);
    Integer known = states.get("first " + at + " " + count);
    if (known != null) return known;
    int state = builder.createState();
    states.put("first " + at + " " + count, state);
    if (at == typed.size()) {
      anything(state);
      return state;
    }
    int next = typed.symbols()[at];
    if (Typed.letter(next)) builder.add(state, firstSymbol(at + 1, letters + 1), next);
    int character = builder.createState();
    builder.add(character, boundary(at), Name.END);
    nonLetters(state, character);
    if (next == ' ' || typed.initial(at, letters)) {
      int skip = builder.createState();
      letters(state, skip);
      letters(skip, skip);
      nonLetters(skip, character);
    }
    return state;
  }

  /** So many symbols typed, and a symbol of the name has just ended. */
  private int boundary(int at) {
    Integer known = states.get("boundary " + at);
    if (known != null) return known;
    int state = builder.createState();
    states.put("boundary " + at, state);
    boundary(state, at);
    return state;
  }

  private void boundary(int state, int at) {
    if (at == typed.size()) {
      anything(state);
      return;
    }
    int next = typed.symbols()[at];
    if (next == ' ') {
      boundary(state, at + 1);
      int skipped = builder.createState();
      notEnd(state, skipped);
      notEnd(skipped, skipped);
      builder.add(skipped, state, Name.END);
    } else if (Typed.letter(next)) {
      int reading = builder.createState();
      nonLetters(state, reading);
      builder.add(reading, symbol(at + 1, 1), next);
      int other = builder.createState();
      letters(reading, other);
      letters(other, other);
      builder.add(other, reading, Name.OR);
    } else {
      int[] bytes = Name.bytes(next);
      int almost = step(step(state, bytes[0]), bytes[1]);
      builder.add(almost, restOfSymbol(at + 1), bytes[2]);
    }
  }

  /** Like {@link #firstSymbol} within a later symbol, where the readings stand behind. */
  private int symbol(int at, int letters) {
    int count = Math.min(letters, 3);
    Integer known = states.get("symbol " + at + " " + count);
    if (known != null) return known;
    int state = builder.createState();
    states.put("symbol " + at + " " + count, state);
    if (at == typed.size()) {
      anything(state);
      return state;
    }
    int next = typed.symbols()[at];
    if (Typed.letter(next)) builder.add(state, symbol(at + 1, letters + 1), next);
    builder.add(state, boundary(at), Name.END);
    builder.add(state, restOfSymbol(at), Name.OR);
    if (next == ' ' || typed.initial(at, letters)) {
      letters(state, restOfSymbol(at));
    }
    return state;
  }

  /** Skips what is left of a symbol. */
  private int restOfSymbol(int at) {
    Integer known = states.get("rest " + at);
    if (known != null) return known;
    int state = builder.createState();
    states.put("rest " + at, state);
    notEnd(state, state);
    builder.add(state, boundary(at), Name.END);
    return state;
  }

  private void anything(int state) {
    builder.accept(state);
  }

  private void notEnd(int from, int to) {
    builder.add(from, to, 0, Name.END - 1);
    builder.add(from, to, Name.END + 1, 0xFF);
  }

  private void letters(int from, int to) {
    builder.add(from, to, 'a', 'z');
  }

  /** Any character: digits, Chinese ones and the sign for a word. */
  private void nonLetters(int from, int to) {
    int second = builder.createState();
    int third = builder.createState();
    builder.add(from, second, 0x80, 0xFF);
    builder.add(second, third, 0x80, 0xFF);
    builder.add(third, to, 0x80, 0xFF);
  }
}
