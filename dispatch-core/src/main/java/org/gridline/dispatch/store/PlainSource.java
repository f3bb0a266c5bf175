package org.gridline.dispatch.store;

import io.vertx.pgclient.PgConnectOptions;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** Plain connections to the same database, for those who can't use the pools. */
public final class PlainSource {
  private static final int SECONDS = 3;

  /** A program that has just begun on a busy machine takes its time to sign in. */
  private static final int LOGIN_SECONDS = 30;

  private PlainSource() {}

  /** For servers that look for each other; waits are short. */
  public static DataSource ofCluster(String url) {
    PGSimpleDataSource source = of(url, "gridline-cluster");
    source.setLoginTimeout(SECONDS);
    source.setSocketTimeout(SECONDS);
    return source;
  }

  /** Whoever uses it says how long the server may be silent. */
  static PGSimpleDataSource of(String url, String who) {
    PgConnectOptions options = PgConnectOptions.fromUri(url);
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setServerNames(new String[] {options.getHost()});
    source.setPortNumbers(new int[] {options.getPort()});
    source.setDatabaseName(options.getDatabase());
    source.setUser(options.getUser());
    source.setPassword(options.getPassword());
    source.setApplicationName(who);
    source.setConnectTimeout(SECONDS);
    source.setLoginTimeout(LOGIN_SECONDS);
    return source;
  }
}
