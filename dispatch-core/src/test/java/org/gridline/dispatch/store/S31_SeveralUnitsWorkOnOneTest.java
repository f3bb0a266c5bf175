package org.gridline.dispatch.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;
import org.gridline.dispatch.people.Scope;
import org.gridline.dispatch.people.User;
import org.gridline.dispatch.ticket.ActOnTicket;
import org.gridline.dispatch.ticket.Action;
import org.gridline.dispatch.ticket.ActionKind;
import org.gridline.dispatch.ticket.Flag;
import org.gridline.dispatch.ticket.Life;
import org.gridline.dispatch.ticket.Ticket;
import org.gridline.dispatch.ticket.TicketState;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Lead and co-units, merged tickets, and many hands at once. */
class S31_SeveralUnitsWorkOnOneTest {
  /** Tries of eight people at once; {@code -Dgridline.walk.database=1000000} goes on for hours. */
  private static final int STEPS = Integer.getInteger("gridline.walk.database", 1_600);

  private static final Map<String, Object> SOLVED =
      Map.of("reached", true, "contacted", true, "solved", true, "satisfaction", "satisfied");

  private static String url;
  private static Desk desk;

  @BeforeAll
  static void open() {
    url = TestDatabase.fresh();
    desk = Desk.open(url);
  }

  @AfterEach
  void theLogMakesTheTickets() {
    assertThat(desk.database().verifier().verify().broken()).isEmpty();
  }

  @AfterAll
  static void close() {
    desk.close();
  }

  @Test
  void a_co_unit_sees_the_ticket_signs_and_reports_before_the_lead_gives_feedback() {
    Ticket ticket = handled();
    User helper = desk.person("paishui1");
    Scope own = helper.scope(desk.pack().policy().units());
    Ticket before = ticket;
    assertThatThrownBy(() -> desk.database().tickets().get(before.id(), own))
        .isInstanceOf(Failure.class);
    ticket =
        desk.act(
            ticket, desk.person("dispatcher1"), ActionKind.JOIN_UNIT, Map.of("unit", "QX-SW-PS"));
    assertThat(desk.database().tickets().get(ticket.id(), own)).isEqualTo(ticket);
    assertThat(desk.offered(ticket, lead(ticket))).doesNotContain(ActionKind.FEEDBACK);
    assertThat(desk.offered(ticket, helper))
        .contains(ActionKind.CO_SIGN)
        .doesNotContain(ActionKind.SIGN, ActionKind.CO_REPORT);
    ticket = desk.act(ticket, helper, ActionKind.CO_SIGN, Map.of());
    ticket =
        desk.act(
            ticket, helper, ActionKind.CO_REPORT, Map.of("result", "solved", "words", "管道已疏通"));
    assertThat(ticket.flags()).contains(Flag.JOINT);
    assertThat(ticket.progress().handlers()).contains(helper.id());
    assertThat(ticket.progress().life().parts())
        .containsExactly(new Life.Part("QX-SW-PS", Life.Part.Kind.CO, Life.Part.Step.REPORTED));
    assertThat(desk.offered(ticket, lead(ticket))).contains(ActionKind.FEEDBACK);
    assertThat(desk.database().tickets().get(ticket.id(), new Scope.District())).isEqualTo(ticket);
  }

  @Test
  void a_unit_gives_work_only_to_units_below_it_and_may_take_it_back() {
    Ticket ticket = handled();
    Ticket seen = ticket;
    assertThatThrownBy(
            () -> desk.act(seen, lead(seen), ActionKind.ASSIGN, Map.of("unit", "QX-SW-PS")))
        .hasMessageContaining("unit below");
    Ticket joined =
        desk.act(ticket, desk.person("dispatcher1"), ActionKind.JOIN_UNIT, Map.of("unit", "QX-SW"));
    Ticket below =
        desk.act(joined, desk.person("shuiwu1"), ActionKind.ASSIGN, Map.of("unit", "QX-SW-PS"));
    assertThat(below.progress().life().parts()).hasSize(2);
    Ticket released =
        desk.act(
            below,
            desk.person("dispatcher1"),
            ActionKind.RELEASE_UNIT,
            Map.of("unit", "QX-SW-PS", "reason", "不需要"));
    assertThat(released.progress().life().parts())
        .extracting(Life.Part::unit)
        .containsExactly("QX-SW");
  }

  @Test
  void a_departments_matter_goes_to_a_street_by_a_recorded_exception_only() {
    Ticket lamp = desk.call("路灯不亮了,晚上很黑", 118.89, 32.12).ticket();
    User dispatcher = desk.person("dispatcher1");
    String street = "ST-" + lamp.place().findArea("street").orElseThrow().code();
    Ticket back = returned(lamp, "QX-SW");
    Ticket waiting = desk.act(back, dispatcher, ActionKind.APPROVE_RETURN, Map.of());
    assertThatThrownBy(
            () ->
                desk.act(
                    waiting,
                    dispatcher,
                    ActionKind.DISPATCH,
                    Map.of("unit", street, "reason", "就近")))
        .isInstanceOfSatisfying(
            Failure.class, f -> assertThat(f.code()).isEqualTo(FailureCode.INVALID_REQUEST))
        .hasMessageContaining("exception");
    Ticket given =
        desk.act(
            waiting,
            dispatcher,
            ActionKind.DISPATCH,
            Map.of("unit", street, "exception", "emergency", "reason", "就近先行处置"));
    assertThat(desk.database().events().history(given.id(), new Scope.District()))
        .last()
        .satisfies(e -> assertThat(e.data()).contains("\"exception\":\"emergency\""));
  }

  @Test
  void every_caller_of_a_merged_ticket_is_asked_before_the_closing() throws SQLException {
    Ticket master = handled();
    Ticket other = desk.call("小区门口的暴露垃圾没人清,生活垃圾堆在路边很臭", 118.89, 32.12).ticket();
    Ticket merged =
        desk.act(
            other,
            desk.person("dispatcher1"),
            ActionKind.MERGE,
            Map.of("master", master.number(), "reason", "同一问题"));
    User revisitor = desk.person("revisitor1");
    assertThatThrownBy(() -> desk.act(merged, revisitor, ActionKind.REVISIT_MERGED, SOLVED))
        .hasMessageContaining("no result yet");
    Ticket closing = pendingClose(master);
    User chief = desk.person("chief1");
    assertThatThrownBy(
            () -> desk.act(closing, chief, ActionKind.CLOSE, Map.of("condition", "solved")))
        .hasMessageContaining(merged.number());
    try (Connection c = TestDatabase.connectTo(url);
        Statement s = c.createStatement()) {
      c.setAutoCommit(false);
      s.execute(
          """
          INSERT INTO ticket_event (ticket_id, version, id, kind, at, user_id, state_before, state_after, data, prev_hash, hash)
          VALUES (%d, %d, 1, 'TicketClosed', now(), 1, 'PENDING_CLOSE', 'CLOSED', '{}', '', 'x')
          """
              .formatted(closing.id(), closing.version() + 1));
      assertThatThrownBy(
              () ->
                  s.execute(
                      "UPDATE ticket SET state = 'CLOSED', version = version + 1 WHERE id = "
                          + closing.id()))
          .hasMessageContaining("was not asked");
      c.rollback();
    }
    Ticket asked = desk.act(merged, revisitor, ActionKind.REVISIT_MERGED, SOLVED);
    assertThat(asked.flags()).contains(Flag.ASKED);
    assertThat(asked.state()).isEqualTo(TicketState.MERGED);
    assertThatThrownBy(() -> desk.act(asked, revisitor, ActionKind.REVISIT_MERGED, SOLVED))
        .hasMessageContaining("asked already");
    Ticket closed = desk.act(closing, chief, ActionKind.CLOSE, Map.of("condition", "solved"));
    assertThat(closed.state()).isEqualTo(TicketState.CLOSED);

    // What they said was about a result that no longer stands.
    Ticket reopened =
        desk.act(
            closed,
            desk.person("inspector1"),
            ActionKind.REOPEN,
            Map.of("ground", "falseReply", "reason", "现场未处理"));
    Ticket again = pendingClose(reopened);
    assertThatThrownBy(
            () -> desk.act(again, chief, ActionKind.CLOSE, Map.of("condition", "solved")))
        .hasMessageContaining(merged.number());
    Ticket askedAgain = desk.act(asked, revisitor, ActionKind.REVISIT_MERGED, SOLVED);
    assertThat(askedAgain.progress().life().askedRound()).isEqualTo(again.progress().reworks());
    assertThat(desk.act(again, chief, ActionKind.CLOSE, Map.of("condition", "solved")).state())
        .isEqualTo(TicketState.CLOSED);
  }

  @Test
  void eight_people_act_on_one_ticket_at_once_and_no_step_is_lost() throws Exception {
    Ticket ticket = handled();
    List<User> people =
        List.of(
            desk.person("operator1"),
            desk.person("operator2"),
            desk.person("chief1"),
            desk.person("dispatcher1"),
            desk.person("commander1"),
            desk.person("inspector1"),
            desk.person("huanwei1"),
            desk.person("chengguanju1"));
    int steps;
    try (ExecutorService hands = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Integer>> work = new ArrayList<>();
      for (User person : people) work.add(() -> busy(ticket.id(), person));
      steps = 0;
      for (Future<Integer> done : hands.invokeAll(work)) steps += done.get();
    }
    Ticket after = desk.database().tickets().get(ticket.id(), new Scope.District());
    assertThat(steps).isGreaterThan(30);
    assertThat(after.version()).isEqualTo(ticket.version() + steps);
    var history = desk.database().events().history(ticket.id(), new Scope.District());
    assertThat(history).hasSize(after.version());
    assertThat(after.progress().life().urges())
        .isEqualTo((int) history.stream().filter(e -> e.kind().equals("TicketUrged")).count());
    for (int i = 1; i < history.size(); i++)
      assertThat(history.get(i).stateBefore()).contains(history.get(i - 1).stateAfter());
  }

  /** Tries again and again what comes to mind; counts what was written. */
  private static int busy(long id, User person) {
    int written = 0;
    for (int i = 0; i < STEPS / 8; i++) {
      Ticket seen = desk.database().tickets().get(id, new Scope.District());
      List<ActionKind> offered =
          desk.offered(seen, person).stream()
              .filter(
                  k ->
                      List.of(
                              ActionKind.URGE,
                              ActionKind.SUPERVISE,
                              ActionKind.MARK_REPEAT,
                              ActionKind.FEEDBACK,
                              ActionKind.PASS,
                              ActionKind.REWORK)
                          .contains(k))
              .toList();
      if (offered.isEmpty()) continue;
      ActionKind kind = offered.get(ThreadLocalRandom.current().nextInt(offered.size()));
      Action action =
          switch (kind) {
            case SUPERVISE -> new Action.Supervise(1, "督办");
            case MARK_REPEAT -> new Action.Mark(kind, Action.Mark.Change.SET, "");
            case FEEDBACK -> new Action.Feedback("solved", "已处理");
            case PASS -> new Action.Drawing(kind, Optional.empty(), "");
            case REWORK -> new Action.Rework("再看看");
            default -> new Action.Plain(kind, "");
          };
      try {
        if (desk.acting().act(id, seen.version(), action, person)
            instanceof ActOnTicket.Outcome.Done) written++;
      } catch (Failure refused) {
        // Not theirs to do any more; the ticket moved on.
        if (refused.code() == FailureCode.OUTCOME_UNKNOWN) throw refused;
      }
    }
    return written;
  }

  private static User lead(Ticket ticket) {
    return desk.handlerOf(ticket.owner().orElseThrow().unit());
  }

  private static Ticket returned(Ticket ticket, String proposed) {
    return desk.act(
        ticket,
        lead(ticket),
        ActionKind.RETURN,
        Map.of("ground", "wrongDuty", "proposedUnit", proposed, "reason", "不属我单位职责"));
  }

  private static Ticket handled() {
    Ticket ticket = desk.call("小区门口的暴露垃圾没人清,生活垃圾堆在路边很臭", 118.89, 32.12).ticket();
    return desk.act(ticket, lead(ticket), ActionKind.SIGN, Map.of());
  }

  private static Ticket pendingClose(Ticket handled) {
    Ticket ticket =
        desk.act(
            handled,
            lead(handled),
            ActionKind.FEEDBACK,
            Map.of("result", "solved", "words", "已清理"));
    ticket = desk.act(ticket, desk.person("dispatcher1"), ActionKind.PASS, Map.of());
    ticket = desk.act(ticket, desk.checkerOf(ticket), ActionKind.CHECK, Map.of());
    return desk.act(ticket, desk.person("revisitor1"), ActionKind.REVISIT, SOLVED);
  }
}
