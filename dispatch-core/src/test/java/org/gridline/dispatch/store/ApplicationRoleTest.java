package org.gridline.dispatch.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.gridline.dispatch.ticket.ActionKind;
import org.gridline.dispatch.ticket.Ticket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What whoever has taken over the server can't do, in raw SQL as the server's own role. */
class ApplicationRoleTest {
  private static final String URL = TestDatabase.fresh();
  private static Desk desk;
  private static Connection connection;

  @BeforeAll
  static void somebody_has_the_servers_password() throws SQLException {
    desk = Desk.open(URL);
    Ticket ticket = desk.call("小区门口的暴露垃圾没人清,生活垃圾堆在路边很臭", 118.89, 32.12).ticket();
    var handler = desk.handlerOf(ticket.owner().orElseThrow().unit());
    desk.act(ticket, handler, ActionKind.SIGN, Map.of());
    connection =
        DriverManager.getConnection(
            "jdbc:" + URL.replaceFirst("//[^@]*@", "//"), "gridline_app", "test");
  }

  @AfterAll
  static void close() throws SQLException {
    connection.close();
    desk.close();
  }

  @Test
  void the_server_works_as_this_role_and_knows_it() {
    assertThat(desk.database().guard()).isEqualTo(HistoryGuard.BY_ROLE);
  }

  @Test
  void whoever_owns_the_tables_is_told_that_the_proof_is_weaker() {
    try (Desk owner = Desk.open(TestDatabase.ownerOf(TestDatabase.fresh()))) {
      assertThat(owner.database().guard()).isEqualTo(HistoryGuard.BY_TRIGGER_ONLY);
      assertThat(owner.call("路灯不亮", 118.89, 32.12).ticket().version()).isPositive();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE ticket_event SET data = '{}'",
        "UPDATE ticket_event_2026 SET data = '{}'",
        "DELETE FROM ticket_event",
        "DELETE FROM ticket_event_2026",
        "TRUNCATE ticket_event",
        "TRUNCATE ticket_event_2026",
        "DROP TABLE ticket_event_2026",
        "ALTER TABLE ticket_event DISABLE TRIGGER ALL",
        "ALTER TABLE ticket_event DETACH PARTITION ticket_event_2026",
        "DROP TRIGGER ticket_event_stays ON ticket_event",
        "CREATE TRIGGER mine BEFORE INSERT ON ticket_event FOR EACH ROW EXECUTE FUNCTION history_stays()",
        "CREATE OR REPLACE FUNCTION history_stays() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN OLD; END'",
        "CREATE TABLE public.mine (i int)",
        "SET session_replication_role = replica",
        "SET ROLE gridline",
        "SELECT grant_application('gridline_app')",
        "INSERT INTO ticket_event (ticket_id, version, id, xid, kind, at, user_id, state_after, data, prev_hash, hash)"
            + " SELECT ticket_id, 99, id, '3', kind, at, user_id, state_after, data, prev_hash, hash FROM ticket_event",
        "INSERT INTO event_block SELECT * FROM event_block",
        "UPDATE event_block SET hash = ''",
        "DELETE FROM event_block",
        "UPDATE seal_head SET last_seq = 0",
        "SELECT * FROM seal_head FOR UPDATE",
        "UPDATE access_look SET reason = ''",
        "DELETE FROM access_look",
        "DELETE FROM boundary_event",
        "DELETE FROM component_history",
        "UPDATE component_import SET accepted = 0",
        "DELETE FROM ticket",
        "TRUNCATE ticket CASCADE",
        "UPDATE schema_history SET success = false",
        "ALTER FUNCTION seal_events(int, timestamptz) SECURITY INVOKER"
      })
  void history_can_not_be_touched(String crime) {
    assertThat(run(crime)).isInstanceOf(SQLException.class);
    SQLException refused = (SQLException) run(crime);
    assertThat(refused.getSQLState()).as(refused.getMessage()).isEqualTo("42501");
  }

  /** A table of the same name in front of the real one would make the owner's function seal it. */
  @Test
  void nothing_can_be_put_before_the_real_tables() throws SQLException {
    try (Statement s = connection.createStatement()) {
      s.execute("BEGIN");
      s.execute("CREATE TEMP TABLE seal_head (LIKE public.seal_head)");
      s.execute(
          "INSERT INTO seal_head SELECT true, 'forged', '0', 0, 0, 0, '' FROM public.seal_head");
      s.execute("SELECT seal_events(1000, now())");
      try (var rows = s.executeQuery("SELECT last_block FROM pg_temp.seal_head")) {
        rows.next();
        assertThat(rows.getLong(1)).isZero();
      }
    } finally {
      run("ROLLBACK");
    }
  }

  @Test
  void a_table_of_tomorrow_is_guarded_by_its_own_trigger() throws SQLException {
    try (Connection c = TestDatabase.connectTo(URL);
        Statement s = c.createStatement()) {
      s.execute("CREATE TABLE tomorrow (i int); CREATE TABLE notes (i int)");
      s.execute(
          "CREATE TRIGGER tomorrow_stays BEFORE UPDATE OR DELETE ON tomorrow FOR EACH ROW"
              + " EXECUTE FUNCTION history_stays()");
      s.execute("SELECT grant_application('gridline_app')");
    }
    for (String allowed :
        List.of(
            "INSERT INTO tomorrow VALUES (1)",
            "SELECT * FROM tomorrow",
            "INSERT INTO notes VALUES (1)",
            "UPDATE notes SET i = 2",
            "DELETE FROM notes")) {
      assertThat(run(allowed)).as(allowed).isNull();
    }
    assertThat(run("DELETE FROM tomorrow")).hasMessageContaining("permission denied");
    assertThat(run("UPDATE tomorrow SET i = 2")).hasMessageContaining("permission denied");
  }

  @SuppressWarnings("NullAway") // null is how the tool says that nothing was thrown
  private static Throwable run(String sql) {
    return catchThrowable(
        () -> {
          try (Statement s = connection.createStatement()) {
            s.execute(sql);
          }
        });
  }
}
