package org.gridline.dispatch.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

/** Errors that the database itself reports pass too; the log must go on afterwards. */
class SealerRecoversTest {
  private static final long PATIENCE_NANOS = 15_000_000_000L;

  @Test
  void a_refused_round_is_tried_again() throws SQLException {
    String url = TestDatabase.fresh();
    try (Desk desk = Desk.open(url);
        Connection c = TestDatabase.connectTo(url);
        Statement s = c.createStatement()) {
      s.execute("ALTER TABLE seal_head RENAME TO seal_elsewhere");
      desk.call("小区门口的暴露垃圾没人清,生活垃圾堆在路边很臭", 118.89, 32.12);
      awaitRefusal(s);
      s.execute("ALTER TABLE seal_elsewhere RENAME TO seal_head");
      long until = System.nanoTime() + PATIENCE_NANOS;
      while (desk.database().verifier().verify().unsealed() > 0 && System.nanoTime() < until)
        Thread.onSpinWait();
      assertThat(desk.database().verifier().verify().unsealed()).isZero();
    }
  }

  /** The sealer polls many times a second; statistics say when a call has failed. */
  private static void awaitRefusal(Statement s) throws SQLException {
    long until = System.nanoTime() + PATIENCE_NANOS;
    long before = rollbacks(s);
    while (rollbacks(s) == before && System.nanoTime() < until) Thread.onSpinWait();
  }

  private static long rollbacks(Statement s) throws SQLException {
    s.execute("SELECT pg_stat_clear_snapshot()");
    try (var rows =
        s.executeQuery(
            "SELECT xact_rollback FROM pg_stat_database WHERE datname = current_database()")) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
