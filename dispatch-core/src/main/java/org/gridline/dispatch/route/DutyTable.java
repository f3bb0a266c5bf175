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
 * an area over one for everywhere (finer areas over coarser ones).
 */
public final class DutyTable {
  private final Map<String, List<DutyRule>> byKindAndPrefix = new HashMap<>();

  public DutyTable(List<DutyRule> rules) {
    for (DutyRule rule : rules) {
      byKindAndPrefix
          .computeIfAbsent(rule.kind() + ":" + rule.category(), k -> new ArrayList<>())
          .add(rule);
    }
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
    for (int length = 0; length <= category.code().length(); length++) {
      String prefix = category.kind() + ":" + category.code().substring(0, length);
      for (DutyRule rule : byKindAndPrefix.getOrDefault(prefix, List.of())) {
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
