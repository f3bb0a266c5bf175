package org.gridline.dispatch.classify;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** All categories of a pack, in the pack's order. */
public final class CategoryTree {
  private final Map<CategoryKey, Category> byKey = new LinkedHashMap<>();
  private final Set<CategoryKey> majors = new HashSet<>();

  /**
   * @throws IllegalArgumentException when a key appears twice or a parent is missing
   */
  public CategoryTree(List<Category> categories) {
    for (Category c : categories) {
      if (byKey.put(c.key(), c) != null)
        throw new IllegalArgumentException("category twice: " + c.key());
    }
    for (Category c : categories) {
      c.parent()
          .map(p -> new CategoryKey(c.key().kind(), p))
          .ifPresent(
              p -> {
                if (!byKey.containsKey(p))
                  throw new IllegalArgumentException("no parent for " + c.key());
                majors.add(p);
              });
    }
  }

  public Optional<Category> find(CategoryKey key) {
    return Optional.ofNullable(byKey.get(key));
  }

  public List<Category> list() {
    return List.copyOf(byKey.values());
  }

  /** Only leaves can be a ticket's category. */
  public boolean leaf(CategoryKey key) {
    return byKey.containsKey(key) && !majors.contains(key);
  }
}
