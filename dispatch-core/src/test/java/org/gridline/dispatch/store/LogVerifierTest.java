package org.gridline.dispatch.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.gridline.dispatch.store.LogVerifier.Verdict;
import org.gridline.dispatch.ticket.ActionKind;
import org.gridline.dispatch.ticket.Ticket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whoever changes history, even as superuser with the guards off, is found. */
class LogVerifierTest {
  private final String url = TestDatabase.fresh();
  private final Desk desk = Desk.open(url);

  @BeforeEach
  void a_ticket_with_a_sealed_history() {
    makeHistory();
    everythingIsSealed();
  }

  private void everythingIsSealed() {
    long deadline = System.nanoTime() + 10_000_000_000L;
    while (desk.database().verifier().verify().unsealed() > 0 && System.nanoTime() < deadline)
      Thread.onSpinWait();
  }

  @AfterEach
  void close() {
    desk.close();
  }

  @Test
  void the_newest_migration_is_the_one_that_a_start_looks_for() throws Exception {
    try (var files =
        java.nio.file.Files.list(
            java.nio.file.Path.of(LogVerifier.class.getResource("migration").toURI()))) {
      assertThat(files.map(f -> f.getFileName().toString().substring(1, 4)).max(String::compareTo))
          .hasValue(Schema.LATEST_MIGRATION);
    }
  }

  @Test
  void an_untouched_log_holds() {
    Verdict verdict = desk.database().verifier().verify();
    assertThat(verdict.broken()).isEmpty();
    assertThat(verdict.events()).isEqualTo(6);
    assertThat(verdict.unsealed()).isZero();
  }

  @Test
  void whoever_makes_the_whole_log_anew_is_found_by_the_anchor() throws SQLException {
    desk.database().anchor();
    assertThat(desk.database().verifier().verify().unanchored()).isZero();
    try (Connection c = TestDatabase.connectTo(url);
        Statement s = c.createStatement()) {
      s.execute("SET session_replication_role = replica");
      s.execute("TRUNCATE ticket, ticket_event, event_block");
      s.execute(
          "UPDATE seal_head SET last_xid = '0', last_id = 0, last_seq = 0, last_block = 0, last_hash = ''");
    }
    assertThat(desk.database().verifier().verify().broken())
        .hasValueSatisfying(b -> assertThat(b).contains("is missing"));
    makeHistory();
    everythingIsSealed();
    assertThat(desk.database().verifier().verify().broken()).isPresent();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "UPDATE ticket_event SET data = '{}' WHERE version = 4                                | was changed",
        "UPDATE ticket_event SET at = at - interval '1 day' WHERE version = 2                 | was changed",
        "UPDATE ticket_event SET user_id = 4 WHERE version = 1                                | was changed",
        "DELETE FROM ticket_event WHERE version = 3                                           | is missing",
        "DELETE FROM ticket_event WHERE version = 6                                           | is missing",
        "UPDATE ticket_event SET version = 11 - version WHERE version IN (5, 6)               | event 6 of ticket",
        "UPDATE event_block SET hash = sha256(hash) WHERE number = 1                            | does not match",
        "DELETE FROM event_block WHERE number = 1                                             | block 1 is missing",
        "UPDATE ticket SET state = 'CLOSED'                        | state is CLOSED in its row and FEEDBACK_REVIEW",
        "UPDATE ticket SET unit = 'nobody'                         | unit is nobody in its row",
        "UPDATE ticket SET category_code = '99'                    | category is",
        "UPDATE ticket SET ground = replace(ground, '320', '321')  | ground is",
        "UPDATE ticket SET areas = areas[1:1]                      | areas is",
        "UPDATE ticket SET handlers = array_append(handlers, 7)    | handlers is",
        "UPDATE ticket SET returns = 3                             | returns is 3 in its row and 0 by its events",
        "UPDATE ticket SET registered_at = registered_at - interval '1 hour' | registered at is",
        "UPDATE ticket SET head_hash = sha256(head_hash)           | does not hold the hash of its last event",
        "UPDATE ticket SET version = version - 1                   | state is FEEDBACK_REVIEW in its row and HANDLING by its events",
        "UPDATE ticket SET version = version - 1, state = 'HANDLING' | updated at is",
        "UPDATE ticket SET version = version + 1                   | version is 7 in its row and 6 by its events",
        "DELETE FROM ticket                                        | is gone, its events are not",
        "UPDATE event_block SET tickets = array_fill(1::bigint, ARRAY[cardinality(tickets)]) | is missing",
        "UPDATE seal_head SET last_hash = sha256(last_hash)        | the sealer's own record",
        "UPDATE seal_head SET last_block = last_block + 1          | is missing",
      })
  void a_changed_deleted_or_swapped_row_is_found(String crime, String verdict) throws SQLException {
    try (Connection c = TestDatabase.connectTo(url);
        Statement s = c.createStatement()) {
      s.execute("SET session_replication_role = replica");
      if (crime.contains("11 - version")) {
        s.execute("UPDATE ticket_event SET version = version + 100 WHERE version IN (5, 6)");
        s.execute("UPDATE ticket_event SET version = 111 - version WHERE version > 100");
        s.execute("UPDATE ticket_event SET version = version + 100 WHERE version < 0");
      } else {
        s.execute(crime);
      }
    }
    assertThat(desk.database().verifier().verify().broken())
        .hasValueSatisfying(broken -> assertThat(broken).contains(verdict));
  }

  @Test
  void the_guards_refuse_what_is_not_even_tried_as_superuser() throws SQLException {
    try (Connection c = TestDatabase.connectTo(url);
        Statement s = c.createStatement()) {
      for (String crime :
          new String[] {
            "UPDATE ticket_event SET data = ''",
            "DELETE FROM ticket_event",
            "TRUNCATE ticket_event",
            "DELETE FROM event_block"
          }) {
        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> s.execute(crime)))
            .hasMessageContaining("history does not change");
      }
    }
  }

  private void makeHistory() {
    Ticket ticket = desk.call("小区门口的暴露垃圾没人清,生活垃圾堆在路边很臭", 118.89, 32.12).ticket();
    var handler = desk.handlerOf(ticket.owner().orElseThrow().unit());
    ticket = desk.act(ticket, handler, ActionKind.SIGN, Map.of());
    desk.act(ticket, handler, ActionKind.FEEDBACK, Map.of("result", "solved", "words", "已清理"));
  }
}
