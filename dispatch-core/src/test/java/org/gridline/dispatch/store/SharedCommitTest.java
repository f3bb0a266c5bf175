package org.gridline.dispatch.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What rows that are committed together owe to each of their callers. */
class SharedCommitTest {
  private static final int ROWS = 60;

  /** Adds to a number that may not grow beyond a thousand, if it is what the caller saw. */
  private static final String ADD =
      """
      WITH held AS MATERIALIZED (
        SELECT s.id, s.more
          FROM unnest($1::bigint[], $2::int[], $3::int[]) AS s(id, seen, more)
          JOIN toy t ON t.id = s.id AND (s.seen < 0 OR t.n = s.seen)
         WHERE t.id = ANY($1) ORDER BY t.id FOR UPDATE OF t%s),
      unit AS (
        INSERT INTO toy_unit (unit, adds) SELECT 'u' || id %% 4, 1 FROM held ORDER BY 1
        ON CONFLICT (unit) DO UPDATE SET adds = toy_unit.adds + 1)
      UPDATE toy SET n = n + held.more FROM held WHERE toy.id = held.id RETURNING toy.id
      """;

  private record Add(long id, int seen, int more, boolean alone) implements SharedCommit.Row {
    @Override
    public Set<Object> touches() {
      return Set.of(id, "u" + id % 4);
    }

    @Override
    public OptionalInt buildsOn() {
      return seen < 0 ? OptionalInt.empty() : OptionalInt.of(seen);
    }
  }

  private final Vertx vertx = Vertx.vertx();
  private final String url = TestDatabase.empty();
  private final AtomicInteger statements = new AtomicInteger();
  private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();

  @BeforeEach
  void table() throws SQLException {
    execute(
        "CREATE TABLE toy (id bigint PRIMARY KEY, n int NOT NULL CHECK (n < 1000))",
        "CREATE TABLE toy_unit (unit text PRIMARY KEY, adds int NOT NULL)",
        "INSERT INTO toy SELECT i, 0 FROM generate_series(1, " + ROWS + ") i");
  }

  @AfterEach
  void close() {
    vertx.close().await();
    callers.shutdownNow();
  }

  private SharedCommit<Add> open(int mostWaiting) {
    SharedCommit.Statement<Add> statement =
        new SharedCommit.Statement<>(
            ADD.formatted(""),
            ADD.formatted(" SKIP LOCKED"),
            add ->
                new Columns<>(List.of(add)).longs(Add::id).ints(Add::seen).ints(Add::more).tuple());
    SharedCommit<Add> shared =
        new SharedCommit<>(
            Pools.open(vertx, PgConnectOptions.fromUri(url), SharedCommit.LANES, 10),
            counting(),
            "test",
            statement,
            mostWaiting,
            Duration.ofMinutes(5));
    vertx.deployVerticle(shared).await();
    return shared;
  }

  @Test
  void rows_that_come_while_others_are_committed_go_together() throws Exception {
    SharedCommit<Add> shared = open(1_000);
    List<Future<Boolean>> waiting = new ArrayList<>();
    try (Holder holder = new Holder(1, 2)) {
      // One row in each lane, which wait; the others gather.
      waiting.add(add(shared, 1, 1));
      waiting.add(add(shared, 2, 1));
      holder.awaitWaiting(SharedCommit.LANES);
      for (int id = 3; id <= ROWS; id++) waiting.add(add(shared, id, 1));
      assertThat(number("SELECT sum(n) FROM toy")).isZero();
    }
    for (Future<Boolean> each : waiting) assertThat(each.get()).isTrue();
    assertThat(number("SELECT sum(n) FROM toy")).isEqualTo(ROWS);
    // A row of each unit goes with one of every other.
    assertThat(number("SELECT count(DISTINCT xmin::text) FROM toy")).isLessThan(ROWS * 2 / 3);
    assertThat(number("SELECT sum(adds) FROM toy_unit")).isEqualTo(ROWS);
  }

  @Test
  void a_row_that_the_database_refuses_fails_alone() throws Exception {
    SharedCommit<Add> shared = open(1_000);
    List<Future<Boolean>> good = new ArrayList<>();
    Future<Boolean> bad;
    Future<Boolean> stale;
    try (Holder holder = new Holder(1, 2)) {
      good.add(add(shared, 1, 1));
      good.add(add(shared, 2, 1));
      holder.awaitWaiting(SharedCommit.LANES);
      for (int id = 3; id <= 20; id++) good.add(add(shared, id, 1));
      bad = add(shared, 21, 5_000);
      stale = callers.submit(() -> shared.commit(new Add(22, 77, 1, false)));
      for (int id = 23; id <= ROWS; id++) good.add(add(shared, id, 1));
    }
    for (Future<Boolean> each : good) assertThat(each.get()).isTrue();
    assertThat(stale.get()).isFalse();
    assertThatThrownBy(bad::get)
        .cause()
        .isInstanceOfSatisfying(
            PgException.class, e -> assertThat(e.getConstraint()).isEqualTo("toy_n_check"));
    assertThat(number("SELECT sum(n) FROM toy")).isEqualTo(ROWS - 2);
  }

  @Test
  void who_holds_a_row_keeps_nobody_else_waiting() throws Exception {
    SharedCommit<Add> shared = open(1_000);
    Future<Boolean> held;
    List<Future<Boolean>> others = new ArrayList<>();
    Holder both = new Holder(1, 2);
    try (Holder one = new Holder(5)) {
      others.add(add(shared, 1, 1));
      others.add(add(shared, 2, 1));
      both.awaitWaiting(SharedCommit.LANES);
      held = add(shared, 5, 1);
      for (int id = 6; id <= 8; id++) others.add(add(shared, id, 1));
      both.close();
      for (Future<Boolean> each : others) assertThat(each.get()).isTrue();
      one.awaitWaiting(1);
      assertThat(held.isDone()).isFalse();
    }
    assertThat(held.get()).isTrue();
  }

  @Test
  void nothing_is_lost_and_nothing_deadlocks_however_they_overlap() throws Exception {
    SharedCommit<Add> first = open(1_000);
    SharedCommit<Add> second = open(1_000);
    AtomicInteger added = new AtomicInteger();
    List<Future<?>> all = new ArrayList<>();
    for (int caller = 0; caller < 24; caller++) {
      Random random = new Random(caller);
      SharedCommit<Add> shared = caller % 2 == 0 ? first : second;
      all.add(
          callers.submit(
              () -> {
                for (int i = 0; i < 50; i++) {
                  Add add = new Add(1 + random.nextInt(12), -1, 1, random.nextInt(10) == 0);
                  if (shared.commit(add)) added.incrementAndGet();
                }
              }));
    }
    for (Future<?> each : all) each.get();
    assertThat(added).hasValue(24 * 50);
    assertThat(number("SELECT sum(n) FROM toy")).isEqualTo(24 * 50);
    assertThat(number("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"))
        .isZero();
  }

  @Test
  void who_builds_on_what_another_has_just_changed_hears_it_without_asking_the_database()
      throws Exception {
    SharedCommit<Add> shared = open(1_000);
    Future<Boolean> first;
    List<Future<Boolean>> late = new ArrayList<>();
    Future<Boolean> next;
    try (Holder holder = new Holder(1)) {
      first = callers.submit(() -> shared.commit(new Add(1, 0, 2, false)));
      holder.awaitWaiting(1);
      for (int i = 0; i < 40; i++) {
        int more = 1 + i % 3;
        late.add(callers.submit(() -> shared.commit(new Add(1, 0, more, more == 2))));
      }
      next = callers.submit(() -> shared.commit(new Add(1, 2, 1, false)));
      while (shared.waiting() < 41) Thread.onSpinWait();
    }
    assertThat(first.get()).isTrue();
    for (Future<Boolean> each : late) assertThat(each.get()).isFalse();
    // What builds on that very change is still asked for.
    assertThat(next.get()).isTrue();
    assertThat(number("SELECT n FROM toy WHERE id = 1")).isEqualTo(3);
    assertThat(statements).hasValue(2);
  }

  @Test
  void who_builds_on_what_another_node_changed_hears_it_with_the_first_who_learns_it()
      throws Exception {
    SharedCommit<Add> shared = open(1_000);
    Holder other = new Holder(1);
    Future<Boolean> first = callers.submit(() -> shared.commit(new Add(1, 0, 1, false)));
    other.awaitWaiting(1);
    List<Future<Boolean>> late = new ArrayList<>();
    for (int i = 0; i < 40; i++)
      late.add(callers.submit(() -> shared.commit(new Add(1, 0, 1, false))));
    while (shared.waiting() < 40) Thread.onSpinWait();
    other.add(1, 5);
    assertThat(first.get()).isFalse();
    for (Future<Boolean> each : late) assertThat(each.get()).isFalse();
    assertThat(number("SELECT n FROM toy WHERE id = 1")).isEqualTo(5);
    assertThat(statements).hasValue(1);
  }

  @Test
  void who_is_refused_says_nothing_of_those_who_build_on_the_same() throws Exception {
    SharedCommit<Add> shared = open(1_000);
    Future<Boolean> refused;
    Future<Boolean> good;
    try (Holder holder = new Holder(1)) {
      refused = callers.submit(() -> shared.commit(new Add(1, 0, 5_000, false)));
      holder.awaitWaiting(1);
      good = callers.submit(() -> shared.commit(new Add(1, 0, 1, false)));
      while (shared.waiting() < 1) Thread.onSpinWait();
    }
    assertThatThrownBy(refused::get).cause().isInstanceOf(PgException.class);
    assertThat(good.get()).isTrue();
  }

  @Test
  void nobody_knows_of_any_when_the_connection_is_cut() throws Exception {
    SharedCommit<Add> shared = open(1_000);
    List<Future<Boolean>> cut = new ArrayList<>();
    try (Holder holder = new Holder(1, 2)) {
      cut.add(add(shared, 1, 1));
      cut.add(add(shared, 2, 1));
      holder.awaitWaiting(SharedCommit.LANES);
      execute(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event_type = 'Lock'");
      for (Future<Boolean> each : cut) assertFails(each, FailureCode.OUTCOME_UNKNOWN);
    }
    assertThat(shared.commit(new Add(1, -1, 1, false))).isTrue();
  }

  @Test
  void too_many_are_refused_at_once() throws Exception {
    SharedCommit<Add> shared = open(4);
    List<Future<Boolean>> waiting = new ArrayList<>();
    try (Holder holder = new Holder(1, 2)) {
      waiting.add(add(shared, 1, 1));
      waiting.add(add(shared, 2, 1));
      holder.awaitWaiting(SharedCommit.LANES);
      List<Future<Boolean>> more = new ArrayList<>();
      for (int id = 3; id <= 12; id++) more.add(add(shared, id, 1));
      // Four of them have a place; the others hear so before anything moves.
      List<Future<Boolean>> refused = new ArrayList<>();
      while (refused.size() < 6) {
        refused.clear();
        for (Future<Boolean> each : more) if (each.isDone()) refused.add(each);
        Thread.onSpinWait();
      }
      for (Future<Boolean> each : refused) assertFails(each, FailureCode.UNAVAILABLE);
      more.removeIf(Future::isDone);
      waiting.addAll(more);
    }
    for (Future<Boolean> each : waiting) assertThat(each.get()).isTrue();
    assertThat(number("SELECT sum(n) FROM toy")).isEqualTo(6);
  }

  @Test
  void closing_refuses_who_waits_and_answers_who_is_on_the_way() throws Exception {
    SharedCommit<Add> shared = open(1_000);
    Future<Boolean> waits;
    List<Future<Boolean>> sent = new ArrayList<>();
    io.vertx.core.Future<Void> closed;
    try (Holder holder = new Holder(1, 2)) {
      sent.add(add(shared, 1, 1));
      sent.add(add(shared, 2, 1));
      holder.awaitWaiting(SharedCommit.LANES);
      waits = callers.submit(() -> shared.commit(new Add(1, -1, 1, false)));
      closed = vertx.undeploy(shared.deploymentID());
      assertFails(waits, FailureCode.UNAVAILABLE);
    }
    closed.await();
    for (Future<Boolean> each : sent) assertThat(each.get()).isTrue();
    assertThatThrownBy(() -> shared.commit(new Add(3, -1, 1, false)))
        .isInstanceOfSatisfying(
            Failure.class, f -> assertThat(f.code()).isEqualTo(FailureCode.UNAVAILABLE));
    assertThat(number("SELECT sum(n) FROM toy")).isEqualTo(2);
  }

  private StatementWatch counting() {
    return new StatementWatch() {
      @Override
      public void begins() {
        statements.incrementAndGet();
      }

      @Override
      public void ends(String part, Kind kind, String result, long nanos) {}
    };
  }

  private Future<Boolean> add(SharedCommit<Add> shared, long id, int more) {
    return callers.submit(() -> shared.commit(new Add(id, -1, more, false)));
  }

  private static void assertFails(Future<Boolean> each, FailureCode code) {
    assertThatThrownBy(each::get)
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOfSatisfying(Failure.class, f -> assertThat(f.code()).isEqualTo(code));
  }

  private void execute(String... statements) throws SQLException {
    try (Connection c = TestDatabase.connectTo(url);
        Statement s = c.createStatement()) {
      for (String sql : statements) s.execute(sql);
    }
  }

  private long number(String sql) throws SQLException {
    try (Connection c = TestDatabase.connectTo(url);
        Statement s = c.createStatement();
        ResultSet rows = s.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  /** Somebody else's transaction that holds some rows. */
  private final class Holder implements AutoCloseable {
    private final Connection connection;

    Holder(long... ids) throws SQLException {
      connection = TestDatabase.connectTo(url);
      connection.setAutoCommit(false);
      try (Statement s = connection.createStatement()) {
        for (long id : ids) s.execute("SELECT FROM toy WHERE id = " + id + " FOR UPDATE");
      }
    }

    void awaitWaiting(int statements) throws SQLException {
      while (number(
              "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND"
                  + " wait_event_type = 'Lock'")
          < statements) Thread.onSpinWait();
    }

    /** Changes one of them and lets go of all. */
    void add(long id, int more) throws SQLException {
      try (Statement s = connection.createStatement()) {
        s.execute("UPDATE toy SET n = n + " + more + " WHERE id = " + id);
      }
      connection.commit();
      connection.close();
    }

    @Override
    public void close() throws SQLException {
      connection.close();
    }
  }
}
