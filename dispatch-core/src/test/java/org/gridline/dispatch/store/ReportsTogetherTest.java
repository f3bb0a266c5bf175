package org.gridline.dispatch.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;
import org.gridline.dispatch.intake.IdempotencyKey;
import org.gridline.dispatch.intake.Report;
import org.gridline.dispatch.intake.TakeReport;
import org.gridline.dispatch.intake.Urgency;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What whole reports owe to each other when they are committed together. */
class ReportsTogetherTest {
  private static final String BODY = "00".repeat(32);
  private static final String OTHER_BODY = "11".repeat(32);

  /** More than go together, so that some of them must wait for the next turn. */
  private static final int STORM = 300;

  private final Desk desk = Desk.open();
  private final Vertx vertx = Vertx.vertx();
  private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
  private final SharedCommit<NewReport> shared = shared();
  private final TakeReport patient = desk.takeReport(intake());

  @AfterEach
  void close() {
    callers.shutdownNow();
    vertx.close().await();
    desk.close();
  }

  /** As the house has it, but nobody loses patience while a test holds everything up. */
  private SharedCommit<NewReport> shared() {
    SharedCommit<NewReport> made =
        new SharedCommit<>(
            Pools.planned(vertx, options(), SharedCommit.LANES, 10),
            StatementWatch.NOBODY,
            "test",
            NewReport.STATEMENT,
            1_000,
            Duration.ofMinutes(5));
    vertx.deployVerticle(made).await();
    return made;
  }

  private PgIntake intake() {
    AesGcmCipher cipher = AesGcmCipher.open(desk.secrets());
    return new PgIntake(
        TicketStarts.open(
            vertx, Pools.planned(vertx, options(), 4, 2_000), StatementWatch.NOBODY, 2_000),
        shared,
        cipher,
        new PersonalWords(cipher),
        desk.database().numbers(),
        () -> {});
  }

  private PgConnectOptions options() {
    return PgConnectOptions.fromUri(desk.url()).setCachePreparedStatements(true);
  }

  @Test
  void one_key_among_many_becomes_one_ticket_and_another_body_is_refused() throws Exception {
    String key = UUID.randomUUID().toString();
    List<Future<TakeReport.Answer>> same = new ArrayList<>();
    List<Future<TakeReport.Answer>> others = new ArrayList<>();
    Future<TakeReport.Answer> reused;
    try (Gate gate = new Gate()) {
      for (int i = 0; i < 5; i++) same.add(take(Urgency.NORMAL, key, BODY));
      gate.awaitWaiting(1);
      gate.awaitGathered(4);
      reused = take(Urgency.NORMAL, key, OTHER_BODY);
      gate.awaitGathered(5);
      for (int i = 0; i < 20; i++) others.add(take(Urgency.NORMAL, fresh(), BODY));
      // Some of the others on the second lane, and the five behind the first.
      gate.awaitWaiting(SharedCommit.LANES);
      gate.awaitGathered(5);
    }
    int first = 0;
    List<String> answers = new ArrayList<>();
    for (Future<TakeReport.Answer> each : same) {
      if (each.get() instanceof TakeReport.Answer.First) first++;
      answers.add(new String(each.get().bytes(), StandardCharsets.UTF_8));
    }
    assertThat(first).isEqualTo(1);
    assertThat(answers).containsOnly(answers.getFirst());
    assertFails(reused, FailureCode.IDEMPOTENCY_KEY_REUSED);
    for (Future<TakeReport.Answer> each : others)
      assertThat(each.get()).isInstanceOf(TakeReport.Answer.First.class);
    assertThat(number("SELECT count(*) FROM ticket")).isEqualTo(21);
    assertThat(number("SELECT count(*) FROM idempotency")).isEqualTo(21);
    assertThat(number("SELECT count(*) FROM words")).isEqualTo(21);
  }

  @Test
  void a_report_that_the_database_refuses_fails_alone() throws Exception {
    List<Future<TakeReport.Answer>> good = new ArrayList<>();
    Future<TakeReport.Answer> poison;
    try (Gate gate = new Gate()) {
      for (int i = 0; i < SharedCommit.LANES; i++) good.add(take(Urgency.NORMAL, fresh(), BODY));
      gate.awaitWaiting(SharedCommit.LANES);
      for (int i = 0; i < 20; i++) good.add(take(Urgency.NORMAL, fresh(), BODY));
      Report ofNoCall = report(Urgency.NORMAL, OptionalLong.of(404));
      poison = callers.submit(() -> take(ofNoCall, new IdempotencyKey(1, fresh(), BODY)));
      for (int i = 0; i < 20; i++) good.add(take(Urgency.NORMAL, fresh(), BODY));
      gate.awaitGathered(41);
    }
    for (Future<TakeReport.Answer> each : good)
      assertThat(each.get()).isInstanceOf(TakeReport.Answer.First.class);
    assertThatThrownBy(poison::get)
        .cause()
        .isInstanceOfSatisfying(
            PgException.class,
            e -> assertThat(e.getConstraint()).isEqualTo("call_ticket_call_id_fkey"));
    assertThat(number("SELECT count(*) FROM ticket")).isEqualTo(good.size());
    assertThat(number("SELECT count(*) FROM idempotency")).isEqualTo(good.size());
    assertThat(number("SELECT count(*) FROM ticket_event WHERE version = 1"))
        .isEqualTo(good.size());
  }

  @Test
  void urgent_reports_go_before_all_that_came_earlier() throws Exception {
    List<Future<TakeReport.Answer>> all = new ArrayList<>();
    try (Gate gate = new Gate()) {
      for (int i = 0; i < SharedCommit.LANES; i++) all.add(take(Urgency.NORMAL, fresh(), BODY));
      gate.awaitWaiting(SharedCommit.LANES);
      for (int i = 0; i < STORM; i++) all.add(take(Urgency.NORMAL, fresh(), BODY));
      gate.awaitGathered(STORM);
      for (int i = 0; i < 5; i++) all.add(take(Urgency.URGENT, fresh(), BODY));
      gate.awaitGathered(STORM + 5);
    }
    for (Future<TakeReport.Answer> each : all) each.get();
    // The first commit after the gate takes as many as go together, the urgent ones among them.
    assertThat(
            number(
                "SELECT count(*) FROM ticket WHERE xmin = (SELECT DISTINCT xmin FROM ticket WHERE"
                    + " urgency = 'urgent')"))
        .isEqualTo(256);
    assertThat(number("SELECT count(*) FROM ticket")).isEqualTo(all.size());
  }

  @Test
  void a_key_that_two_servers_get_at_once_becomes_one_ticket() throws Exception {
    int keys = 25;
    try (Desk rival = desk.rival()) {
      List<List<Future<TakeReport.Answer>>> asked = new ArrayList<>();
      for (int k = 0; k < keys; k++) {
        String key = fresh();
        List<Future<TakeReport.Answer>> same = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
          Desk server = i % 2 == 0 ? desk : rival;
          same.add(
              callers.submit(() -> server.take(report(Urgency.NORMAL, OptionalLong.empty()), key)));
        }
        asked.add(same);
      }
      for (List<Future<TakeReport.Answer>> same : asked) {
        int first = 0;
        List<String> answers = new ArrayList<>();
        for (Future<TakeReport.Answer> each : same) {
          if (each.get() instanceof TakeReport.Answer.First) first++;
          answers.add(new String(each.get().bytes(), StandardCharsets.UTF_8));
        }
        assertThat(first).isEqualTo(1);
        assertThat(answers).containsOnly(answers.getFirst());
      }
    }
    assertThat(number("SELECT count(*) FROM ticket")).isEqualTo(keys);
  }

  @Test
  void a_key_that_another_server_used_is_refused_for_another_body() {
    String key = fresh();
    take(report(Urgency.NORMAL, OptionalLong.empty()), new IdempotencyKey(1, key, BODY));
    try (Desk rival = desk.rival()) {
      assertThatThrownBy(
              () ->
                  rival
                      .takeReport()
                      .take(
                          report(Urgency.NORMAL, OptionalLong.empty()),
                          rival.person("operator1"),
                          new IdempotencyKey(1, key, OTHER_BODY),
                          r -> new byte[0]))
          .isInstanceOfSatisfying(
              Failure.class,
              f -> assertThat(f.code()).isEqualTo(FailureCode.IDEMPOTENCY_KEY_REUSED));
    }
  }

  private Future<TakeReport.Answer> take(Urgency urgency, String key, String body) {
    return callers.submit(
        () -> take(report(urgency, OptionalLong.empty()), new IdempotencyKey(1, key, body)));
  }

  private TakeReport.Answer take(Report report, IdempotencyKey key) {
    return patient.take(
        report,
        desk.person("operator1"),
        key,
        r -> ("ticket " + r.ticket().id()).getBytes(StandardCharsets.UTF_8));
  }

  private static Report report(Urgency urgency, OptionalLong call) {
    Report usual = Desk.report("小区门口的暴露垃圾没人清,很臭", 118.89, 32.12);
    return new Report(
        usual.channel(),
        usual.type(),
        urgency,
        usual.words(),
        usual.caller(),
        usual.address(),
        usual.position(),
        usual.accuracyMetres(),
        usual.category(),
        usual.observedAt(),
        call,
        usual.component());
  }

  private static String fresh() {
    return UUID.randomUUID().toString();
  }

  private static void assertFails(Future<?> each, FailureCode code) {
    assertThatThrownBy(each::get)
        .cause()
        .isInstanceOfSatisfying(Failure.class, f -> assertThat(f.code()).isEqualTo(code));
  }

  private long number(String sql) throws SQLException {
    try (Connection c = TestDatabase.connectTo(desk.url());
        Statement s = c.createStatement();
        ResultSet rows = s.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  /** Lets nobody write a key; reading goes on. */
  private final class Gate implements AutoCloseable {
    private final Connection connection;

    Gate() throws SQLException {
      connection = TestDatabase.connectTo(desk.url());
      connection.setAutoCommit(false);
      try (Statement s = connection.createStatement()) {
        s.execute("LOCK TABLE idempotency IN SHARE MODE");
      }
    }

    void awaitWaiting(int statements) throws SQLException {
      while (number(
              "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND"
                  + " wait_event_type = 'Lock'")
          < statements) Thread.onSpinWait();
    }

    void awaitGathered(int reports) {
      while (shared.waiting() < reports) Thread.onSpinWait();
    }

    @Override
    public void close() throws SQLException {
      connection.close();
    }
  }
}
