package org.gridline.dispatch.store;

import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.Iterator;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.gridline.dispatch.Failure;

/** The tables as the numbered files in the folder of migrations make them. */
final class Schema {
  /** The version of the newest file in the folder of migrations; a test holds them together. */
  static final String LATEST_MIGRATION = "022";

  private Schema() {}

  /**
   * Makes it current.
   *
   * @param owner the role that makes it and lets the one of {@code url} work with it
   */
  static void renew(String url, Optional<String> owner) {
    migrate(owner.orElse(url));
    owner.ifPresent(o -> ApplicationRole.grant(o, PgConnectOptions.fromUri(url).getUser()));
  }

  /** Asking costs a millisecond, loading the migrator half a second of each start. */
  static boolean current(Sql sql) {
    try {
      Iterator<Row> rows =
          sql.read(
                  "SELECT version FROM schema_history WHERE success ORDER BY installed_rank DESC"
                      + " LIMIT 1",
                  Tuple.tuple())
              .iterator();
      return rows.hasNext() && rows.next().getString(0).equals(LATEST_MIGRATION);
    } catch (Failure | PgException notYet) {
      return false;
    }
  }

  static void migrate(String url) {
    PgConnectOptions options = PgConnectOptions.fromUri(url);
    Flyway.configure()
        .dataSource(
            "jdbc:postgresql://"
                + options.getHost()
                + ":"
                + options.getPort()
                + "/"
                + options.getDatabase(),
            options.getUser(),
            options.getPassword())
        .locations("classpath:org/gridline/dispatch/store/migration")
        .table("schema_history")
        .connectRetries(10)
        .connectRetriesInterval(1)
        .load()
        .migrate();
  }
}
