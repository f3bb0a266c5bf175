package org.gridline.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.time.ZoneId;
import org.gridline.dispatch.store.TestDatabase;
import org.junit.jupiter.api.Test;

/** Figures as somebody at a desk asks for them. */
class IndicatorsTest {
  @Test
  void figures_their_tickets_and_the_table_of_a_period() {
    try (Town town = Town.open(TestDatabase.fresh(), Town.folder())) {
      JsonNode ticket = Town.json(town.report("operator1", Said.lamp().toString()));
      // The city's day may be a day ahead of or behind this machine's.
      String days =
          "?from="
              + LocalDate.now(ZoneId.of("Asia/Shanghai")).minusDays(1)
              + "&to="
              + LocalDate.now(ZoneId.of("Asia/Shanghai")).plusDays(1);
      JsonNode sheet = Town.json(town.get("operator1", "/api/v1/indicators" + days));
      assertThat(sheet.path("tickets").asInt()).isEqualTo(1);
      assertThat(sheet.path("synthetic").asBoolean()).isTrue();
      JsonNode filed = sheet.path("rows").path(0).path("figures").path("filed");
      assertThat(filed.path("denominator").asInt()).isEqualTo(1);
      assertThat(filed.path("value").asDouble()).isEqualTo(1);
      JsonNode drawn =
          Town.json(
              town.get("operator1", "/api/v1/indicators/filed/tickets" + days + "&side=numerator"));
      assertThat(drawn.path("tickets").path(0).path("id").asLong())
          .isEqualTo(ticket.path("id").asLong());

      String csv = town.get("operator1", "/api/v1/indicators" + days + "&format=csv").body();
      assertThat(csv).contains("合成数据", "\"立案率\",\"filed\",\"1\",\"1\",\"0\",\"1.0000\"");
      // Administrators configure, they see no content.
      JsonNode none = Town.json(town.get("sysadmin1", "/api/v1/indicators" + days));
      assertThat(none.path("tickets").asInt()).isZero();

      for (String wrong :
          new String[] {
            "",
            "?from=x&to=y",
            "?from=2026-01-02&to=2026-01-01",
            "?from=2020-01-01&to=2026-01-01",
            days + "&by=colour",
            days + "&by=area",
            days + "&unit=nobody",
            days + "&format=exe"
          }) {
        assertThat(town.get("operator1", "/api/v1/indicators" + wrong).statusCode())
            .as(wrong)
            .isEqualTo(400);
      }
      assertThat(town.get("operator1", "/api/v1/indicators/nothing/tickets" + days).statusCode())
          .isEqualTo(404);
    }
  }
}
