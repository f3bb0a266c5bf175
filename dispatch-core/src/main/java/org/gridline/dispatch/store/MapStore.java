package org.gridline.dispatch.store;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import org.gridline.dispatch.place.GroundTiles;
import org.gridline.dispatch.ticket.TicketPoints;

/**
 * What maps are drawn from, over connections of its own: whoever draws many maps waits for those,
 * and never takes one from a call that comes in.
 */
public final class MapStore {
  static final int CONNECTIONS = 2;
  private static final int WAITING = 200;

  private final Pool pool;
  private final Sql sql;

  private MapStore(Pool pool, Sql sql) {
    this.pool = pool;
    this.sql = sql;
  }

  /** Opens no connection yet. */
  static MapStore open(Vertx vertx, PgConnectOptions options, StatementWatch watch) {
    Pool pool = Pools.open(vertx, options, CONNECTIONS, WAITING);
    return new MapStore(pool, new Sql(pool, watch).part("maps"));
  }

  public GroundTiles tiles() {
    return new PgGroundTiles(sql);
  }

  public TicketPoints tickets() {
    return new PgTicketPoints(sql);
  }

  Future<Void> close() {
    return pool.close();
  }
}
