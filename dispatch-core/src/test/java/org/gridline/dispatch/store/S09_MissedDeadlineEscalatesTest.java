package org.gridline.dispatch.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.city.NoticeFile;
import org.gridline.dispatch.deadline.Clock;
import org.gridline.dispatch.deadline.ClockStep;
import org.gridline.dispatch.deadline.Deadline;
import org.gridline.dispatch.deadline.DeadlineSweep;
import org.gridline.dispatch.deadline.DeadlineSweep.Round;
import org.gridline.dispatch.deadline.DueAct;
import org.gridline.dispatch.deadline.DueClock;
import org.gridline.dispatch.event.EventLog.Entry;
import org.gridline.dispatch.notice.Audience;
import org.gridline.dispatch.notice.Notice;
import org.gridline.dispatch.notice.NoticeRules;
import org.gridline.dispatch.notice.Notices;
import org.gridline.dispatch.notice.Occasion;
import org.gridline.dispatch.people.Scope;
import org.gridline.dispatch.people.User;
import org.gridline.dispatch.ticket.Action;
import org.gridline.dispatch.ticket.ActionKind;
import org.gridline.dispatch.ticket.Decide;
import org.gridline.dispatch.ticket.Ticket;
import org.gridline.dispatch.ticket.TicketState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** 超时: a clock turns yellow, then red, then speaks to one level after the other, once each. */
class S09_MissedDeadlineEscalatesTest {
  private static final Scope ALL = new Scope.District();
  private static final Duration AHEAD = Duration.ofSeconds(1);
  private static final Duration MOMENT = Duration.ofNanos(1_000);

  private String url;
  private Desk desk;
  private NoticeRules rules;

  @BeforeEach
  void open() {
    url = TestDatabase.fresh();
    desk = Desk.open(url);
    rules =
        NoticeFile.read(
            Desk.repository().resolve("config/cities/qixia-sample"), Desk.packForTests());
  }

  @AfterEach
  void close() {
    desk.close();
  }

  @Test
  void a_clock_fires_at_its_moments_and_never_before_or_twice() {
    Ticket ticket = dispatched();
    Deadline sign = clock(ticket, Clock.SIGN);
    DeadlineSweep sweep = sweep(Map.of());

    assertThat(sweep.round(sign.warnAt().minus(MOMENT), AHEAD).next()).contains(sign.warnAt());
    assertThat(kinds(ticket)).doesNotContain("ClockWarned");
    assertThat(steps(sweep.round(sign.warnAt(), AHEAD))).containsExactly(ClockStep.WARN);
    assertThat(steps(sweep.round(sign.warnAt().plus(MOMENT), AHEAD))).isEmpty();
    assertThat(steps(sweep.round(sign.dueAt().minus(MOMENT), AHEAD))).isEmpty();
    assertThat(steps(sweep.round(sign.dueAt(), AHEAD))).containsExactly(ClockStep.DUE);
    assertThat(steps(sweep.round(sign.dueAt().plus(Duration.ofMinutes(29)), AHEAD))).isEmpty();
    assertThat(steps(sweep.round(sign.dueAt().plus(Duration.ofMinutes(30)), AHEAD)))
        .containsExactly(ClockStep.ESCALATE);
    assertThat(steps(sweep.round(sign.dueAt().plus(Duration.ofHours(2)), AHEAD)))
        .containsExactly(ClockStep.ESCALATE);
    assertThat(steps(sweep.round(sign.dueAt().plus(Duration.ofMinutes(121)), AHEAD))).isEmpty();

    List<Entry> history = history(ticket);
    assertThat(history)
        .extracting(Entry::kind)
        .endsWith("ClockWarned", "ClockOverdue", "ClockEscalated", "ClockEscalated");
    Entry last = history.getLast();
    assertThat(last.rule()).isEqualTo(DeadlineSweep.RULE);
    assertThat(last.data())
        .isEqualTo("{\"clock\":\"sign\",\"dueAt\":\"" + sign.dueAt() + "\",\"level\":2}");
    assertThat(last.stateBefore()).contains(last.stateAfter());
    assertThat(last.version()).isEqualTo(get(ticket).version());
    assertThat(desk.database().verifier().verify().broken()).isEmpty();
  }

  @Test
  void a_pause_moves_what_has_not_fired_and_repeats_nothing_that_has() throws SQLException {
    Ticket ticket = dispatched();
    // By elapsed time, so that a pause moves it whatever the day on which this runs.
    sql(
        "UPDATE deadline SET unit = 'UH', warn_at = started_at + interval '24 minutes',"
            + " due_at = started_at + interval '30 minutes' WHERE clock = 'sign'");
    Deadline sign = clock(get(ticket), Clock.SIGN);
    DeadlineSweep sweep = sweep(Map.of());
    assertThat(steps(sweep.round(sign.warnAt(), AHEAD))).containsExactly(ClockStep.WARN);

    Ticket returned =
        desk.act(
            get(ticket),
            desk.handlerOf(unit(ticket)),
            ActionKind.RETURN,
            Map.of("ground", "wrongDuty", "proposedUnit", "QX-SW", "reason", "不属我单位"));
    assertThat(clock(returned, Clock.SIGN).pausedAt()).isPresent();
    assertThat(firedOf(sweep, sign.dueAt().plus(Duration.ofDays(30)), Clock.SIGN)).isEmpty();

    // The pause began before it turned yellow, by what the database knows; so both move.
    Ticket denied =
        desk.act(
            get(returned),
            desk.person("commander1"),
            ActionKind.DENY_RETURN,
            Map.of("reason", "属你单位职责"));
    Deadline moved = clock(denied, Clock.SIGN);
    assertThat(firedOf(sweep, moved.warnAt().minus(MOMENT), Clock.SIGN)).isEmpty();
    assertThat(firedOf(sweep, moved.warnAt(), Clock.SIGN)).containsExactly(ClockStep.WARN);
    assertThat(firedOf(sweep, moved.dueAt(), Clock.SIGN)).containsExactly(ClockStep.DUE);

    // A pause after the moment leaves the moment where it is, and it does not fire again.
    sql("UPDATE deadline SET paused_at = due_at + interval '1 minute' WHERE clock = 'sign'");
    sql("UPDATE deadline SET paused_at = NULL WHERE clock = 'sign'");
    assertThat(firedOf(sweep, moved.dueAt().plusSeconds(60), Clock.SIGN)).isEmpty();
  }

  @Test
  void a_step_of_somebody_ends_the_clock_of_the_stage_before() {
    Ticket ticket = dispatched();
    Deadline sign = clock(ticket, Clock.SIGN);
    desk.act(ticket, desk.handlerOf(unit(ticket)), ActionKind.SIGN, Map.of());
    DeadlineSweep sweep = sweep(Map.of());
    assertThat(firedOf(sweep, sign.dueAt().plus(Duration.ofDays(1)), Clock.SIGN)).isEmpty();
  }

  @Test
  void whoever_is_concerned_is_told_until_one_of_them_sees_to_it() throws SQLException {
    Ticket ticket = dispatched();
    Deadline sign = clock(ticket, Clock.SIGN);
    DeadlineSweep sweep = sweep(Map.of());
    Notices notices = desk.database().notices();
    User handler = desk.handlerOf(unit(ticket));
    Instant day = noon(sign.dueAt());
    // By day, so that quiet hours don't blur what this is about.
    sql(
        "UPDATE deadline SET warn_at = '%s'::timestamptz - interval '1 hour', due_at = '%s' WHERE clock = 'sign'"
            .formatted(day, day));

    sweep.round(day.minus(Duration.ofHours(1)), AHEAD);
    assertThat(told(handler, day))
        .extracting(Notice::occasion)
        .containsExactly(Occasion.CLOCK_WARNED);
    assertThat(told(desk.person("dispatcher1"), day)).isEmpty();
    assertThat(told(desk.person("checker1"), day)).isEmpty();

    sweep.round(day, AHEAD);
    assertThat(told(handler, day)).hasSize(2);
    Notice overdue = told(handler, day).getFirst();
    assertThat(overdue.number()).isEqualTo(ticket.number());
    assertThat(overdue.dueAt()).contains(day);

    // An hour later it is shown again; after three reminders the dispatcher is told as well.
    for (int hour = 1; hour <= 3; hour++) {
      assertThat(notices.remind(day.plus(Duration.ofHours(hour)), day.plus(Duration.ofHours(hour))))
          .isEqualTo(1);
      assertThat(told(desk.person("dispatcher1"), day.plus(Duration.ofHours(4)))).isEmpty();
    }
    Instant later = day.plus(Duration.ofHours(4));
    assertThat(notices.remind(later, later)).isEqualTo(1);
    assertThat(told(desk.person("dispatcher1"), later))
        .extracting(Notice::id)
        .containsExactly(overdue.id());
    // The next level has as many reminders of its own, and then it rests.
    for (int hour = 5; hour <= 7; hour++) {
      assertThat(notices.remind(day.plus(Duration.ofHours(hour)), day.plus(Duration.ofHours(hour))))
          .isEqualTo(1);
    }
    assertThat(notices.remind(day.plus(Duration.ofHours(9)), day.plus(Duration.ofHours(9))))
        .isZero();
    assertThat(notices.remind(day.plus(Duration.ofHours(12)), day.plus(Duration.ofHours(12))))
        .isZero();

    Instant end = day.plus(Duration.ofHours(13));
    // One sees to it, and it is done for all.
    Notice seen = notices.acknowledge(reader(handler), overdue.id(), end);
    assertThat(seen.acknowledged().orElseThrow().user()).isEqualTo(handler.id());
    assertThat(told(desk.person("dispatcher1"), end)).isEmpty();
    Notice again = notices.acknowledge(reader(desk.person("dispatcher1")), overdue.id(), end);
    assertThat(again.acknowledged().orElseThrow().user()).isEqualTo(handler.id());
    assertThatThrownBy(
            () -> notices.acknowledge(reader(desk.person("checker1")), overdue.id(), end))
        .isInstanceOf(Failure.class);
  }

  @Test
  void nobody_is_reminded_of_a_clock_that_stopped() throws SQLException {
    Ticket ticket = dispatched();
    Instant day = noon(clock(ticket, Clock.SIGN).dueAt());
    sql(
        "UPDATE deadline SET warn_at = '%s'::timestamptz - interval '1 hour', due_at = '%s' WHERE clock = 'sign'"
            .formatted(day, day));
    DeadlineSweep sweep = sweep(Map.of());
    sweep.round(day, AHEAD);
    sweep.round(day, AHEAD);
    desk.act(get(ticket), desk.handlerOf(unit(ticket)), ActionKind.SIGN, Map.of());
    Instant later = day.plus(Duration.ofHours(2));
    assertThat(desk.database().notices().remind(later, later)).isZero();
    assertThat(desk.database().notices().remind(later.plusSeconds(86_400), later)).isZero();
  }

  @Test
  void in_quiet_hours_it_waits_for_the_morning_unless_the_rule_says_otherwise() {
    Ticket ticket = dispatched();
    Deadline sign = clock(ticket, Clock.SIGN);
    Instant night = noon(sign.dueAt()).plus(Duration.ofHours(12));
    sweep(Map.of()).round(night, AHEAD);
    User handler = desk.handlerOf(unit(ticket));
    assertThat(told(handler, night)).isEmpty();
    assertThat(told(handler, night.plus(Duration.ofHours(7)))).isNotEmpty();
  }

  @Test
  void one_that_somebody_holds_waits_and_one_that_is_broken_stops_nobody_else()
      throws SQLException {
    Ticket held = dispatched();
    Ticket broken = dispatched();
    Ticket sound = dispatched();
    Instant all = clock(sound, Clock.SIGN).warnAt().plusSeconds(60);
    sql(
        "INSERT INTO ticket_event (ticket_id, version, id, kind, at, rule, state_before,"
            + " state_after, data, prev_hash, hash)"
            + " VALUES (%d, %d, 1, 'Smuggled', now(), 'x', 'PENDING_SIGN', 'PENDING_SIGN', '{}', '', '')"
                .formatted(broken.id(), broken.version() + 1));
    DeadlineSweep sweep = sweep(Map.of());
    try (Connection c = TestDatabase.connectTo(url);
        Statement s = c.createStatement()) {
      c.setAutoCommit(false);
      s.execute("SELECT FROM ticket WHERE id = " + held.id() + " FOR UPDATE");
      Round round = sweep.round(all, AHEAD);
      assertThat(round.fired()).extracting(DueClock::ticket).containsExactly(sound.id());
      assertThat(round.left()).isTrue();
      c.rollback();
    }
    assertThat(sweep.round(all, AHEAD).fired())
        .extracting(DueClock::ticket)
        .containsExactly(held.id());
    assertThat(sweep.countAside()).isEqualTo(1);
    assertThat(sweep.round(all, AHEAD).left()).isFalse();
  }

  @Test
  void what_was_over_before_we_knew_of_it_is_written_down_and_told_to_nobody() throws SQLException {
    Ticket ticket = dispatched();
    sql(
        "UPDATE deadline SET started_at = '2015-01-01', warn_at = '2015-01-02', due_at ="
            + " '2015-01-03'");
    DeadlineSweep sweep = sweep(Map.of());
    Instant now = desk.database().clock().instant();
    for (int i = 0; i < 6; i++) sweep.round(now, AHEAD);
    assertThat(kinds(ticket)).filteredOn(k -> k.startsWith("Clock")).hasSize(4);
    assertThat(told(desk.handlerOf(unit(ticket)), now.plusSeconds(86_400))).isEmpty();
  }

  @Test
  void some_clocks_act_when_they_run_out() {
    Ticket ticket = pendingClose();
    Deadline close = clock(ticket, Clock.CLOSE);
    Decide decide = new Decide(desk.pack().policy());
    DueAct closing =
        (t, now) ->
            decide.decideByRule(
                t,
                new Action.Close("solved", ""),
                "auto-close",
                t.owner().orElseThrow().ground(),
                now);
    Map<Clock, DueAct> acts = new EnumMap<>(DueAct.byLifecycle(decide));
    acts.put(Clock.CLOSE, closing);
    DeadlineSweep sweep = sweep(acts);
    assertThat(firedOf(sweep, close.dueAt(), Clock.CLOSE))
        .containsExactly(ClockStep.WARN, ClockStep.DUE);
    assertThat(get(ticket).state()).isEqualTo(TicketState.CLOSED);
    assertThat(history(ticket).getLast().rule()).isEqualTo("auto-close");
    Instant later = close.dueAt().plus(Duration.ofDays(99));
    assertThat(sweep.round(later, AHEAD).fired())
        .extracting(DueClock::clock)
        .containsExactly(Clock.ARCHIVE);
    assertThat(get(ticket).state()).isEqualTo(TicketState.ARCHIVED);
    assertThat(sweep.round(later.plus(Duration.ofDays(99)), AHEAD).fired()).isEmpty();
    assertThat(desk.database().verifier().verify().broken()).isEmpty();
  }

  @Test
  void the_text_in_a_notice_names_nobody() throws SQLException {
    Ticket ticket = dispatched();
    DeadlineSweep sweep = sweep(Map.of());
    sweep.round(clock(ticket, Clock.SIGN).dueAt(), AHEAD);
    try (Connection c = TestDatabase.connectTo(url);
        Statement s = c.createStatement();
        var rows = s.executeQuery("SELECT row_to_json(n)::text FROM notice n")) {
      // The whole number: ids are digits too.
      while (rows.next()) assertThat(rows.getString(1)).doesNotContain("王样例", "13800000001", "垃圾");
    }
  }

  private Ticket dispatched() {
    Ticket ticket = desk.call("小区门口的暴露垃圾没人清,生活垃圾堆在路边很臭", 118.89, 32.12).ticket();
    assertThat(ticket.state()).isEqualTo(TicketState.PENDING_SIGN);
    return ticket;
  }

  private Ticket pendingClose() {
    Ticket ticket = dispatched();
    User handler = desk.handlerOf(unit(ticket));
    User commander = desk.person("commander1");
    ticket = desk.act(ticket, handler, ActionKind.SIGN, Map.of());
    ticket =
        desk.act(ticket, handler, ActionKind.FEEDBACK, Map.of("result", "solved", "words", "好了"));
    ticket = desk.act(ticket, commander, ActionKind.PASS, Map.of());
    ticket = desk.act(ticket, desk.checkerOf(ticket), ActionKind.CHECK, Map.of());
    return desk.act(
        ticket,
        desk.person("revisitor1"),
        ActionKind.REVISIT,
        Map.of("reached", true, "contacted", true, "solved", true, "satisfaction", "satisfied"));
  }

  private DeadlineSweep sweep(Map<Clock, DueAct> acts) {
    return new DeadlineSweep(desk.database().dueClocks(), rules, desk.database().tickets(), acts);
  }

  /** Sweeps until nothing is left; the steps of one clock. */
  private static List<ClockStep> firedOf(DeadlineSweep sweep, Instant now, Clock clock) {
    List<ClockStep> steps = new ArrayList<>();
    Round round;
    do {
      round = sweep.round(now, AHEAD);
      round.fired().stream()
          .filter(d -> d.clock() == clock)
          .map(DueClock::step)
          .forEach(steps::add);
    } while (!round.fired().isEmpty());
    return steps;
  }

  private static List<ClockStep> steps(Round round) {
    return round.fired().stream().map(DueClock::step).toList();
  }

  private List<Notice> told(User user, Instant now) {
    return desk.database()
        .notices()
        .list(reader(user), Notices.Which.OPEN, Optional.empty(), 50, now)
        .notices();
  }

  private Notices.Reader reader(User user) {
    return new Notices.Reader(
        user.id(), Audience.wordsOf(user), user.scope(desk.pack().policy().units()));
  }

  private Ticket get(Ticket ticket) {
    return desk.database().tickets().get(ticket.id(), ALL);
  }

  private List<Entry> history(Ticket ticket) {
    return desk.database().events().history(ticket.id(), ALL);
  }

  private List<String> kinds(Ticket ticket) {
    return history(ticket).stream().map(Entry::kind).toList();
  }

  private static String unit(Ticket ticket) {
    return ticket.owner().orElseThrow().unit();
  }

  private static Deadline clock(Ticket ticket, Clock clock) {
    return ticket.deadlines().stream().filter(d -> d.clock() == clock).findFirst().orElseThrow();
  }

  private Instant noon(Instant at) {
    return at.atZone(desk.pack().city().timeZone())
        .toLocalDate()
        .plusDays(1)
        .atTime(12, 0)
        .atZone(desk.pack().city().timeZone())
        .toInstant();
  }

  private void sql(String statement) throws SQLException {
    try (Connection c = TestDatabase.connectTo(url);
        Statement s = c.createStatement()) {
      s.execute(statement);
    }
  }
}
