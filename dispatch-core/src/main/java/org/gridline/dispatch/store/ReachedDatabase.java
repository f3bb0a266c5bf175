package org.gridline.dispatch.store;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import java.nio.file.Path;
import java.util.Optional;
import org.gridline.dispatch.city.CityPack;

/**
 * A database that lets us in and whose tables are current, before it is known for which city: so a
 * start can connect while it still reads the pack.
 */
public final class ReachedDatabase {
  private final Vertx vertx;
  private final String url;
  private final PgConnectOptions options;
  private final Pool pool;
  private final HistoryGuard guard;

  private ReachedDatabase(Vertx vertx, String url, PgConnectOptions options, Pool pool) {
    this.vertx = vertx;
    this.url = url;
    this.options = options;
    this.pool = pool;
    this.guard = ApplicationRole.guard(new Sql(pool));
  }

  /**
   * Connects, and migrates the schema where it is not current. Call where waiting is allowed.
   *
   * @param url {@code postgresql://user:password@host:port/database}
   * @param owner the role that makes the schema and lets the one of {@code url} work with it; it is
   *     asked only when the schema is not there or not current. Without it {@code url} must do that
   */
  public static ReachedDatabase reach(Vertx vertx, String url, Optional<String> owner) {
    PgConnectOptions options = Connections.options(url);
    Pool pool = Connections.common(vertx, options);
    Schema.keep(new Sql(pool), url, owner);
    return new ReachedDatabase(vertx, url, options, pool);
  }

  /**
   * Opens what one node works with and keeps the pack's boundaries and roles. Once.
   *
   * @param secrets the folder that holds this installation's master key; the anchors are written
   *     beside it
   * @param watch looks at each statement
   */
  public Database open(Path secrets, CityPack pack, StatementWatch watch) {
    Connections connections = Connections.open(vertx, options, pool, watch);
    Database database = new Database(url, guard, connections, secrets, pack);
    database.keepPackBoundaries();
    PgPeople.keepRoles(connections.sql().part("people"), pack.roles());
    return database;
  }
}
