package org.gridline.dispatch.store;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import java.util.Map;

/**
 * All connections of one node, by what they are for: who waits for one of a kind keeps nobody of
 * another waiting.
 *
 * @param pool for everything that has none of its own
 * @param sql statements on {@code pool}
 * @param clocks so that clocks fire in time whoever else waits
 * @param points for single tickets by id, which is what each step and most requests begin with, and
 *     for the log by position, which the notices read as well: plans once, where planning anew for
 *     each year costs more than reading
 */
record Connections(
    Vertx vertx,
    Pool pool,
    Sql sql,
    Pool clockPool,
    Sql clocks,
    Pool pointPool,
    Sql points,
    TicketStarts starts,
    MapStore maps,
    SharedCommit<TicketStep> steps,
    SharedCommit<NewReport> reports,
    SharedCommit<TrackRow> tracks) {
  /**
   * Few connections keep PostgreSQL at its best on few cores (measured with batches: 2–4 beat 50).
   */
  private static final int COMMON = 8;

  private static final int CLOCKS = 2;
  private static final int POINTS = 6;

  /** How many a node opens at most. */
  static final int MOST = COMMON + CLOCKS + POINTS + MapStore.CONNECTIONS + 3 * SharedCommit.LANES;

  private static final int WAITING = 2_000;

  /** No writing transaction may hold the log's horizon back for long. */
  private static final String STATEMENT_TIMEOUT_MILLIS = "5000";

  /** How this node connects to the database of that address. */
  static PgConnectOptions options(String url) {
    return PgConnectOptions.fromUri(url)
        .setCachePreparedStatements(true)
        .setReconnectAttempts(2)
        .setReconnectInterval(200)
        .setProperties(
            Map.of(
                "statement_timeout", STATEMENT_TIMEOUT_MILLIS,
                "application_name", "gridline",
                // Compiling takes longer than any statement here may.
                "jit", "off",
                "timezone", "UTC"));
  }

  /** The pool that all others are opened beside. */
  static Pool common(Vertx vertx, PgConnectOptions options) {
    return Pools.open(vertx, options, COMMON, WAITING);
  }

  /** The others, once the tables are there. */
  static Connections open(Vertx vertx, PgConnectOptions options, Pool pool, StatementWatch watch) {
    Pool clockPool = Pools.planned(vertx, options, CLOCKS, WAITING);
    Pool pointPool = Pools.planned(vertx, options, POINTS, WAITING);
    return new Connections(
        vertx,
        pool,
        new Sql(pool, watch),
        clockPool,
        new Sql(clockPool, watch).part("timers"),
        pointPool,
        new Sql(pointPool, watch).part("tickets"),
        TicketStarts.open(vertx, pointPool, watch, WAITING),
        MapStore.open(vertx, options, watch),
        sharing(vertx, options, watch, "tickets", TicketStep.STATEMENT),
        sharing(vertx, options, watch, "intake", NewReport.STATEMENT),
        sharing(vertx, options, watch, "positions", TrackRow.STATEMENT));
  }

  /**
   * Over connections of its own, whose statements are planned once: planning anew for each year of
   * tickets costs more than half of what a step takes.
   */
  private static <T extends SharedCommit.Row> SharedCommit<T> sharing(
      Vertx vertx,
      PgConnectOptions options,
      StatementWatch watch,
      String part,
      SharedCommit.Statement<T> statement) {
    SharedCommit<T> commits =
        new SharedCommit<>(
            Pools.planned(vertx, options, SharedCommit.LANES, SharedCommit.LANES),
            watch,
            part,
            statement,
            WAITING,
            SharedCommit.PATIENCE);
    vertx.deployVerticle(commits).await();
    return commits;
  }

  /** Answers who waits for a commit, then lets go of the database. */
  Future<Void> close() {
    return Future.join(
            vertx.undeploy(steps.deploymentID()),
            vertx.undeploy(reports.deploymentID()),
            vertx.undeploy(tracks.deploymentID()),
            starts.close(vertx))
        .transform(
            done ->
                Future.join(pool.close(), clockPool.close(), pointPool.close(), maps.close())
                    .mapEmpty());
  }
}
