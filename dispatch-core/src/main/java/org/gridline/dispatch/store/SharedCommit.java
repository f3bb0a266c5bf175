package org.gridline.dispatch.store;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.lang.reflect.Array;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.store.CommitQueue.Member;
import org.jspecify.annotations.Nullable;

/**
 * Runs on an event loop, where all its state lives, and never awaits. Rows that come in while
 * others are being committed gather and are committed together next; a row that comes alone goes at
 * once. Each caller is answered after its own commit, with its own failure.
 *
 * @param <T> what is written; one statement writes many of them
 */
final class SharedCommit<T extends SharedCommit.Row> extends VerticleBase {
  /** So many at once keep two cores busy, and leave the others something to gather for. */
  static final int LANES = 2;

  /**
   * While one lane is busy, the next one begins for so many, for an urgent one, or after this time:
   * a statement costs the database as much as two of its rows, and whoever holds a row keeps only
   * its own lane waiting.
   */
  private static final int ENOUGH = 64;

  private static final long GATHERING_MILLIS = 10;

  /** More rows in one statement save nothing any more. */
  private static final int MOST_ROWS = 256;

  /** So long a row may wait for its turn; its statement may take twice as long. */
  static final Duration PATIENCE = Duration.ofSeconds(5);

  /** One of many that are written together. */
  interface Row {
    /** Rows are locked in this order, and the statement returns the ids that it wrote. */
    long id();

    /** Two rows that touch the same are never written together. */
    Set<Object> touches();

    /** Whether it is not to be written together with any other. */
    boolean alone();

    /**
     * The version of what it changes, if there can only be one change to each. It was read from the
     * database, where versions only rise.
     */
    default OptionalInt buildsOn() {
      return OptionalInt.empty();
    }

    /** Whether it goes before others that came earlier. */
    default boolean urgent() {
      return false;
    }
  }

  /**
   * The statement in two forms; both return the ids of what they wrote.
   *
   * @param one waits for whoever holds the row
   * @param many leaves out what somebody holds, so that nobody else has to wait for that
   * @param values one array for each parameter; asked on the caller's thread, and those of several
   *     rows are joined end to end
   */
  record Statement<R>(String one, String many, Function<R, Tuple> values) {}

  private final Pool pool;
  private final StatementWatch watch;
  private final String part;
  private final Statement<T> statement;
  private final Duration patience;
  private final CommitQueue<T> queue;
  private final Set<Object> touched = new HashSet<>();
  private final Promise<Void> idle = Promise.promise();
  private int busy;
  private boolean gathering;
  private boolean closing;

  /**
   * @param pool as many connections as there are lanes, used by nobody else
   * @param mostWaiting so many may wait; more are refused at once
   */
  SharedCommit(
      Pool pool,
      StatementWatch watch,
      String part,
      Statement<T> statement,
      int mostWaiting,
      Duration patience) {
    this.pool = pool;
    this.watch = watch;
    this.part = part;
    this.statement = statement;
    this.patience = patience;
    this.queue = new CommitQueue<>(mostWaiting);
  }

  /**
   * Waits on the caller's thread until the row is committed or can't be. Never call it on an event
   * loop.
   *
   * @return whether it was written; not, when what it builds on is no longer there
   * @throws Failure {@code unavailable} when it surely was not written, {@code outcome_unknown}
   *     when nobody knows
   */
  boolean commit(T row) {
    Member<T> member = new Member<>(row, statement.values().apply(row));
    if (!queue.admits()) throw Sql.unavailable();
    context.runOnContext(v -> enter(member));
    try {
      return await(member, patience);
    } catch (TimeoutException slow) {
      if (member.claim()) throw Sql.unavailable();
    }
    // Others of the same commit may fail one by one before it.
    try {
      return await(member, patience.multipliedBy(6));
    } catch (TimeoutException lost) {
      throw Sql.unknown(lost);
    }
  }

  /** How many wait for their turn. */
  int waiting() {
    return queue.size();
  }

  private boolean await(Member<T> member, Duration most) throws TimeoutException {
    return member.outcome.future().timeout(most.toMillis(), TimeUnit.MILLISECONDS).await();
  }

  private void enter(Member<T> member) {
    if (closing) {
      queue.leave();
      member.outcome.fail(Sql.unavailable());
      return;
    }
    queue.add(member);
    pump();
  }

  private void pump() {
    pump(false);
    if (busy > 0 && busy < LANES && queue.size() > 0 && !gathering) {
      gathering = true;
      vertx.setTimer(
          GATHERING_MILLIS,
          timer -> {
            gathering = false;
            pump(true);
          });
    }
  }

  private void pump(boolean gathered) {
    while (busy < LANES && (busy == 0 || gathered || queue.presses(ENOUGH))) {
      List<Member<T>> batch = queue.take(MOST_ROWS, touched);
      if (batch.isEmpty()) break;
      busy++;
      for (Member<T> m : batch) touched.addAll(m.row.touches());
      send(batch)
          .onComplete(
              done -> {
                for (Member<T> m : batch) touched.removeAll(m.row.touches());
                busy--;
                pump();
              });
    }
    if (closing && busy == 0) idle.tryComplete();
  }

  /** Completes, and never fails, once every member has its answer. */
  private Future<Void> send(List<Member<T>> batch) {
    watch.begins();
    long from = System.nanoTime();
    return pool.getConnection()
        .transform(
            got ->
                got.succeeded()
                    ? execute(got.result(), batch, from)
                    : refuse(batch, from, got.cause()));
  }

  private Future<Void> refuse(List<Member<T>> batch, long from, Throwable cause) {
    watch.ends(part, StatementWatch.Kind.WRITE, Sql.result(cause), System.nanoTime() - from);
    RuntimeException failure = Sql.unavailable(cause);
    for (Member<T> m : batch) m.outcome.fail(failure);
    return Future.succeededFuture();
  }

  private Future<Void> execute(SqlConnection connection, List<Member<T>> batch, long from) {
    String sql = batch.size() == 1 ? statement.one() : statement.many();
    return connection
        .preparedQuery(sql)
        .execute(values(batch))
        .timeout(2 * patience.toMillis(), TimeUnit.MILLISECONDS)
        .transform(
            done -> {
              connection.close();
              watch.ends(
                  part,
                  StatementWatch.Kind.WRITE,
                  done.succeeded() ? "ok" : Sql.result(done.cause()),
                  System.nanoTime() - from);
              return done.succeeded() ? answer(batch, done.result()) : fail(batch, done.cause());
            });
  }

  /** Column by column, one behind the other. */
  private Tuple values(List<Member<T>> batch) {
    Tuple first = batch.getFirst().values;
    if (batch.size() == 1) return first;
    Tuple all = Tuple.tuple();
    for (int column = 0; column < first.size(); column++) {
      List<Object> cells = new ArrayList<>();
      for (Member<T> m : batch)
        cells.addAll(Arrays.asList((@Nullable Object[]) m.values.getValue(column)));
      Class<?> type = first.getValue(column).getClass().getComponentType();
      all.addValue(cells.toArray((Object[]) Array.newInstance(type, 0)));
    }
    return all;
  }

  /** What is missing was held by somebody or has moved on; alone it waits and learns which. */
  private Future<Void> answer(List<Member<T>> batch, RowSet<io.vertx.sqlclient.Row> rows) {
    Set<Long> written = new HashSet<>();
    for (io.vertx.sqlclient.Row row : rows) written.add(row.getLong(0));
    Future<Void> rest = Future.succeededFuture();
    List<Member<T>> settled = new ArrayList<>();
    for (Member<T> m : batch) {
      boolean is = written.contains(m.row.id());
      if (is || batch.size() == 1) {
        m.outcome.complete(is);
        settled.add(m);
      } else rest = rest.compose(v -> send(List.of(m)));
    }
    queue.answerOvertaken(settled);
    return rest;
  }

  /**
   * A statement that the database refused wrote nothing, so halves of it are tried until the row
   * that it refuses is alone.
   */
  private Future<Void> fail(List<Member<T>> batch, Throwable cause) {
    if (cause instanceof PgException refused && !Sql.fatal(refused)) {
      if (batch.size() == 1) {
        batch.getFirst().outcome.fail(Sql.refused(refused));
        return Future.succeededFuture();
      }
      int half = batch.size() / 2;
      return send(batch.subList(0, half)).compose(v -> send(batch.subList(half, batch.size())));
    }
    for (Member<T> m : batch) m.outcome.fail(Sql.unknown(cause));
    return Future.succeededFuture();
  }

  /** What waits is refused, what is on its way comes to its end. */
  @Override
  public Future<?> stop() {
    closing = true;
    queue.refuse(Sql.unavailable());
    pump();
    return idle.future()
        .timeout(2 * patience.toMillis(), TimeUnit.MILLISECONDS)
        .otherwiseEmpty()
        .compose(v -> pool.close());
  }
}
