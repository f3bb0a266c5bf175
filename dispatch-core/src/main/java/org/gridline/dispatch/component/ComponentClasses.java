package org.gridline.dispatch.component;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gridline.dispatch.classify.CategoryKey;

/** The component classes of a city; none in a city that keeps no register. Immutable. */
public final class ComponentClasses {
  private final Map<CategoryKey, ComponentClass> byKey = new LinkedHashMap<>();
  private final Map<CategoryKey, List<ComponentClass>> byReport = new HashMap<>();

  /**
   * @throws IllegalArgumentException when a class is there twice
   */
  public ComponentClasses(List<ComponentClass> classes) {
    for (ComponentClass c : classes) {
      if (byKey.put(c.key(), c) != null)
        throw new IllegalArgumentException("class twice: " + c.key().kind() + ":" + c.key().code());
      for (CategoryKey report : c.reports())
        byReport.computeIfAbsent(report, k -> new ArrayList<>()).add(c);
    }
  }

  public Optional<ComponentClass> find(CategoryKey key) {
    return Optional.ofNullable(byKey.get(key));
  }

  /** The class of this code, if one tree of the city alone has it. */
  public Optional<ComponentClass> findByCode(String code) {
    List<ComponentClass> found =
        byKey.values().stream().filter(c -> c.key().code().equals(code)).toList();
    return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
  }

  /** The classes that a report of this category speaks of. */
  public List<ComponentClass> reportedBy(CategoryKey category) {
    return List.copyOf(byReport.getOrDefault(category, List.of()));
  }

  public List<ComponentClass> list() {
    return List.copyOf(byKey.values());
  }
}
