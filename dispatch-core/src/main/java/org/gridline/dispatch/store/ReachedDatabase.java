package org.gridline.dispatch.store;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import java.nio.file.Path;
import java.util.Optional;
import org.gridline.dispatch.city.CityPack;

/**
 * A database that lets us in, before it is known for which city: so a start can connect while it
 * still reads the pack. A pack that can't be used leaves it as it is.
 */
public final class ReachedDatabase {
  private final Vertx vertx;
  private final String url;
  private final PgConnectOptions options;
  private final Pool pool;
  private final Optional<String> owner;
  private final boolean current;

  private ReachedDatabase(
      Vertx vertx, String url, PgConnectOptions options, Pool pool, Optional<String> owner) {
    this.vertx = vertx;
    this.url = url;
    this.options = options;
    this.pool = pool;
    this.owner = owner;
    this.current = Schema.current(new Sql(pool));
  }

  /**
   * Connects. Call where waiting is allowed.
   *
   * @param url {@code postgresql://user:password@host:port/database}
   * @param owner the role that makes the schema and lets the one of {@code url} work with it; it is
   *     asked only when the schema is not there or not current. Without it {@code url} must do that
   */
  public static ReachedDatabase reach(Vertx vertx, String url, Optional<String> owner) {
    PgConnectOptions options = Connections.options(url);
    Pool pool = Connections.common(vertx, options);
    return new ReachedDatabase(vertx, url, options, pool, owner);
  }

  /**
   * Migrates the schema where it is not current, opens what one node works with, and keeps the
   * pack's boundaries and roles. Once.
   *
   * @param secrets the folder that holds this installation's master key; the anchors are written
   *     beside it
   * @param watch looks at each statement
   */
  public Database open(Path secrets, CityPack pack, StatementWatch watch) {
    if (!current) Schema.renew(url, owner);
    HistoryGuard guard = ApplicationRole.guard(new Sql(pool));
    Connections connections = Connections.open(vertx, options, pool, watch);
    Database database = new Database(url, guard, connections, secrets, pack);
    database.keepPackBoundaries();
    PgPeople.keepRoles(connections.sql().part("people"), pack.roles());
    return database;
  }
}
