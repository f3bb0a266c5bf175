package org.gridline.dispatch.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.nio.file.Files;
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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.gridline.dispatch.city.NoticeFile;
import org.gridline.dispatch.notice.Notice;
import org.gridline.dispatch.notice.NoticeRules;
import org.gridline.dispatch.notice.Notices;
import org.gridline.dispatch.notice.Occasion;
import org.gridline.dispatch.notice.Receivers;
import org.gridline.dispatch.notice.TellSteps;
import org.gridline.dispatch.people.Rosters.Wish;
import org.gridline.dispatch.people.User;
import org.gridline.dispatch.ticket.ActionKind;
import org.gridline.dispatch.ticket.Ticket;
import org.gridline.dispatch.ticket.TicketState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * 值班联系人提醒到有人确认: a step of one tells the others, those on duty first, again and again and one level
 * after the other, until one of them acknowledges or the ticket moves on.
 */
@Timeout(180)
class S39_DutyContactsAreToldTest {
  private static final Duration HALF_HOUR = Duration.ofMinutes(30);

  private Desk desk;
  private NoticeRules rules;
  private TellSteps telling;

  @BeforeEach
  void open() {
    desk = Desk.open(TestDatabase.fresh());
    rules =
        NoticeFile.read(
            Desk.repository().resolve("config/cities/qixia-sample"), Desk.packForTests());
    telling = desk.database().tellSteps(rules);
  }

  @AfterEach
  void close() {
    desk.close();
  }

  @Test
  void the_whole_unit_hears_where_nobody_is_on_duty_and_its_duty_contact_where_somebody_is()
      throws SQLException {
    Ticket ticket = dispatched();
    tell();
    User handler = handler(ticket);
    User second = colleague(handler);
    assertThat(told(handler)).extracting(Notice::occasion).containsExactly(Occasion.DISPATCHED);
    assertThat(told(second)).hasSize(1);
    assertThat(told(desk.person("maqun1"))).as("another unit").isEmpty();
    assertThat(told(desk.person("checker1"))).isEmpty();

    onDuty(second, Optional.empty(), now().plusSeconds(3_600), now().plusSeconds(7_200));
    assertThat(told(handler)).as("that shift has not begun").hasSize(1);
    onDuty(second, Optional.empty(), now().minusSeconds(60), now().plusSeconds(3_600));
    assertThat(told(handler)).isEmpty();
    assertThat(told(second)).hasSize(1);
    assertThat(toldAt(handler, now().plusSeconds(20_000)))
        .as("the roster of the moment")
        .hasSize(1);
  }

  @Test
  void a_shift_for_an_area_counts_for_tickets_in_it() throws SQLException {
    Ticket ticket = dispatched();
    tell();
    User handler = handler(ticket);
    User second = colleague(handler);
    Instant from = now().minusSeconds(60);
    Instant until = now().plusSeconds(3_600);
    onDuty(handler, Optional.empty(), from, until);
    onDuty(second, Optional.of("320113999"), from, until);
    assertThat(told(second)).as("another area").isEmpty();
    onDuty(second, Optional.of(ticket.place().codesNow().getLast()), from, until);
    assertThat(told(second)).hasSize(1);
    assertThat(told(handler)).hasSize(1);
  }

  @Test
  void a_unit_without_anybody_is_answered_for_by_the_one_above() throws SQLException {
    Ticket ticket = dispatched();
    String unit = unit(ticket);
    tell();
    sql("UPDATE app_user SET disabled_at = now() WHERE unit = '" + unit + "'");
    String above = desk.pack().policy().units().get(unit).parent().orElseThrow();
    User superior =
        Desk.packForTests().people().stream()
            .filter(p -> p.unit().equals(above))
            .map(p -> desk.person(p.login()))
            .findFirst()
            .orElseThrow();
    assertThat(told(superior)).extracting(Notice::occasion).containsExactly(Occasion.DISPATCHED);
  }

  @Test
  void it_is_repeated_and_goes_up_level_by_level_until_one_acknowledges() {
    Ticket ticket = dispatched();
    tell();
    User handler = handler(ticket);
    Notices notices = desk.database().notices();
    Instant at = told(handler).getFirst().shownAt();
    User above = desk.person("chengguanju1");
    for (int i = 1; i <= 2; i++) {
      at = at.plus(HALF_HOUR);
      assertThat(notices.remind(at, at)).isEqualTo(1);
      assertThat(toldAt(above, at)).isEmpty();
    }
    for (int level = 1; level <= 2; level++) {
      at = at.plus(HALF_HOUR);
      assertThat(notices.remind(at, at)).isEqualTo(1);
      assertThat(toldAt(handler, at).getFirst().toldLevel()).isEqualTo(level);
      for (int i = 1; i <= 2 && level == 1; i++) {
        at = at.plus(HALF_HOUR);
        assertThat(notices.remind(at, at)).isEqualTo(1);
      }
    }
    Notice high = toldAt(above, at).getFirst();
    assertThat(high.reminders()).isEqualTo(6);
    notices.acknowledge(reader(above, at), high.id(), at);
    assertThat(toldAt(handler, at)).isEmpty();
    assertThat(notices.remind(at.plus(HALF_HOUR), at.plus(HALF_HOUR))).isZero();
    Notice seen =
        notices
            .list(reader(handler, at), Notices.Which.ALL, Optional.empty(), 10, at)
            .notices()
            .getFirst();
    assertThat(seen.acknowledged().orElseThrow().user()).isEqualTo(above.id());
  }

  @Test
  void it_is_over_when_the_ticket_moves_on() {
    Ticket ticket = dispatched();
    tell();
    User handler = handler(ticket);
    assertThat(told(handler)).hasSize(1);
    desk.act(ticket, handler, ActionKind.SIGN, Map.of());
    tell();
    assertThat(told(handler)).isEmpty();
    Instant later = now().plus(Duration.ofDays(1));
    assertThat(desk.database().notices().remind(later, later)).isZero();
    assertThat(
            desk.database()
                .notices()
                .list(reader(handler, now()), Notices.Which.ALL, Optional.empty(), 10, night())
                .notices()
                .getFirst()
                .over())
        .isPresent();
  }

  @Test
  void every_step_that_the_city_names_is_told_to_whom_it_names() {
    Ticket ticket = dispatched();
    User handler = handler(ticket);
    Ticket now = desk.act(ticket, handler, ActionKind.SIGN, Map.of());
    now = desk.act(now, desk.person("chief1"), ActionKind.URGE, Map.of("words", "请抓紧"));
    now =
        desk.act(
            now,
            desk.person("commander1"),
            ActionKind.SUPERVISE,
            Map.of("level", "1", "reason", "领导批示"));
    tell();
    assertThat(told(handler))
        .extracting(Notice::occasion)
        .containsExactlyInAnyOrder(Occasion.URGED, Occasion.SUPERVISED);
    now =
        desk.act(
            now,
            handler,
            ActionKind.RETURN,
            Map.of("ground", "wrongDuty", "proposedUnit", "QX-SW", "reason", "不属我单位"));
    tell();
    assertThat(told(handler)).as("it has moved on").isEmpty();
    assertThat(told(desk.person("dispatcher1")))
        .extracting(Notice::occasion)
        .containsExactly(Occasion.RETURNED);
    now =
        desk.act(
            now, desk.person("dispatcher1"), ActionKind.DENY_RETURN, Map.of("reason", "属你单位职责"));
    now = desk.act(now, handler, ActionKind.FEEDBACK, Map.of("result", "solved", "words", "好了"));
    now = desk.act(now, desk.person("commander1"), ActionKind.PASS, Map.of());
    tell();
    assertThat(now.state()).isIn(TicketState.CHECKING, TicketState.REVISITING);
    User next =
        now.state() == TicketState.CHECKING ? desk.checkerOf(now) : desk.person("revisitor1");
    assertThat(told(next))
        .extracting(Notice::occasion)
        .containsExactly(
            now.state() == TicketState.CHECKING ? Occasion.TO_CHECK : Occasion.TO_REVISIT);
    assertThat(told(desk.person("dispatcher1"))).isEmpty();
    assertThat(desk.database().verifier().verify().broken()).isEmpty();
  }

  @Test
  void a_merge_is_told_to_the_owner_of_the_ticket_that_goes_on() {
    Ticket master = dispatched();
    Ticket other = dispatched();
    desk.act(
        other,
        desk.person("dispatcher1"),
        ActionKind.MERGE,
        Map.of("master", master.number(), "reason", "同一事"));
    tell();
    User handler = handler(master);
    assertThat(told(handler))
        .extracting(Notice::occasion, Notice::number)
        .contains(org.assertj.core.groups.Tuple.tuple(Occasion.JOINED, master.number()));
  }

  @Test
  void each_step_is_told_once_by_however_many_nodes_and_after_a_crash() throws Exception {
    Vertx second = Vertx.vertx();
    Database other =
        Database.open(
            second,
            desk.url(),
            Files.createTempDirectory("gridline-other").resolve("secrets"),
            Desk.packForTests());
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> work = new ArrayList<>();
      for (Database node : List.of(desk.database(), other, desk.database(), other)) {
        TellSteps mine = node.tellSteps(rules);
        work.add(
            threads.submit(
                () -> {
                  while (count("notice") < 60) mine.round(now());
                  return null;
                }));
      }
      for (int i = 0; i < 60; i++) dispatched();
      for (Future<?> w : work) w.get();
    } finally {
      other.close().await();
      second.close().await();
    }
    tell();
    assertThat(count("notice")).isEqualTo(60);
    assertThat(count("(SELECT DISTINCT ticket_id FROM notice WHERE occasion = 'dispatched') x"))
        .isEqualTo(60);
  }

  @Test
  void one_that_can_t_be_told_silences_nobody_else() throws SQLException {
    Ticket broken = dispatched();
    sql("ALTER TABLE notice ADD CONSTRAINT no_such CHECK (ticket_id <> " + broken.id() + ")");
    Ticket sound = dispatched();
    tell();
    assertThat(count("notice")).isEqualTo(1);
    assertThat(told(handler(sound))).hasSize(1);
  }

  @Test
  void the_past_is_told_to_nobody() throws SQLException {
    dispatched();
    sql("ALTER TABLE ticket_event DISABLE TRIGGER USER");
    sql("UPDATE ticket_event SET at = at - interval '3 days'");
    tell();
    assertThat(count("notice")).isZero();
  }

  private Ticket dispatched() {
    Ticket ticket = desk.call("路灯不亮,路灯坏了,晚上黑灯瞎火", 118.8445, 32.1204).ticket();
    assertThat(ticket.state()).isEqualTo(TicketState.PENDING_SIGN);
    return ticket;
  }

  /** Waits until every step has its place in the log, and is told of. */
  private void tell() {
    TestDatabase.awaitSealed(desk.url());
    while (telling.round(now())) Thread.onSpinWait();
  }

  private Instant now() {
    return desk.database().clock().instant();
  }

  /** Behind any quiet hours. */
  private Instant night() {
    return now().plus(Duration.ofHours(12));
  }

  private List<Notice> told(User user) {
    Notices notices = desk.database().notices();
    return notices
        .list(reader(user, now()), Notices.Which.OPEN, Optional.empty(), 50, night())
        .notices();
  }

  private List<Notice> toldAt(User user, Instant at) {
    return desk.database()
        .notices()
        .list(
            reader(user, at),
            Notices.Which.OPEN,
            Optional.empty(),
            50,
            at.plus(Duration.ofHours(12)))
        .notices();
  }

  private Notices.Reader reader(User user, Instant at) {
    // A fresh one each time, so that nothing is remembered from before.
    Receivers receivers =
        new Receivers(
            desk.database().rosters(), desk.database().notices(), desk.pack().policy().units());
    return new Notices.Reader(
        user.id(), receivers.wordsOf(user, at), user.scopeWithChecks(desk.pack().policy().units()));
  }

  private User handler(Ticket ticket) {
    return Desk.packForTests().people().stream()
        .filter(p -> p.unit().equals(unit(ticket)))
        .map(p -> desk.person(p.login()))
        .findFirst()
        .orElseThrow();
  }

  /** Somebody else is moved into the same unit with the same role. */
  private User colleague(User of) throws SQLException {
    sql(
        "UPDATE app_user SET unit = '%s', roles = '{handler}' WHERE login = 'youzheng1'"
            .formatted(of.unit().orElseThrow()));
    return desk.database().accounts().findByLogin("youzheng1").orElseThrow().user();
  }

  private void onDuty(User user, Optional<String> area, Instant from, Instant until) {
    desk.database()
        .rosters()
        .change(
            Set.of(),
            List.of(new Wish(user.id(), "handler", user.unit().orElseThrow(), area, from, until)),
            user.id(),
            now());
  }

  private static String unit(Ticket ticket) {
    return ticket.owner().orElseThrow().unit();
  }

  private long count(String from) throws SQLException {
    return number("SELECT count(*) FROM " + from);
  }

  private long number(String query) throws SQLException {
    try (Connection c = TestDatabase.connectTo(desk.url());
        Statement s = c.createStatement();
        ResultSet rows = s.executeQuery(query)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private void sql(String statement) throws SQLException {
    try (Connection c = TestDatabase.connectTo(desk.url());
        Statement s = c.createStatement()) {
      s.execute(statement);
    }
  }
}
