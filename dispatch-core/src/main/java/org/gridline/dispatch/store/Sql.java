package org.gridline.dispatch.store;

import io.vertx.core.Future;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;

/**
 * The one place that waits for PostgreSQL. Every wait is bounded, and a failure says whether the
 * write can have happened: an error that the server reports means no; a connection that vanished
 * under a write means nobody knows.
 */
final class Sql {
  private static final long MOST_SECONDS = 10;

  private final Pool pool;
  private final StatementWatch watch;
  private final String part;

  Sql(Pool pool) {
    this(pool, StatementWatch.NOBODY);
  }

  Sql(Pool pool, StatementWatch watch) {
    this(pool, watch, "other");
  }

  private Sql(Pool pool, StatementWatch watch, String part) {
    this.pool = pool;
    this.watch = watch;
    this.part = part;
  }

  /** The same connections; what runs through this is measured under that name. */
  Sql part(String name) {
    return new Sql(pool, watch, name);
  }

  /** A statement that only reads. */
  RowSet<Row> read(String sql, Tuple values) {
    return watched(StatementWatch.Kind.READ, () -> ask(sql, values));
  }

  /** A statement that writes, committed by itself. */
  RowSet<Row> write(String sql, Tuple values) {
    return watched(StatementWatch.Kind.WRITE, () -> commit(sql, values));
  }

  private RowSet<Row> watched(StatementWatch.Kind kind, Supplier<RowSet<Row>> statement) {
    watch.begins();
    long from = System.nanoTime();
    String result = "ok";
    try {
      return statement.get();
    } catch (RuntimeException e) {
      result = result(e);
      throw e;
    } finally {
      watch.ends(part, kind, result, System.nanoTime() - from);
    }
  }

  /** The word for the figures. */
  static String result(Throwable thrown) {
    Throwable root = thrown instanceof Failure f && f.getCause() != null ? f.getCause() : thrown;
    if (root instanceof PgException e) return String.valueOf(e.getSqlState());
    return root instanceof TimeoutException ? "timeout" : "connection";
  }

  private RowSet<Row> ask(String sql, Tuple values) {
    try {
      return bounded(pool.preparedQuery(sql).execute(values));
    } catch (Throwable e) {
      throw unavailable(e);
    }
  }

  private RowSet<Row> commit(String sql, Tuple values) {
    SqlConnection connection;
    try {
      connection = bounded(pool.getConnection());
    } catch (Throwable e) {
      throw unavailable(e);
    }
    try {
      return bounded(connection.preparedQuery(sql).execute(values));
    } catch (Throwable e) {
      if (e instanceof PgException refused && !fatal(refused)) throw refused(refused);
      throw unknown(e);
    } finally {
      connection.close();
    }
  }

  /** Throws whatever the driver throws, checked exceptions included. */
  private static <T> T bounded(Future<T> future) {
    return future.timeout(MOST_SECONDS, TimeUnit.SECONDS).await();
  }

  /**
   * Class 57P: the server was stopped or the backend ended; whether the commit came first is not
   * known.
   */
  static boolean fatal(PgException e) {
    return String.valueOf(e.getSqlState()).startsWith("57P");
  }

  /** Trouble that passes is told as such; anything else is a mistake of ours and must be seen. */
  static RuntimeException refused(PgException e) {
    return Constraints.failure(e)
        .<RuntimeException>map(f -> because(f, e))
        .orElseGet(() -> passes(e) ? unavailable(e) : e);
  }

  private static Failure because(Failure failure, Throwable cause) {
    failure.initCause(cause);
    return failure;
  }

  static RuntimeException unavailable(Throwable e) {
    if (e instanceof PgException refused && !passes(refused)) return refused;
    if (e instanceof IllegalArgumentException wrongUse) return wrongUse;
    return because(unavailable(), e);
  }

  /** Nothing was written. */
  static Failure unavailable() {
    return new Failure(FailureCode.UNAVAILABLE, "请几秒后重试 · try again in a few seconds");
  }

  /** It was written or it was not. */
  static Failure unknown(Throwable cause) {
    return because(
        new Failure(FailureCode.OUTCOME_UNKNOWN, "请用同一键重试 · ask again with the same key"), cause);
  }

  /**
   * By class of SQLSTATE: connection, read-only standby, refused login or database, conflict with
   * others, resources, shutdown or cancelled, and a lock that is not to be had.
   */
  private static boolean passes(PgException e) {
    String state = String.valueOf(e.getSqlState());
    return Stream.of("08", "25006", "28", "3D", "40", "53", "55P03", "57")
        .anyMatch(state::startsWith);
  }
}
