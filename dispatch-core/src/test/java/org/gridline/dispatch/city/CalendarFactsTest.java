package org.gridline.dispatch.city;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The form of the package's file, by a few of its days. */
class CalendarFactsTest {
  private static final String JSON =
      """
      {"holidays": {"2026-04-04": "Tomb-sweeping Day,清明,1", "2026-01-01": "New Year's Day,元旦,1",
                    "2025-02-01": "Spring Festival,春节,4", "2026-10-01": "National Day,国庆节,3"},
       "workdays": {"2026-01-04": "New Year's Day,元旦,1"},
       "inLieuDays": {"2026-01-02": "New Year's Day,元旦,1"}}
      """;

  @Test
  void days_come_in_order_with_both_names() throws IOException {
    assertThat(CalendarFacts.csv(JSON, 2026, 2026))
        .isEqualTo(
            """
            date,kind,name_zh,name_en
            2026-01-01,holiday,元旦,New Year's Day
            2026-01-04,workday,元旦调休上班,New Year's Day (shifted workday)
            2026-04-04,holiday,清明节,Tomb-sweeping Day
            2026-10-01,holiday,国庆节,National Day
            """);
    assertThat(CalendarFacts.csv(JSON, 2025, 2026)).contains("2025-02-01,holiday,春节");
  }

  @Test
  void a_year_that_is_not_there_and_another_file_are_refused() {
    assertThatThrownBy(() -> CalendarFacts.csv(JSON, 2026, 2027)).hasMessageContaining("2027");
    assertThatThrownBy(() -> CalendarFacts.csv("{}", 2026, 2026))
        .hasMessageContaining("no chinese");
    assertThatThrownBy(() -> CalendarFacts.csv(JSON, 2027, 2026)).hasMessageContaining("FROM-YEAR");
    assertThatThrownBy(() -> CalendarFacts.csv(JSON.replace("节,3", "节"), 2026, 2026))
        .hasMessageContaining("unknown form");
  }
}
