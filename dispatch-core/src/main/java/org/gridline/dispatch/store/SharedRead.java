package org.gridline.dispatch.store;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.gridline.dispatch.Failure;

/**
 * Runs on an event loop, where all its state lives, and never awaits. Questions that come in while
 * others are being answered gather and are asked together next; one that comes alone goes at once.
 * A statement begins after all of its questions were asked, so no answer is older than its
 * question.
 *
 * @param <K> what is asked for
 */
final class SharedRead<K> extends VerticleBase {
  /** As with shared commits: two keep the cores busy and leave something to gather for. */
  static final int LANES = 2;

  /** More in one statement save nothing any more. */
  private static final int MOST_KEYS = 256;

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /**
   * The statement in two forms. The first column of what they return says which question a row
   * answers, counted from 1; a question may have any number of rows.
   *
   * @param one for a question that comes alone
   * @param many for several of them
   */
  record Statement<K>(
      String one, Function<K, Tuple> alone, String many, Function<List<K>, Tuple> together) {}

  private final Pool pool;
  private final StatementWatch watch;
  private final String part;
  private final Statement<K> statement;
  private final int mostWaiting;
  private final AtomicInteger waiting = new AtomicInteger();
  private final ArrayDeque<Question> queue = new ArrayDeque<>();
  private int busy;
  private boolean closing;

  /**
   * @param mostWaiting so many may wait; more are refused at once
   */
  SharedRead(
      Pool pool, StatementWatch watch, String part, Statement<K> statement, int mostWaiting) {
    this.pool = pool;
    this.watch = watch;
    this.part = part;
    this.statement = statement;
    this.mostWaiting = mostWaiting;
  }

  private final class Question {
    final K key;
    final List<Row> rows = new ArrayList<>();
    final Promise<List<Row>> answer = Promise.promise();

    Question(K key) {
      this.key = key;
    }
  }

  /**
   * Waits on the caller's thread for the rows that answer this. Never call it on an event loop.
   *
   * @throws Failure {@code unavailable}
   */
  List<Row> read(K key) {
    Question question = new Question(key);
    if (waiting.incrementAndGet() > mostWaiting) {
      waiting.decrementAndGet();
      throw Sql.unavailable();
    }
    context.runOnContext(v -> enter(question));
    try {
      return await(question);
    } catch (TimeoutException slow) {
      throw Sql.unavailable(slow);
    }
  }

  /** How many wait for their turn. */
  int waiting() {
    return waiting.get();
  }

  private List<Row> await(Question question) throws TimeoutException {
    return question.answer.future().timeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS).await();
  }

  private void enter(Question question) {
    queue.add(question);
    pump();
  }

  private void pump() {
    while (busy < LANES && !queue.isEmpty()) {
      List<Question> together = new ArrayList<>();
      while (together.size() < MOST_KEYS && !queue.isEmpty()) together.add(queue.remove());
      waiting.addAndGet(-together.size());
      if (closing) {
        for (Question q : together) q.answer.fail(Sql.unavailable());
        continue;
      }
      busy++;
      ask(together);
    }
  }

  private void ask(List<Question> together) {
    watch.begins();
    long from = System.nanoTime();
    rows(together)
        .timeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
        .onComplete(
            done -> {
              watch.ends(
                  part,
                  StatementWatch.Kind.READ,
                  done.succeeded() ? "ok" : Sql.result(done.cause()),
                  System.nanoTime() - from);
              busy--;
              answer(together, done);
              pump();
            });
  }

  private Future<RowSet<Row>> rows(List<Question> together) {
    List<K> keys = together.stream().map(q -> q.key).toList();
    return keys.size() == 1
        ? pool.preparedQuery(statement.one()).execute(statement.alone().apply(keys.getFirst()))
        : pool.preparedQuery(statement.many()).execute(statement.together().apply(keys));
  }

  private void answer(List<Question> together, AsyncResult<RowSet<Row>> done) {
    if (done.failed()) {
      RuntimeException failure = Sql.unavailable(done.cause());
      for (Question q : together) q.answer.fail(failure);
      return;
    }
    for (Row row : done.result()) together.get(row.getInteger(0) - 1).rows.add(row);
    for (Question q : together) q.answer.complete(q.rows);
  }

  /** What waits is refused; what was asked is still answered. */
  @Override
  public Future<?> stop() {
    closing = true;
    pump();
    return Future.succeededFuture();
  }
}
