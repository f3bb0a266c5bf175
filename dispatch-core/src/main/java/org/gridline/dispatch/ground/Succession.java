package org.gridline.dispatch.ground;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What became of area codes, over all versions that ever held. Immutable.
 *
 * <p>Whoever may see an area's tickets sees those of its heirs: areas that lie wholly on its
 * ground, and, when its code is gone, those that took over at least half of it or consist of it for
 * at least half. The other way round, an area stands for an older one that went into it wholly (a
 * merger, a new number). A part of a split area does not stand for the whole of it: older tickets
 * of the whole stay with those who see the old code or the level above. A boundary that moved a
 * little makes nobody an heir.
 */
public final class Succession {
  /** Surveys of the same line differ by some percent of a small area; less than all is still it. */
  private static final double WHOLE = 0.95;

  private static final double HALF = 0.5;

  /** Ground that nothing ever happened to. */
  public static final Succession NONE = new Succession(List.of());

  private final Map<String, List<Step>> heirs = new HashMap<>();
  private final Map<String, List<Step>> ancestors = new HashMap<>();

  /** Something that happened, in the order of the versions. */
  public record Step(long serial, Heritage heritage) {}

  private record Reached(String code, long serial) {}

  public Succession(List<Step> steps) {
    for (Step step : steps) {
      Heritage h = step.heritage();
      if (h.oldCode().equals(h.newCode())) continue;
      boolean half = h.shareOfOld() >= HALF || h.shareOfNew() >= HALF;
      if (h.shareOfNew() >= WHOLE || (!h.oldStays() && half))
        heirs.computeIfAbsent(h.oldCode(), c -> new ArrayList<>()).add(step);
      if (h.shareOfOld() >= WHOLE)
        ancestors.computeIfAbsent(h.newCode(), c -> new ArrayList<>()).add(step);
    }
  }

  /** The codes themselves, their heirs, and the older codes that they stand for; sorted. */
  public Set<String> follow(Collection<String> codes) {
    Set<String> all = new TreeSet<>(codes);
    for (String code : codes) {
      forward(code, all);
      backward(code, all);
    }
    return all;
  }

  /** Only what came later counts, so a code that is used again does not inherit from itself. */
  private void forward(String code, Set<String> all) {
    ArrayDeque<Reached> open = new ArrayDeque<>(List.of(new Reached(code, Long.MIN_VALUE)));
    Set<Reached> seen = new HashSet<>();
    while (!open.isEmpty()) {
      Reached at = open.pop();
      for (Step step : heirs.getOrDefault(at.code(), List.of())) {
        Reached next = new Reached(step.heritage().newCode(), step.serial());
        if (step.serial() > at.serial() && seen.add(next)) {
          all.add(next.code());
          open.push(next);
        }
      }
    }
  }

  private void backward(String code, Set<String> all) {
    ArrayDeque<Reached> open = new ArrayDeque<>(List.of(new Reached(code, Long.MAX_VALUE)));
    Set<Reached> seen = new HashSet<>();
    while (!open.isEmpty()) {
      Reached at = open.pop();
      for (Step step : ancestors.getOrDefault(at.code(), List.of())) {
        Reached next = new Reached(step.heritage().oldCode(), step.serial());
        if (step.serial() < at.serial() && seen.add(next)) {
          all.add(next.code());
          open.push(next);
        }
      }
    }
  }
}
