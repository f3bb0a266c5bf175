package org.gridline.dispatch.search.address;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.lucene.util.automaton.Automaton;
import org.apache.lucene.util.automaton.Transition;

/**
 * A machine over bytes under construction that accepts whatever begins in one of its ways. It may
 * be in several states at once; making it plain is quick since nothing after an accepting state
 * matters. Lucene's own way follows all states to the end, which took 30 ms for a few syllables.
 */
final class Beginnings {
  private static final int MOST_STATES = 600;
  private static final int LAST_BYTE = 0xFF;

  private final List<List<Step>> steps = new ArrayList<>();
  private final BitSet accepting = new BitSet();

  private record Step(int low, int high, int to) {}

  /** Whatever begins with something that this machine, which is plain, accepts. */
  static Beginnings of(Automaton machine) {
    Beginnings all = new Beginnings();
    for (int state = 0; state < machine.getNumStates(); state++) all.createState();
    Transition step = new Transition();
    for (int state = 0; state < machine.getNumStates(); state++) {
      if (machine.isAccept(state)) all.accept(state);
      int count = machine.initTransition(state, step);
      for (int i = 0; i < count; i++) {
        machine.getNextTransition(step);
        all.add(state, step.dest, step.min, step.max);
      }
    }
    return all;
  }

  int createState() {
    steps.add(new ArrayList<>());
    return steps.size() - 1;
  }

  void add(int from, int to, int symbol) {
    add(from, to, symbol, symbol);
  }

  void add(int from, int to, int low, int high) {
    steps.get(from).add(new Step(low, high, to));
  }

  /** Here the beginning ends, and anything may follow. */
  void accept(int state) {
    accepting.set(state);
  }

  /** In one state at a time, from state 0; empty when that would take too many. */
  Optional<Automaton> plain() {
    Automaton.Builder plain = new Automaton.Builder();
    int start = plain.createState();
    int end = plain.createState();
    plain.setAccept(end, true);
    plain.addTransition(end, end, 0, LAST_BYTE);
    Map<BitSet, Integer> known = new HashMap<>();
    Deque<BitSet> open = new ArrayDeque<>();
    BitSet first = new BitSet();
    first.set(0);
    known.put(first, start);
    open.add(first);
    while (!open.isEmpty()) {
      if (known.size() > MOST_STATES) return Optional.empty();
      BitSet from = open.remove();
      int state = known.getOrDefault(from, start);
      List<Step> all = from.stream().boxed().flatMap(s -> steps.get(s).stream()).toList();
      TreeSet<Integer> cuts = new TreeSet<>();
      for (Step step : all) {
        cuts.add(step.low());
        cuts.add(step.high() + 1);
      }
      for (int low : cuts) {
        Integer next = cuts.higher(low);
        if (next == null) break;
        BitSet to = new BitSet();
        for (Step step : all) if (step.low() <= low && step.high() >= low) to.set(step.to());
        if (to.isEmpty()) continue;
        int target = end;
        if (!to.intersects(accepting)) {
          Integer seen = known.get(to);
          if (seen == null) {
            seen = plain.createState();
            known.put(to, seen);
            open.add(to);
          }
          target = seen;
        }
        plain.addTransition(state, target, low, next - 1);
      }
    }
    return Optional.of(plain.finish());
  }
}
