package org.gridline.dispatch.store;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import java.util.concurrent.TimeUnit;

/** Connections to the database, as every part of the store wants them. */
final class Pools {
  private static final int PATIENCE_SECONDS = 5;

  private Pools() {}

  /**
   * Opens no connection yet.
   *
   * @param waiting so many may wait for a connection; more fail at once
   */
  static Pool open(Vertx vertx, PgConnectOptions options, int connections, int waiting) {
    // The driver's own limit of 2,048 characters leaves out the longest statements, which are the
    // dearest to parse and plan each time.
    PgConnectOptions kept = new PgConnectOptions(options);
    kept.setPreparedStatementCacheSqlFilter(sql -> true);
    return PgBuilder.pool()
        .with(
            new PoolOptions()
                .setMaxSize(connections)
                .setMaxWaitQueueSize(waiting)
                .setConnectionTimeout(PATIENCE_SECONDS)
                .setConnectionTimeoutUnit(TimeUnit.SECONDS))
        .connectingTo(kept)
        .using(vertx)
        .build();
  }

  /**
   * The same for statements that are planned once for all values: planning a write anew for each
   * year of tickets costs more than what it writes. Such a plan goes by keys from the start: one
   * that was made while there was nothing would read whole tables until statistics come.
   */
  static Pool planned(Vertx vertx, PgConnectOptions options, int connections, int waiting) {
    PgConnectOptions planned = new PgConnectOptions(options);
    planned.addProperty("plan_cache_mode", "force_generic_plan");
    planned.addProperty("enable_seqscan", "off");
    return open(vertx, planned, connections, waiting);
  }
}
