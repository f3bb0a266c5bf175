package org.gridline.dispatch.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.gridline.dispatch.store.LogVerifier.Verdict;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Half a million events are verified in pieces, with little memory and no long statement. */
@Tag("torture")
@Timeout(600)
class LogVerifierAtScaleTest {
  private static final int TICKETS = 100_000;
  private static final int VERSIONS = 5;

  @Test
  void half_a_million_events() throws Exception {
    String url = TestDatabase.fresh();
    Path data = Files.createTempDirectory("gridline-data");
    Vertx vertx = Vertx.vertx();
    Database.open(vertx, url, data.resolve("secrets"), Desk.packForTests()).close().await();
    make(url);

    try (ReadOnlyLog log = ReadOnlyLog.open(vertx, url, data)) {
      System.gc();
      heaps().forEach(MemoryPoolMXBean::resetPeakUsage);
      long before = heaps().mapToLong(p -> p.getUsage().getUsed()).sum();
      long from = System.nanoTime();
      Verdict verdict = log.verifier().verify();
      double seconds = (System.nanoTime() - from) / 1e9;
      long peak = heaps().mapToLong(p -> p.getPeakUsage().getUsed()).sum() - before;
      System.out.printf(
          "%,d events, %,d tickets, %,d blocks in %.1f s: %,.0f events/s, at most %d MiB more heap%n",
          verdict.events(),
          verdict.tickets(),
          verdict.blocks(),
          seconds,
          verdict.events() / seconds,
          peak >> 20);
      assertThat(verdict.broken()).isEmpty();
      assertThat(verdict.events()).isEqualTo((long) TICKETS * VERSIONS);
      assertThat(verdict.tickets()).isEqualTo(TICKETS);
      assertThat(verdict.unsealed()).isZero();

      try (Connection c = TestDatabase.connectTo(url);
          Statement s = c.createStatement()) {
        s.execute("SET session_replication_role = replica");
        s.execute("UPDATE ticket_event SET user_id = 2 WHERE ticket_id = 77777 AND version = 4");
      }
      assertThat(log.verifier().verify().broken().orElseThrow())
          .contains("event 4 of ticket 77777 was changed");
    }
    vertx.close().await();
  }

  private static void make(String url) throws SQLException {
    try (Connection c = TestDatabase.connectTo(url);
        Statement s = c.createStatement()) {
      for (int v = 1; v <= VERSIONS; v++) {
        String previous =
            v == 1
                ? "SELECT t, ''::bytea AS prev FROM generate_series(1, " + TICKETS + ") t"
                : "SELECT ticket_id AS t, hash AS prev FROM ticket_event WHERE version = "
                    + (v - 1);
        s.execute(
            """
      INSERT INTO ticket_event (ticket_id, version, id, kind, at, user_id, state_after, data, prev_hash, hash)
      SELECT c.t, %1$d, c.t * 8 + %1$d, 'TicketRegistered', '2026-05-01T00:00:00Z', 1, 'REGISTERED', '{}', c.prev,
             sha256(convert_to(concat_ws(E'\\n', 'gridline-event-1', c.t * 8 + %1$d, c.t, %1$d, 'TicketRegistered',
                    '1777593600000000', '1', '', '', '', 'REGISTERED', '', '', '', '', '{}', ''), 'UTF8') || c.prev)
        FROM (%2$s) c
      """
                .formatted(v, previous));
      }
      s.execute(
          """
      INSERT INTO ticket (id, number, state, version, channel, type, urgency, place_flag, boundary_version, area_roles,
             areas, area_names, person_id, words_id, reporter, reworks, returns, revisit_tries, handlers, checkers,
             registered_at, updated_at, head_hash)
      SELECT ticket_id, 'N' || ticket_id, 'REGISTERED', version, 'phone', 'help', 'normal', 'OK', 'v', '{}', '{}', '{}',
             1, 1, 'ORDINARY', 0, 0, 0, '{}', '{}', at, at, hash FROM ticket_event WHERE version = %d
      """
              .formatted(VERSIONS));
      s.execute("ANALYZE ticket, ticket_event");
      while (true) {
        try (var rows = s.executeQuery("SELECT seal_events(1000, now())")) {
          rows.next();
          if (rows.getLong(1) == 0) return;
        }
      }
    }
  }

  private static java.util.stream.Stream<MemoryPoolMXBean> heaps() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(p -> p.getType() == MemoryType.HEAP);
  }
}
