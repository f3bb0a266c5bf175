package org.gridline.dispatch.deadline;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gridline.dispatch.classify.CategoryKey;

/**
 * The limits of a pack. The most specific row wins: category first, then type, then urgency; of two
 * equal ones the earlier. Found by the prefixes of a code, since each clock of each ticket asks.
 */
public final class LimitTable {
  private static final Comparator<TimeLimit> SPECIFIC =
      Comparator.<TimeLimit>comparingInt(l -> l.type().isEmpty() ? 1 : 0)
          .thenComparingInt(l -> l.urgency().isEmpty() ? 1 : 0);

  private final List<TimeLimit> limits;
  private final Map<Place, List<TimeLimit>> byPlace = new HashMap<>();

  /** Where a row stands: a clock, and a prefix of a tree's codes; both empty for no category. */
  private record Place(Clock clock, String kind, String prefix) {}

  public LimitTable(List<TimeLimit> limits) {
    this.limits = List.copyOf(limits);
    for (TimeLimit limit : this.limits) {
      byPlace
          .computeIfAbsent(
              new Place(limit.clock(), limit.kind(), limit.category()), p -> new ArrayList<>())
          .add(limit);
    }
    // A stable order: rows that are as specific stay as they were written.
    byPlace.values().forEach(rows -> rows.sort(SPECIFIC));
  }

  /** The rows as they were written. */
  public List<TimeLimit> limits() {
    return limits;
  }

  public Optional<TimeLimit> find(
      Clock clock, String type, Optional<CategoryKey> category, String urgency) {
    if (category.isPresent()) {
      String code = category.get().code();
      for (int length = code.length(); length >= 0; length--) {
        Place place = new Place(clock, category.get().kind(), code.substring(0, length));
        Optional<TimeLimit> found = find(place, type, urgency);
        if (found.isPresent()) return found;
      }
    }
    return find(new Place(clock, "", ""), type, urgency);
  }

  private Optional<TimeLimit> find(Place place, String type, String urgency) {
    for (TimeLimit limit : byPlace.getOrDefault(place, List.of())) {
      if ((limit.type().isEmpty() || limit.type().equals(type))
          && (limit.urgency().isEmpty() || limit.urgency().equals(urgency))) {
        return Optional.of(limit);
      }
    }
    return Optional.empty();
  }
}
