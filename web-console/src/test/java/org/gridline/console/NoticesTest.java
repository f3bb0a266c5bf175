package org.gridline.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gridline.console.Answers.assertProblem;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.gridline.dispatch.store.TestDatabase;
import org.junit.jupiter.api.Test;

/**
 * The bell: told to those whom the rule names and who may see the ticket, until one acknowledges.
 */
class NoticesTest {
  private final Town town = Town.shared();

  @Test
  void the_owning_unit_and_the_one_above_hear_of_a_missed_deadline_and_nobody_else()
      throws SQLException {
    JsonNode ticket = overdue();
    String unit = ticket.path("owner").path("unit").asText();
    String handler = town.handlerOf(unit);
    JsonNode notice = about(ticket, handler, "clockOverdue");
    assertThat(notice.path("ticket").path("number").asText())
        .isEqualTo(ticket.path("number").asText());
    assertThat(notice.path("clock").asText()).isEqualTo("sign");
    assertThat(notice.path("occasionName").path("zh").asText()).isEqualTo("已超时");
    assertThat(notice.path("acknowledged").isNull()).isTrue();
    for (String other : List.of("checker1", "maqun1", "operator1", "sysadmin1", "auditor1")) {
      assertThat(notices(other, "all").findValuesAsText("number"))
          .as(other)
          .doesNotContain(ticket.path("number").asText());
      assertProblem(acknowledge(other, notice), 404, "not_found", "");
    }
    assertThat(town.send(town.request("/api/v1/notices")).statusCode()).isEqualTo(401);
    assertThat(
            town.get("inspector1", "/api/v1/tickets/" + ticket.path("id").asText() + "/events")
                .body())
        .contains("ClockOverdue");
  }

  @Test
  void one_acknowledges_for_all_and_the_first_stays() throws SQLException {
    JsonNode ticket = overdue();
    String handler = town.handlerOf(ticket.path("owner").path("unit").asText());
    JsonNode notice = about(ticket, handler, "clockOverdue");
    int open = notices(handler, "open").path("open").asInt();
    JsonNode seen = Town.json(acknowledge(handler, notice));
    assertThat(seen.path("acknowledged").path("name").asText()).isNotBlank();
    assertThat(Town.json(acknowledge(handler, notice)).path("acknowledged"))
        .isEqualTo(seen.path("acknowledged"));
    assertThat(notices(handler, "open").path("open").asInt()).isEqualTo(open - 1);
    assertThat(notices(handler, "open").findValuesAsText("id"))
        .doesNotContain(notice.path("id").asText());
  }

  @Test
  void a_dispatched_ticket_is_told_to_its_unit_and_is_over_once_somebody_signed()
      throws SQLException {
    JsonNode ticket = overdue();
    String unit = ticket.path("owner").path("unit").asText();
    String handler = town.handlerOf(unit);
    JsonNode notice = about(ticket, handler, "dispatched");
    assertThat(notice.path("occasionName").path("zh").asText()).isEqualTo("新派工单");
    assertThat(notice.path("reminders").asInt()).isZero();
    assertThat(notice.path("overAt").isNull()).isTrue();
    int version =
        Town.json(town.get(handler, "/api/v1/tickets/" + ticket.path("id").asText()))
            .path("version")
            .asInt();
    assertThat(
            town.post(
                    handler,
                    "/api/v1/tickets/" + ticket.path("id").asText() + "/actions",
                    "{\"action\":\"sign\",\"version\":" + version + "}")
                .statusCode())
        .isEqualTo(200);
    Await.until(
        () ->
            !notices(handler, "open").findValuesAsText("id").contains(notice.path("id").asText()));
    for (JsonNode one : notices(handler, "all").path("notices")) {
      if (one.path("id").equals(notice.path("id")))
        assertThat(one.path("overAt").isNull()).isFalse();
    }
  }

  @Test
  void a_form_that_was_open_while_the_clock_turned_red_still_goes_through() throws SQLException {
    JsonNode ticket = overdue();
    String handler = town.handlerOf(ticket.path("owner").path("unit").asText());
    about(ticket, handler, "clockOverdue");
    String actions = "/api/v1/tickets/" + ticket.path("id").asText() + "/actions";
    String seen = ",\"version\":" + ticket.path("version").asInt() + "}";
    assertThat(town.post(handler, actions, "{\"action\":\"sign\"" + seen).statusCode())
        .isEqualTo(200);
    assertProblem(
        town.post(
            handler,
            actions,
            "{\"action\":\"feedback\",\"result\":\"solved\",\"words\":\"好了\"" + seen),
        409,
        "version_conflict",
        "");
  }

  @Test
  void an_address_is_one_s_own_and_one_that_the_house_can_write_to() {
    assertThat(
            Town.json(town.get("checker1", "/api/v1/account/notice-address"))
                .path("email")
                .isNull())
        .isTrue();
    for (String bad : List.of("a@b.cn", "nobody", "a@b.cn\\r\\nRCPT TO:<x@y>"))
      assertProblem(
          town.post("checker1", "/api/v1/account/notice-address", "{\"email\":\"" + bad + "\"}"),
          422,
          "value_refused",
          "email");
    assertThat(
            town.post("checker1", "/api/v1/account/notice-address", "{\"email\":null}")
                .statusCode())
        .isEqualTo(200);
    assertProblem(
        town.post("checker1", "/api/v1/account/notice-address", "{\"user\":1}"),
        400,
        "invalid_request",
        "user");
    assertThat(town.send(town.request("/api/v1/account/notice-address")).statusCode())
        .isEqualTo(401);
  }

  @Test
  void pages_follow_each_other_and_garbage_is_refused() throws SQLException {
    JsonNode ticket = overdue();
    String handler = town.handlerOf(ticket.path("owner").path("unit").asText());
    about(ticket, handler, "clockOverdue");
    JsonNode first = Town.json(town.get(handler, "/api/v1/notices?state=all&limit=1"));
    assertThat(first.path("notices")).hasSize(1);
    JsonNode second =
        Town.json(
            town.get(
                handler,
                "/api/v1/notices?state=all&limit=1&cursor=" + first.path("next").asText()));
    assertThat(second.path("notices").get(0).path("id").asLong())
        .isLessThan(first.path("notices").get(0).path("id").asLong());
    for (String bad : List.of("state=mine", "limit=0", "limit=101", "limit=1.5", "limit=x"))
      assertProblem(
          town.get(handler, "/api/v1/notices?" + bad),
          400,
          "invalid_request",
          bad.substring(0, bad.indexOf('=')));
    for (String bad : List.of("'%20OR%201=1", "-1", "99999999999999999999", "1.5"))
      assertProblem(
          town.get(handler, "/api/v1/notices?cursor=" + bad), 400, "invalid_request", "cursor");
    for (String bad : List.of("0", "-5", "abc", "4503599627370496"))
      assertProblem(
          town.post(handler, "/api/v1/notices/" + bad + "/acknowledge", "{}"),
          404,
          "not_found",
          "");
  }

  @Test
  void an_operator_sees_that_clocks_fire() throws SQLException {
    JsonNode ticket = overdue();
    about(ticket, town.handlerOf(ticket.path("owner").path("unit").asText()), "clockOverdue");
    assertThat(town.send(town.request("/metrics")).body())
        .contains("gridline_timers_fired_total{step=\"due\"}")
        .contains("gridline_timers_lag_seconds_bucket")
        .contains("gridline_timers_pending")
        .contains("gridline_timers_aside 0.0")
        .contains("gridline_timers_held_seconds 0.0");
  }

  /** A ticket whose time to sign is over, with clocks that passed after it was taken. */
  private JsonNode overdue() throws SQLException {
    JsonNode ticket = Town.json(town.report("operator1", Said.lamp().toString()));
    try (Connection c = TestDatabase.connectTo(town.databaseUrl());
        Statement s = c.createStatement()) {
      s.execute(
          "UPDATE deadline SET warn_at = clock_timestamp(), due_at = clock_timestamp() + interval"
              + " '200 ms' WHERE clock = 'sign' AND ticket_id = "
              + ticket.path("id").asLong());
    }
    return ticket;
  }

  /** Waits until it is there; quiet hours are over for it. */
  private JsonNode about(JsonNode ticket, String user, String occasion) {
    String number = ticket.path("number").asText();
    Await.until(
        () -> {
          try (Connection c = TestDatabase.connectTo(town.databaseUrl());
              Statement s = c.createStatement()) {
            return s.executeUpdate(
                    """
                    UPDATE notice SET shown_at = created_at WHERE ticket_id = %1$d
                       AND EXISTS (SELECT FROM notice WHERE ticket_id = %1$d AND occasion = 'clockOverdue')
                       AND EXISTS (SELECT FROM notice WHERE ticket_id = %1$d AND occasion = 'dispatched')
                    """
                        .formatted(ticket.path("id").asLong()))
                > 0;
          } catch (SQLException e) {
            throw new IllegalStateException(e);
          }
        });
    for (JsonNode notice : notices(user, "open").path("notices")) {
      if (notice.path("ticket").path("number").asText().equals(number)
          && notice.path("occasion").asText().equals(occasion)) return notice;
    }
    throw new AssertionError(user + " was not told of " + number);
  }

  private JsonNode notices(String user, String state) {
    return Town.json(town.get(user, "/api/v1/notices?limit=100&state=" + state));
  }

  private HttpResponse<String> acknowledge(String user, JsonNode notice) {
    return town.post(user, "/api/v1/notices/" + notice.path("id").asText() + "/acknowledge", "{}");
  }
}
