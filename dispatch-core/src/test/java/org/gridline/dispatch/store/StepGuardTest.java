package org.gridline.dispatch.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.flywaydb.core.Flyway;
import org.gridline.dispatch.people.Scope;
import org.gridline.dispatch.ticket.ActionKind;
import org.gridline.dispatch.ticket.Lifecycle;
import org.gridline.dispatch.ticket.Lifecycle.Row;
import org.gridline.dispatch.ticket.Ticket;
import org.gridline.dispatch.ticket.TicketState;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The database itself refuses a step that the table does not have. */
class StepGuardTest {
  private static String url;
  private static Desk desk;

  @BeforeAll
  static void open() {
    url = TestDatabase.fresh();
    desk = Desk.open(url);
  }

  @AfterAll
  static void close() {
    desk.close();
  }

  @Test
  void the_database_knows_the_same_steps_as_the_table() throws SQLException {
    Set<String> table = new TreeSet<>();
    for (Row row : Lifecycle.rows()) table.add(row.event() + " " + row.from() + " " + row.to());
    Set<String> database = new TreeSet<>();
    try (Connection c = TestDatabase.connectTo(url);
        Statement s = c.createStatement();
        ResultSet all =
            s.executeQuery(
                """
                SELECT k || ' ' || b || ' ' || a FROM unnest(ARRAY[%s]) k, unnest(ARRAY[%s]) b, unnest(ARRAY[%s]) a
                 WHERE legal_step(k, b, a)
                """
                    .formatted(kinds(), states(), states()))) {
      while (all.next()) database.add(all.getString(1));
    }
    assertThat(database).isEqualTo(table);
  }

  @Test
  void the_states_that_count_as_open_are_the_same_too() throws SQLException {
    try (Connection c = TestDatabase.connectTo(url);
        Statement s = c.createStatement()) {
      Ticket ticket = desk.call("小区门口的暴露垃圾没人清,生活垃圾堆在路边很臭", 118.89, 32.12).ticket();
      s.execute("SET session_replication_role = replica");
      for (TicketState state : TicketState.values()) {
        s.execute(
            "UPDATE ticket SET state = '%s', master = %s WHERE id = %d"
                .formatted(state, state == TicketState.MERGED ? "1" : "NULL", ticket.id()));
        try (ResultSet row =
            s.executeQuery("SELECT \"open\" FROM ticket WHERE id = " + ticket.id())) {
          row.next();
          assertThat(row.getBoolean(1)).as(state.name()).isEqualTo(state.open());
        }
      }
      s.execute("UPDATE ticket SET state = 'CLOSED' WHERE id = " + ticket.id());
    }
  }

  @Test
  void nobody_writes_a_state_without_its_event_or_an_event_that_is_no_step() throws SQLException {
    Ticket ticket = desk.call("小区门口的暴露垃圾没人清,生活垃圾堆在路边很臭", 118.89, 32.12).ticket();
    try (Connection c = TestDatabase.connectTo(url);
        Statement s = c.createStatement()) {
      refused(s, "UPDATE ticket SET state = 'CLOSED' WHERE id = " + ticket.id());
      refused(
          s,
          "UPDATE ticket SET state = 'HANDLING', version = version + 1 WHERE id = " + ticket.id());
      refused(s, event(ticket, "TicketClosed", "PENDING_SIGN", "CLOSED"));
      refused(s, event(ticket, "TicketSigned", "REGISTERED", "HANDLING"));
      refused(s, event(ticket, "TicketTeleported", "PENDING_SIGN", "CLOSED"));
      refused(s, event(ticket, "TicketTeleported", null, "CLOSED"));
      // An event of the right step does not help a ticket that claims another one.
      c.setAutoCommit(false);
      s.execute(event(ticket, "TicketSigned", "PENDING_SIGN", "HANDLING"));
      refused(
          s,
          "UPDATE ticket SET state = 'FEEDBACK_REVIEW', version = version + 1 WHERE id = "
              + ticket.id());
      c.rollback();
      c.setAutoCommit(true);
      refused(s, "UPDATE ticket SET unit = NULL, ground = NULL WHERE id = " + ticket.id());
    }
    Ticket stands = desk.database().tickets().get(ticket.id(), new Scope.District());
    assertThat(stands.state()).isEqualTo(ticket.state());
    assertThat(stands.version()).isEqualTo(ticket.version());
    assertThat(stands.owner()).isEqualTo(ticket.owner());
  }

  @Test
  void two_tickets_are_not_merged_into_each_other() throws SQLException {
    Ticket one = desk.call("小区门口的暴露垃圾没人清,生活垃圾堆在路边很臭", 118.89, 32.12).ticket();
    Ticket two = desk.call("小区门口的暴露垃圾没人清,生活垃圾堆在路边很臭", 118.89, 32.12).ticket();
    var operator = desk.person("dispatcher1");
    Ticket merged =
        desk.act(
            one, operator, ActionKind.MERGE, Map.of("master", two.number(), "reason", "同一地点同一问题"));
    assertThat(merged.state()).isEqualTo(TicketState.MERGED);
    assertThatThrownBy(
            () ->
                desk.act(
                    two,
                    operator,
                    ActionKind.MERGE,
                    Map.of("master", one.number(), "reason", "同一地点同一问题")))
        .hasMessageContaining("master must be another ticket");
    try (Connection c = TestDatabase.connectTo(url);
        Statement s = c.createStatement()) {
      refused(
          s,
          "UPDATE ticket SET state = 'MERGED', master = %d, version = version + 1 WHERE id = %d"
              .formatted(one.id(), two.id()));
      refused(
          s,
          "UPDATE ticket SET state = 'MERGED', master = id, version = version + 1 WHERE id = "
              + two.id());
    }
    Ticket again = desk.act(merged, operator, ActionKind.UNDO_MERGE, Map.of("reason", "不是一件事"));
    assertThat(again.state()).isEqualTo(TicketState.PENDING_SIGN);
    assertThat(again.owner()).isEqualTo(one.owner());
    assertThat(again.deadlines()).allMatch(d -> d.pausedAt().isEmpty());
  }

  @Test
  void a_ticket_is_not_merged_into_one_that_ends_in_the_same_statement() throws SQLException {
    Ticket one = desk.call("小区门口的暴露垃圾没人清,生活垃圾堆在路边很臭", 118.89, 32.12).ticket();
    Ticket two = desk.call("小区门口的暴露垃圾没人清,生活垃圾堆在路边很臭", 118.89, 32.12).ticket();
    String merge =
        """
        UPDATE ticket SET version = version + 1, state = CASE id WHEN %1$d THEN 'MERGED' ELSE 'CANCELLED' END,
               master = CASE id WHEN %1$d THEN %2$d END
         WHERE id = ANY ('{%3$s}')
        """;
    try (Connection c = TestDatabase.connectTo(url);
        Statement s = c.createStatement()) {
      c.setAutoCommit(false);
      s.execute(event(one, "TicketMerged", "PENDING_SIGN", "MERGED"));
      s.execute(event(two, "TicketCancelled", "PENDING_SIGN", "CANCELLED"));
      var both = c.setSavepoint();
      String ids = one.id() + "," + two.id();
      assertThatThrownBy(() -> s.execute(merge.formatted(one.id(), two.id(), ids)))
          .hasMessageContaining("a ticket is merged into an open one");
      c.rollback(both);
      assertThat(s.executeUpdate(merge.formatted(one.id(), two.id(), one.id()))).isEqualTo(1);
      c.rollback();
    }
  }

  /** Such a trigger makes every step compute all generated columns of its ticket anew. */
  @Test
  void nothing_runs_before_a_ticket_is_updated() throws SQLException {
    try (Connection c = TestDatabase.connectTo(url);
        Statement s = c.createStatement();
        ResultSet before =
            s.executeQuery(
                "SELECT tgname FROM pg_trigger WHERE tgrelid = 'ticket'::regclass AND tgtype & 19 = 19")) {
      assertThat(before.next()).isFalse();
    }
  }

  @Test
  void a_database_with_tickets_in_it_is_brought_up_to_date() throws SQLException {
    String old = TestDatabase.empty();
    migrate(old, "5");
    try (Connection c = TestDatabase.connectTo(old);
        Statement s = c.createStatement()) {
      s.execute(OLD_TICKETS);
      s.execute(OLD_EVENTS);
    }
    migrate(old, Schema.LATEST_MIGRATION);
    try (Connection c = TestDatabase.connectTo(old);
        Statement s = c.createStatement();
        ResultSet rows =
            s.executeQuery(
                """
                SELECT t.id, t."open", t.flags::text, t.life::text, d.due_at IS NOT NULL AS archived
                  FROM ticket t LEFT JOIN deadline d ON d.ticket_id = t.id AND d.clock = 'archive' ORDER BY t.id
                """)) {
      rows.next();
      assertThat(rows.getBoolean(2)).isTrue();
      assertThat(rows.getString(3)).isEqualTo("{MISDISPATCHED,REWORKED}");
      assertThat(rows.getString(4))
          .contains("\"dispatches\": 2", "\"misdispatches\": 1", "2026-03-04T02:00:00.000000Z");
      assertThat(rows.getBoolean(5)).isFalse();
      rows.next();
      assertThat(rows.getBoolean(2)).isFalse();
      assertThat(rows.getString(4)).contains("\"closedAt\": \"2026-03-05T02:00:00.000000Z\"");
      assertThat(rows.getBoolean(5)).isTrue();
    }
  }

  private static final String OLD_TICKETS =
      """
      INSERT INTO ticket (id, number, state, version, channel, type, urgency, place_flag, boundary_version, area_roles,
        areas, area_names, unit, ground, person_id, words_id, reporter, reworks, returns, revisit_tries, handlers,
        checkers, registered_at, updated_at, head_hash)
      SELECT id, 'X' || id, state, 4, 'phone', 'help', 'normal', 'OK', 'v', '{}', '{}', '{}', 'U', '{}', 1, 1,
        'CALLER', reworks, 0, 0, '{}', '{}', now(), now(), ''
        FROM (VALUES (1, 'HANDLING', 1), (2, 'CLOSED', 0)) AS v(id, state, reworks)
      """;

  private static final String OLD_EVENTS =
      """
      INSERT INTO ticket_event (ticket_id, version, id, kind, at, user_id, state_before, state_after, data, prev_hash, hash)
      VALUES (1, 1, 1, 'TicketDispatched', '2026-03-02 10:00+08', 1, 'PENDING_DISPATCH', 'PENDING_SIGN', '{}', '', 'a'),
             (1, 2, 2, 'ReturnApproved', '2026-03-03 10:00+08', 1, 'RETURN_REVIEW', 'PENDING_DISPATCH', '{}', '', 'b'),
             (1, 3, 3, 'TicketDispatched', '2026-03-04 10:00+08', 1, 'PENDING_DISPATCH', 'PENDING_SIGN', '{}', '', 'c'),
             (2, 1, 4, 'TicketClosed', '2026-03-05 10:00+08', 1, 'PENDING_CLOSE', 'CLOSED', '{}', '', 'd')
      """;

  private static void migrate(String url, String target) {
    var options = io.vertx.pgclient.PgConnectOptions.fromUri(url);
    Flyway.configure()
        .dataSource(
            "jdbc:postgresql://127.0.0.1:" + options.getPort() + "/" + options.getDatabase(),
            options.getUser(),
            options.getPassword())
        .locations("classpath:org/gridline/dispatch/store/migration")
        .table("schema_history")
        .target(target)
        .load()
        .migrate();
  }

  private static void refused(Statement s, String sql) {
    assertThatThrownBy(() -> s.execute(sql))
        .as(sql)
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).startsWith("23"));
  }

  private static String event(
      Ticket ticket, String kind, @org.jspecify.annotations.Nullable String before, String after) {
    return """
    INSERT INTO ticket_event (ticket_id, version, id, kind, at, user_id, state_before, state_after, data, prev_hash, hash)
    VALUES (%d, %d, 1, '%s', now(), 1, %s, '%s', '{}', '', 'x')
    """
        .formatted(
            ticket.id(),
            ticket.version() + 1,
            kind,
            before == null ? "NULL" : "'" + before + "'",
            after);
  }

  private static String kinds() {
    Set<String> kinds = new TreeSet<>();
    for (Row row : Lifecycle.rows()) kinds.add("'" + row.event() + "'");
    return String.join(",", kinds);
  }

  private static String states() {
    Set<String> states = new TreeSet<>();
    for (TicketState state : TicketState.values()) states.add("'" + state + "'");
    return String.join(",", states);
  }
}
