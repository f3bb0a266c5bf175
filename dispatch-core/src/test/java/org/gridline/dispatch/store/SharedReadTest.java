package org.gridline.dispatch.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;
import org.gridline.dispatch.people.Scope;
import org.gridline.dispatch.ticket.Ticket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What questions that are asked together owe to each of those who ask. */
class SharedReadTest {
  private static final int ROWS = 50;

  private final Vertx vertx = Vertx.vertx();
  private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();

  @AfterEach
  void close() {
    callers.shutdownNow();
    vertx.close().await();
  }

  private SharedRead<Long> open(String url, int mostWaiting) throws SQLException {
    try (Connection c = TestDatabase.connectTo(url);
        Statement s = c.createStatement()) {
      s.execute("CREATE TABLE toy (id bigint PRIMARY KEY, n int NOT NULL)");
      s.execute("INSERT INTO toy SELECT i, i * 10 FROM generate_series(1, " + ROWS + ") i");
    }
    SharedRead<Long> shared =
        new SharedRead<>(
            Pools.planned(vertx, PgConnectOptions.fromUri(url), SharedRead.LANES, 10),
            StatementWatch.NOBODY,
            "test",
            new SharedRead.Statement<>(
                "SELECT 1, n, pg_backend_pid() || ' ' || now() FROM toy WHERE id = $1",
                Tuple::of,
                """
                SELECT s.n, toy.n, pg_backend_pid() || ' ' || now()
                  FROM unnest($1::bigint[]) WITH ORDINALITY AS s(id, n) JOIN toy ON toy.id = s.id
                """,
                ids -> new Columns<>(ids).longs(id -> id).tuple()),
            mostWaiting);
    vertx.deployVerticle(shared).await();
    return shared;
  }

  @Test
  void questions_that_come_while_others_are_answered_are_asked_together() throws Exception {
    String url = TestDatabase.empty();
    SharedRead<Long> shared = open(url, 1_000);
    List<Future<List<Row>>> asked = new ArrayList<>();
    try (Connection gate = TestDatabase.connectTo(url)) {
      gate.setAutoCommit(false);
      try (Statement s = gate.createStatement()) {
        s.execute("LOCK TABLE toy");
        for (long id = 1; id <= SharedRead.LANES; id++) asked.add(ask(shared, id));
        while (number(
                url,
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND"
                    + " wait_event_type = 'Lock'")
            < SharedRead.LANES) Thread.onSpinWait();
        for (long id = SharedRead.LANES + 1; id <= ROWS + 5; id++) asked.add(ask(shared, id));
        // The same once more: each is answered for itself.
        asked.add(ask(shared, 7));
        while (shared.waiting() < ROWS + 6 - SharedRead.LANES) Thread.onSpinWait();
        s.execute("UPDATE toy SET n = n + 1");
      }
      gate.commit();
    }
    Set<String> statements = new HashSet<>();
    for (int i = 0; i < asked.size(); i++) {
      List<Row> rows = asked.get(i).get();
      if (i >= ROWS && i < ROWS + 5) {
        assertThat(rows).isEmpty();
        continue;
      }
      long id = i == ROWS + 5 ? 7 : i + 1;
      assertThat(rows)
          .singleElement()
          .extracting(r -> r.getInteger(1))
          .isEqualTo((int) id * 10 + 1);
      statements.add(rows.getFirst().getString(2));
    }
    assertThat(statements).hasSizeLessThanOrEqualTo(2 * SharedRead.LANES);
  }

  @Test
  void when_the_statement_fails_everybody_hears_it_and_the_next_is_answered() throws Exception {
    String url = TestDatabase.empty();
    SharedRead<Long> shared = open(url, 3);
    List<Future<List<Row>>> asked = new ArrayList<>();
    List<Future<List<Row>>> more = new ArrayList<>();
    try (Connection gate = TestDatabase.connectTo(url)) {
      gate.setAutoCommit(false);
      try (Statement s = gate.createStatement()) {
        s.execute("LOCK TABLE toy");
        for (long id = 1; id <= SharedRead.LANES; id++) asked.add(ask(shared, id));
        while (number(
                url,
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND"
                    + " wait_event_type = 'Lock'")
            < SharedRead.LANES) Thread.onSpinWait();
        // Three may wait; the fourth hears at once that it can't.
        for (long id = 3; id <= 6; id++) more.add(ask(shared, id));
        while (more.stream().noneMatch(Future::isDone)) Thread.onSpinWait();
        try (Connection other = TestDatabase.connectTo(url);
            Statement kill = other.createStatement()) {
          kill.execute(
              "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event_type ="
                  + " 'Lock' AND datname = current_database()");
        }
        for (Future<List<Row>> each : asked) assertUnavailable(each);
      }
    }
    // Who waited behind them may have met the same cut connection.
    for (Future<List<Row>> each : more) {
      try {
        assertThat(each.get()).hasSize(1);
      } catch (ExecutionException e) {
        assertUnavailable(each);
      }
    }
    assertThat(shared.read(9L)).hasSize(1);
  }

  @Test
  void closing_refuses_who_asks_later() throws Exception {
    SharedRead<Long> shared = open(TestDatabase.empty(), 10);
    vertx.undeploy(shared.deploymentID()).await();
    assertUnavailable(ask(shared, 1));
  }

  @Test
  void everybody_gets_a_ticket_only_within_their_own_scope() throws Exception {
    try (Desk desk = Desk.open()) {
      List<Ticket> tickets = new ArrayList<>();
      for (int i = 0; i < 6; i++) tickets.add(desk.call("小区门口的暴露垃圾没人清,很臭", 118.89, 32.12).ticket());
      tickets.replaceAll(t -> desk.database().tickets().listById(List.of(t.id())).getFirst());
      String unit = tickets.getFirst().owner().orElseThrow().unit();
      String area = tickets.getFirst().place().areaCodes().getLast();
      List<Scope> seeing =
          List.of(
              new Scope.District(),
              new Scope.Limited(Set.of(), Set.of("OTHER \"}", unit)),
              new Scope.Limited(Set.of(area, "x,y"), Set.of()));
      List<Scope> blind =
          List.of(
              new Scope.Nothing(),
              new Scope.Limited(Set.of(), Set.of()),
              new Scope.Limited(Set.of("320199"), Set.of("QX-NOBODY", "{" + unit + "}")));
      List<Future<?>> all = new ArrayList<>();
      for (int round = 0; round < 20; round++) {
        for (Ticket ticket : tickets) {
          for (Scope scope : seeing)
            all.add(
                callers.submit(
                    () ->
                        assertThat(desk.database().tickets().get(ticket.id(), scope))
                            .isEqualTo(ticket)));
          for (Scope scope : blind)
            all.add(
                callers.submit(
                    () ->
                        assertThatThrownBy(() -> desk.database().tickets().get(ticket.id(), scope))
                            .isInstanceOfSatisfying(
                                Failure.class,
                                f -> assertThat(f.code()).isEqualTo(FailureCode.NOT_FOUND))));
        }
      }
      for (Future<?> each : all) each.get();
    }
  }

  private Future<List<Row>> ask(SharedRead<Long> shared, long id) {
    return callers.submit(() -> shared.read(id));
  }

  private static void assertUnavailable(Future<?> each) {
    assertThatThrownBy(each::get)
        .cause()
        .isInstanceOfSatisfying(
            Failure.class, f -> assertThat(f.code()).isEqualTo(FailureCode.UNAVAILABLE));
  }

  private static long number(String url, String sql) throws SQLException {
    try (Connection c = TestDatabase.connectTo(url);
        Statement s = c.createStatement();
        ResultSet rows = s.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
