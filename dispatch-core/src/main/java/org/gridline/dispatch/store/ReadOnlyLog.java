package org.gridline.dispatch.store;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The log for whoever only looks: one connection that the database itself keeps from writing, no
 * migration, no sealer, and no key is made where there is none.
 */
public final class ReadOnlyLog implements AutoCloseable {
  private final Pool pool;
  private final LogVerifier verifier;
  private final Anchoring anchoring;

  /** What there is to compare the blocks with. */
  public enum Anchoring {
    COMPARED,
    /** Nothing was ever anchored here. */
    NO_FILE,
    /** Without the installation's key the anchors prove nothing. */
    NO_KEY
  }

  private ReadOnlyLog(Pool pool, LogVerifier verifier, Anchoring anchoring) {
    this.pool = pool;
    this.verifier = verifier;
    this.anchoring = anchoring;
  }

  /**
   * Connects at the first question.
   *
   * @param url {@code postgresql://user:password@host:port/database}
   * @param data the data folder with {@code anchors.log} and {@code secrets/master.key}
   */
  public static ReadOnlyLog open(Vertx vertx, String url, Path data) {
    PgConnectOptions options =
        PgConnectOptions.fromUri(url)
            .setCachePreparedStatements(true)
            .setProperties(
                Map.of(
                    "default_transaction_read_only", "on",
                    "statement_timeout", "9000",
                    "application_name", "gridline-audit",
                    "timezone", "UTC"));
    Pool pool =
        PgBuilder.pool()
            .with(
                new PoolOptions()
                    .setMaxSize(1)
                    .setConnectionTimeout(5)
                    .setConnectionTimeoutUnit(TimeUnit.SECONDS))
            .connectingTo(options)
            .using(vertx)
            .build();
    Sql sql = new Sql(pool);
    Path file = data.resolve("anchors.log");
    Path secrets = data.resolve("secrets");
    Anchoring anchoring =
        !Files.exists(file)
            ? Anchoring.NO_FILE
            : Files.exists(secrets.resolve("master.key")) ? Anchoring.COMPARED : Anchoring.NO_KEY;
    Optional<Anchors> anchors =
        anchoring == Anchoring.COMPARED
            ? Optional.of(
                new Anchors(file, AesGcmCipher.open(secrets), sql, InstantSource.system()))
            : Optional.empty();
    return new ReadOnlyLog(pool, new LogVerifier(sql, anchors), anchoring);
  }

  public LogVerifier verifier() {
    return verifier;
  }

  public Anchoring anchoring() {
    return anchoring;
  }

  @Override
  public void close() {
    pool.close().await();
  }
}
