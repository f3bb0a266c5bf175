package org.gridline.dispatch.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;
import org.gridline.dispatch.event.Draw;
import org.gridline.dispatch.event.EventLog.Entry;
import org.gridline.dispatch.indicator.CountIndicators;
import org.gridline.dispatch.indicator.Figure;
import org.gridline.dispatch.indicator.Indicator;
import org.gridline.dispatch.indicator.Period;
import org.gridline.dispatch.indicator.Question;
import org.gridline.dispatch.people.Scope;
import org.gridline.dispatch.people.User;
import org.gridline.dispatch.ticket.ActionKind;
import org.gridline.dispatch.ticket.Ticket;
import org.gridline.dispatch.ticket.TicketState;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Who checks is drawn by lot, and some checks are made twice without anybody knowing. */
class S32_CheckerIsDrawnTest {
  private static final double SHARE = 0.05;

  private static String url;
  private static Desk desk;

  @BeforeAll
  static void open() {
    url = TestDatabase.fresh();
    desk = Desk.open(url);
  }

  @AfterAll
  static void close() {
    desk.close();
  }

  @AfterEach
  void theLogMakesTheTickets() {
    desk.drawsBy(Desk::unrepeated);
    assertThat(desk.database().verifier().verify().broken()).isEmpty();
  }

  @Test
  void only_whoever_was_drawn_checks_and_the_log_draws_the_same_person_again() {
    Ticket ticket = checking();
    User drawn = desk.checkerOf(ticket);
    User other = otherThan(drawn);
    assertThat(desk.offered(ticket, drawn)).contains(ActionKind.CHECK, ActionKind.REWORK);
    assertThat(desk.offered(ticket, other)).isEmpty();
    assertThat(desk.offered(ticket, desk.person("chief1")))
        .contains(ActionKind.REDRAW_CHECKER)
        .doesNotContain(ActionKind.REWORK);
    assertThat(seen(drawn, ticket)).isTrue();
    assertThat(seen(other, ticket)).isFalse();
    // What lies outside one's scope is not there; whoever sees more is refused for the draw.
    assertThatThrownBy(() -> desk.act(ticket, other, ActionKind.CHECK, Map.of()))
        .isInstanceOfSatisfying(
            Failure.class, f -> assertThat(f.code()).isEqualTo(FailureCode.NOT_FOUND));
    assertThatThrownBy(
            () ->
                desk.act(ticket, desk.person("chief1"), ActionKind.REWORK, Map.of("reason", "我看")))
        .isInstanceOfSatisfying(
            Failure.class, f -> assertThat(f.code()).isEqualTo(FailureCode.INDEPENDENCE_REQUIRED));

    JsonNode draw = data(last(ticket)).path("draw");
    List<String> pool = new ArrayList<>();
    draw.path("pool").forEach(p -> pool.add(p.asText()));
    assertThat(Draw.from(draw.path("seed").asLong(), pool, draw.path("last").asLong()).checker())
        .isEqualTo(drawn.id())
        .isEqualTo(draw.path("checker").asLong());

    Ticket checked = desk.act(ticket, drawn, ActionKind.CHECK, Map.of());
    assertThat(checked.state()).isEqualTo(TicketState.REVISITING);
    assertThat(seen(drawn, ticket)).isFalse();
  }

  @Test
  void nobody_checks_one_unit_twice_in_a_row_however_many_are_drawn_at_once() throws Exception {
    List<Ticket> waiting = new ArrayList<>();
    for (int i = 0; i < 16; i++) waiting.add(fedBack());
    String unit = waiting.getFirst().owner().orElseThrow().unit();
    assertThat(waiting).allMatch(t -> t.owner().orElseThrow().unit().equals(unit));
    try (ExecutorService hands = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Ticket>> work = new ArrayList<>();
      for (Ticket t : waiting)
        work.add(() -> desk.act(t, desk.person("dispatcher1"), ActionKind.PASS, Map.of()));
      for (Future<Ticket> done : hands.invokeAll(work))
        assertThat(done.get().progress().life().check()).isPresent();
    }
    // Two people take turns, so each has half of any even number.
    assertThat(turns(unit, waiting)).containsExactlyInAnyOrder(8, 8);
  }

  @Test
  void the_centre_has_another_one_drawn_and_says_why() {
    Ticket ticket = checking();
    User first = desk.checkerOf(ticket);
    assertThatThrownBy(
            () -> desk.act(ticket, desk.person("chief1"), ActionKind.REDRAW_CHECKER, Map.of()))
        .isInstanceOfSatisfying(Failure.class, f -> assertThat(f.field()).contains("reason"));
    Ticket redrawn =
        desk.act(
            ticket, desk.person("chief1"), ActionKind.REDRAW_CHECKER, Map.of("reason", "核查员病休"));
    assertThat(last(ticket).kind()).isEqualTo("CheckerRedrawn");
    assertThat(last(ticket).words()).contains("核查员病休");
    assertThat(desk.checkerOf(redrawn)).isEqualTo(otherThan(first));
    assertThat(desk.offered(redrawn, first)).isEmpty();
    assertThat(desk.act(redrawn, otherThan(first), ActionKind.CHECK, Map.of()).state())
        .isEqualTo(TicketState.REVISITING);
  }

  @Test
  void where_the_lot_finds_nobody_the_centre_has_it_to_do_and_draws_again() throws SQLException {
    User chief = desk.person("chief1");
    Ticket fedBack = fedBack();
    Ticket waiting;
    away("now()");
    try {
      waiting = desk.act(fedBack, desk.person("dispatcher1"), ActionKind.PASS, Map.of());
      assertThat(waiting.state()).isEqualTo(TicketState.CHECKING);
      assertThat(waiting.progress().life().check()).isEmpty();
      assertThat(desk.decide().nobodyDrawn(waiting)).isTrue();
      assertThat(waitsFor(waiting, chief)).isTrue();
      Ticket still = waiting;
      assertThatThrownBy(
              () -> desk.act(still, chief, ActionKind.REDRAW_CHECKER, Map.of("reason", "再抽")))
          .isInstanceOfSatisfying(
              Failure.class,
              f -> {
                assertThat(f.code()).isEqualTo(FailureCode.ILLEGAL_ACTION);
                assertThat(f).hasMessageContaining("没有其他可抽取的核查员");
              });
    } finally {
      away("NULL");
    }
    Ticket drawn = desk.act(waiting, chief, ActionKind.REDRAW_CHECKER, Map.of("reason", "核查员已到岗"));
    assertThat(waitsFor(drawn, chief)).isFalse();
    assertThat(desk.act(drawn, desk.checkerOf(drawn), ActionKind.CHECK, Map.of()).state())
        .isEqualTo(TicketState.REVISITING);
  }

  private static boolean waitsFor(Ticket ticket, User user) {
    return desk.decide().waitsFor(ticket, user, desk.database().clock().instant());
  }

  private static void away(String since) throws SQLException {
    try (Connection c = TestDatabase.connectTo(url);
        Statement s = c.createStatement()) {
      s.execute(
          "UPDATE app_user SET disabled_at = %s WHERE login IN ('checker1', 'checker2')"
              .formatted(since));
    }
  }

  @Test
  void a_passed_check_is_silently_repeated_and_disagreement_is_counted() {
    Instant before = desk.database().clock().instant().minus(Duration.ofSeconds(1));
    Ticket ticket = checking();
    User first = desk.checkerOf(ticket);
    desk.drawsBy(S32_CheckerIsDrawnTest::repeated);
    Ticket again = desk.act(ticket, first, ActionKind.CHECK, Map.of("note", "合格"));
    assertThat(again.state()).isEqualTo(TicketState.CHECKING);
    User second = desk.checkerOf(again);
    assertThat(second).isNotEqualTo(first);
    assertThat(seen(first, again)).isFalse();
    // The repeated check is not repeated again, whatever the lot.
    Ticket back = desk.act(again, second, ActionKind.REWORK, Map.of("reason", "现场仍有遗留"));
    assertThat(back.state()).isEqualTo(TicketState.HANDLING);
    assertThat(data(last(back)).path("against").asLong()).isEqualTo(first.id());

    Ticket other = checking();
    Ticket passed = desk.act(other, desk.checkerOf(other), ActionKind.CHECK, Map.of());
    User confirming = desk.checkerOf(passed);
    Ticket done = desk.act(passed, confirming, ActionKind.CHECK, Map.of());
    assertThat(done.state()).isEqualTo(TicketState.REVISITING);
    assertThat(data(last(done)).path("confirms").asLong())
        .isNotZero()
        .isNotEqualTo(confirming.id());

    Instant after = desk.database().clock().instant().plus(Duration.ofSeconds(1));
    Question question =
        new Question(
            new Period(before, after),
            "",
            Set.of(),
            "",
            Optional.empty(),
            Question.Grouping.NONE,
            "");
    var rows =
        new CountIndicators(desk.database().courses()).count(question, new Scope.District()).rows();
    Figure figure = rows.getOrDefault("", Map.of()).get(Indicator.CHECKS_DISAGREED);
    assertThat(figure).isEqualTo(new Figure(1_000, 2, 0));
  }

  @Test
  void the_database_itself_refuses_a_check_by_somebody_else() throws SQLException {
    Ticket ticket = checking();
    User drawn = desk.checkerOf(ticket);
    try (Connection c = TestDatabase.connectTo(url);
        Statement s = c.createStatement()) {
      c.setAutoCommit(false);
      s.execute(event(ticket, otherThan(drawn).id(), "{}"));
      assertThatThrownBy(() -> s.execute(closing(ticket)))
          .hasMessageContaining("somebody else was drawn");
      c.rollback();
      s.execute(event(ticket, otherThan(drawn).id(), "{\"actingFor\":" + drawn.id() + "}"));
      s.execute(closing(ticket));
      c.rollback();
      s.execute(event(ticket, drawn.id(), "{}"));
      s.execute(closing(ticket));
      c.rollback();
    }
  }

  private static String event(Ticket ticket, long user, String data) {
    return """
    INSERT INTO ticket_event (ticket_id, version, id, kind, at, user_id, state_before, state_after, data, prev_hash, hash)
    VALUES (%d, %d, 1, 'ResultChecked', now(), %d, 'CHECKING', 'REVISITING', '%s', '', 'x')
    """
        .formatted(ticket.id(), ticket.version() + 1, user, data);
  }

  private static String closing(Ticket ticket) {
    return "UPDATE ticket SET state = 'REVISITING', version = version + 1, life = life - 'check'"
        + " WHERE id = "
        + ticket.id();
  }

  private static List<Integer> turns(String unit, List<Ticket> tickets) throws SQLException {
    String ids = String.join(",", tickets.stream().map(t -> "" + t.id()).toList());
    List<Integer> turns = new ArrayList<>();
    try (Connection c = TestDatabase.connectTo(url);
        Statement s = c.createStatement();
        ResultSet rows =
            s.executeQuery(
                "SELECT count(*) FROM check_draw WHERE unit = '%s' AND ticket_id IN (%s) GROUP BY checker"
                    .formatted(unit, ids))) {
      while (rows.next()) turns.add(rows.getInt(1));
    }
    return turns;
  }

  private static long repeated(long chance) {
    long seed = chance;
    while (!Draw.repeats(seed, SHARE)) seed++;
    return seed;
  }

  private static boolean seen(User user, Ticket ticket) {
    try {
      desk.database()
          .tickets()
          .get(ticket.id(), user.scopeWithChecks(desk.pack().policy().units()));
      return true;
    } catch (Failure notFound) {
      return false;
    }
  }

  private static User otherThan(User checker) {
    return desk.person(checker.login().equals("checker1") ? "checker2" : "checker1");
  }

  private static Entry last(Ticket ticket) {
    return desk.database().events().history(ticket.id(), new Scope.District()).getLast();
  }

  private static JsonNode data(Entry entry) {
    return ReplayTable.json(entry.data());
  }

  private static Ticket checking() {
    return desk.act(fedBack(), desk.person("dispatcher1"), ActionKind.PASS, Map.of());
  }

  private static Ticket fedBack() {
    Ticket ticket = desk.call("小区门口的暴露垃圾没人清,生活垃圾堆在路边很臭", 118.89, 32.12).ticket();
    User lead = desk.handlerOf(ticket.owner().orElseThrow().unit());
    ticket = desk.act(ticket, lead, ActionKind.SIGN, Map.of());
    return desk.act(ticket, lead, ActionKind.FEEDBACK, Map.of("result", "solved", "words", "已清理"));
  }
}
