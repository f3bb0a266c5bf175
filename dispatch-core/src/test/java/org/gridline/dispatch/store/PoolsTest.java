package org.gridline.dispatch.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What connections remember. */
class PoolsTest {
  private static final int RUNS = 4;

  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @Test
  void the_longest_statements_are_parsed_and_planned_once() {
    PgConnectOptions options =
        PgConnectOptions.fromUri(TestDatabase.fresh()).setCachePreparedStatements(true);
    Pool one = Pools.planned(vertx, options, 1, 10);
    assertThat(TicketStep.STATEMENT.many()).hasSizeGreaterThan(2_048);
    String statement = "SELECT $1::text /* " + TicketStep.STATEMENT.many() + " */";
    for (int run = 0; run < RUNS; run++) one.preparedQuery(statement).execute(Tuple.of("")).await();
    Row kept =
        one.preparedQuery(
                "SELECT sum(generic_plans)::int, count(*)::int FROM pg_prepared_statements WHERE"
                    + " length(statement) > 2048")
            .execute()
            .await()
            .iterator()
            .next();
    assertThat(kept.getInteger(0)).isEqualTo(RUNS);
    assertThat(kept.getInteger(1)).isEqualTo(1);
  }
}
