package org.gridline.dispatch.deadline;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.gridline.dispatch.classify.CategoryKey;

/** The limits of a pack. The most specific row wins: category first, then type, then urgency. */
public record LimitTable(List<TimeLimit> limits) {
  public LimitTable {
    limits = List.copyOf(limits);
  }

  private static final Comparator<TimeLimit> SPECIFIC =
      Comparator.<TimeLimit>comparingInt(l -> l.kind().isEmpty() ? 0 : 1 + l.category().length())
          .thenComparingInt(l -> l.type().isEmpty() ? 0 : 1)
          .thenComparingInt(l -> l.urgency().isEmpty() ? 0 : 1);

  public Optional<TimeLimit> find(
      Clock clock, String type, Optional<CategoryKey> category, String urgency) {
    return limits.stream()
        .filter(l -> l.clock() == clock)
        .filter(l -> l.type().isEmpty() || l.type().equals(type))
        .filter(l -> l.urgency().isEmpty() || l.urgency().equals(urgency))
        .filter(
            l ->
                l.kind().isEmpty()
                    || category
                        .filter(c -> c.kind().equals(l.kind()) && c.code().startsWith(l.category()))
                        .isPresent())
        .max(SPECIFIC);
  }
}
