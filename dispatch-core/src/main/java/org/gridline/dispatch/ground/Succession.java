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
 * merger, a new number). A boundary that moved a little makes nobody an heir. A part of a split
 * area does not stand for the whole of it; its people see those older tickets of the whole that lie
 * in the part, and {@link KeepAreas} finds those.
 *
 * <p>A code means what it means today: one that is used again for other ground inherits nothing
 * from its earlier meaning, nor does anybody come by that meaning to what it is now.
 */
public final class Succession {
  /** Surveys of the same line differ by some percent of a small area; less than all is still it. */
  private static final double WHOLE = 0.95;

  private static final double HALF = 0.5;

  /** Ground that nothing ever happened to. */
  public static final Succession NONE = new Succession(List.of(), AreaMeanings.NONE);

  private final AreaMeanings meanings;
  private final Map<Meaning, List<Next>> heirs = new HashMap<>();
  private final Map<Meaning, List<Next>> ancestors = new HashMap<>();

  /** Something that happened in the version with this serial, in the order of the versions. */
  public record Step(long serial, Heritage heritage) {}

  /** A code, and since which version it means what it means. */
  private record Meaning(String code, long since) {}

  private record Next(Meaning meaning, long serial) {}

  public Succession(List<Step> steps, AreaMeanings meanings) {
    this.meanings = meanings;
    for (Step step : steps) {
      Heritage h = step.heritage();
      if (h.oldCode().equals(h.newCode())) continue;
      Meaning old = new Meaning(h.oldCode(), meanings.before(step.serial(), h.oldCode()));
      Meaning fresh = new Meaning(h.newCode(), meanings.in(step.serial(), h.newCode()));
      boolean half = h.shareOfOld() >= HALF || h.shareOfNew() >= HALF;
      if (h.shareOfNew() >= WHOLE || (!h.oldStays() && half)) add(heirs, old, fresh, step.serial());
      if (h.shareOfOld() >= WHOLE) add(ancestors, fresh, old, step.serial());
    }
  }

  private static void add(Map<Meaning, List<Next>> to, Meaning from, Meaning next, long serial) {
    to.computeIfAbsent(from, m -> new ArrayList<>()).add(new Next(next, serial));
  }

  /** What each code meant when. */
  public AreaMeanings meanings() {
    return meanings;
  }

  /** The codes themselves, their heirs, and the older codes that they stand for; sorted. */
  public Set<String> follow(Collection<String> codes) {
    Set<String> all = new TreeSet<>(codes);
    for (String code : codes) {
      Meaning meant = new Meaning(code, meanings.now(code));
      walk(heirs, new Next(meant, Long.MIN_VALUE), 1, all);
      walk(ancestors, new Next(meant, Long.MAX_VALUE), -1, all);
    }
    return all;
  }

  /**
   * Only what came later counts going forward, and only what came earlier going back.
   *
   * @param direction 1 or -1
   */
  private void walk(Map<Meaning, List<Next>> ways, Next from, int direction, Set<String> all) {
    ArrayDeque<Next> open = new ArrayDeque<>(List.of(from));
    Set<Next> seen = new HashSet<>();
    while (!open.isEmpty()) {
      Next at = open.pop();
      for (Next next : ways.getOrDefault(at.meaning(), List.of())) {
        boolean onwards = Long.compare(next.serial(), at.serial()) == direction;
        if (!onwards || !seen.add(next)) continue;
        open.push(next);
        // Under a code that is used again stand other tickets by now.
        if (next.meaning().since() == meanings.now(next.meaning().code()))
          all.add(next.meaning().code());
      }
    }
  }
}
