package org.gridline.dispatch.route;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.gridline.dispatch.classify.CategoryKey;

/**
 * The duty rules of a pack. Higher priority wins, then the longer category prefix, then a rule for
 * an area over one for everywhere (finer areas over coarser ones). Thread-safe; rulings may be
 * changed while others read.
 */
public final class DutyTable {
  private final List<DutyRule> written;
  private volatile Map<String, List<DutyRule>> byKindAndPrefix;

  public DutyTable(List<DutyRule> rules) {
    written = List.copyOf(rules);
    byKindAndPrefix = sorted(written);
  }

  /** From now on these rulings of the command centre hold beside the pack's rules. */
  public void follow(List<DutyRule> rulings) {
    List<DutyRule> all = new ArrayList<>(written);
    all.addAll(rulings);
    byKindAndPrefix = sorted(all);
  }

  private static Map<String, List<DutyRule>> sorted(List<DutyRule> rules) {
    Map<String, List<DutyRule>> sorted = new HashMap<>();
    for (DutyRule rule : rules) {
      sorted.computeIfAbsent(rule.kind() + ":" + rule.category(), k -> new ArrayList<>()).add(rule);
    }
    return sorted;
  }

  /** All rules, for whoever checks them against something else. */
  public List<DutyRule> list() {
    return byKindAndPrefix.values().stream().flatMap(List::stream).toList();
  }

  /**
   * The rules that win together; more than one means that people must decide.
   *
   * @param areas the codes that contain the place, coarse to fine
   */
  public List<DutyRule> winners(CategoryKey category, List<String> areas, LocalDate day) {
    List<DutyRule> fitting = new ArrayList<>();
    Map<String, List<DutyRule>> rules = byKindAndPrefix;
    for (int length = 0; length <= category.code().length(); length++) {
      String prefix = category.kind() + ":" + category.code().substring(0, length);
      for (DutyRule rule : rules.getOrDefault(prefix, List.of())) {
        if (rule.holdsOn(day) && (rule.area().isEmpty() || areas.contains(rule.area())))
          fitting.add(rule);
      }
    }
    Comparator<DutyRule> strength =
        Comparator.comparingInt(DutyRule::priority)
            .thenComparingInt(r -> r.category().length())
            .thenComparingInt(r -> areas.indexOf(r.area()));
    return fitting.stream()
        .max(strength)
        .map(best -> fitting.stream().filter(r -> strength.compare(r, best) == 0).toList())
        .orElse(List.of());
  }
}
