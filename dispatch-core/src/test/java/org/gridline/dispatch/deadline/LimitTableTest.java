package org.gridline.dispatch.deadline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.gridline.dispatch.classify.CategoryKey;
import org.gridline.dispatch.deadline.TimeLimit.LimitUnit;
import org.junit.jupiter.api.Test;

/** Which row of the limits counts: compared with reading all of them. */
class LimitTableTest {
  private static final List<String> TYPES = List.of("", "help", "complaint");
  private static final List<String> URGENCIES = List.of("", "normal", "critical");
  private static final List<String> CODES = List.of("", "0", "06", "060", "06010", "07", "07001");

  @Test
  void the_most_specific_row_wins_whatever_the_table() {
    Random random = new Random(11);
    for (int table = 0; table < 300; table++) {
      List<TimeLimit> rows = new ArrayList<>();
      for (int i = 0; i < random.nextInt(40); i++) {
        String kind = any(random, List.of("", "event", "SQ"));
        rows.add(
            new TimeLimit(
                any(random, List.of(Clock.HANDLE, Clock.SIGN)),
                any(random, TYPES),
                kind,
                kind.isEmpty() ? "" : any(random, CODES),
                any(random, URGENCIES),
                1 + i,
                LimitUnit.WH,
                "row " + i));
      }
      LimitTable indexed = new LimitTable(rows);
      for (int i = 0; i < 100; i++) {
        Clock clock = any(random, List.of(Clock.HANDLE, Clock.SIGN, Clock.CHECK));
        String type = any(random, List.of("help", "complaint", "praise"));
        String urgency = any(random, List.of("normal", "critical", "urgent"));
        Optional<CategoryKey> category =
            random.nextInt(5) == 0
                ? Optional.empty()
                : Optional.of(
                    new CategoryKey(
                        any(random, List.of("event", "SQ")),
                        any(random, List.of("06010", "06011", "07001", "09001"))));
        assertThat(indexed.find(clock, type, category, urgency))
            .isEqualTo(readAll(rows, clock, type, category, urgency));
      }
    }
  }

  private static Optional<TimeLimit> readAll(
      List<TimeLimit> rows,
      Clock clock,
      String type,
      Optional<CategoryKey> category,
      String urgency) {
    return rows.stream()
        .filter(l -> l.clock() == clock)
        .filter(l -> l.type().isEmpty() || l.type().equals(type))
        .filter(l -> l.urgency().isEmpty() || l.urgency().equals(urgency))
        .filter(
            l ->
                l.kind().isEmpty()
                    || category
                        .filter(c -> c.kind().equals(l.kind()) && c.code().startsWith(l.category()))
                        .isPresent())
        .max(
            Comparator.<TimeLimit>comparingInt(
                    l -> l.kind().isEmpty() ? 0 : 1 + l.category().length())
                .thenComparingInt(l -> l.type().isEmpty() ? 0 : 1)
                .thenComparingInt(l -> l.urgency().isEmpty() ? 0 : 1));
  }

  private static <T> T any(Random random, List<T> things) {
    return things.get(random.nextInt(things.size()));
  }
}
