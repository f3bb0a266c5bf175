package org.gridline.dispatch.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;
import org.gridline.dispatch.deadline.Clock;
import org.gridline.dispatch.deadline.Deadline;
import org.gridline.dispatch.event.EventLog;
import org.gridline.dispatch.people.Scope;
import org.gridline.dispatch.people.User;
import org.gridline.dispatch.ticket.ActionKind;
import org.gridline.dispatch.ticket.Flag;
import org.gridline.dispatch.ticket.Life;
import org.gridline.dispatch.ticket.Ticket;
import org.gridline.dispatch.ticket.TicketState;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What may happen to a ticket beside the straight way, on a real database. */
class S30_TheLongWayRoundTest {
  private static Desk desk;

  @BeforeAll
  static void open() {
    desk = Desk.open();
  }

  @AfterAll
  static void close() {
    desk.close();
  }

  @Test
  void nobody_wants_it_until_the_command_centre_rules_and_then_it_can_not_be_returned() {
    Ticket ticket = dispatched();
    User dispatcher = desk.person("dispatcher1");
    ticket = returned(ticket, "QX-SW");
    ticket = desk.act(ticket, dispatcher, ActionKind.APPROVE_RETURN, Map.of());
    ticket =
        desk.act(ticket, dispatcher, ActionKind.DISPATCH, Map.of("unit", "QX-SW", "reason", "改派"));
    ticket = returned(ticket, "QX-ZLS");
    assertThat(desk.offered(ticket, dispatcher))
        .contains(ActionKind.ESCALATE, ActionKind.DENY_RETURN)
        .doesNotContain(ActionKind.APPROVE_RETURN);
    ticket = desk.act(ticket, dispatcher, ActionKind.ESCALATE, Map.of("reason", "两家都不认"));
    assertThat(ticket.state()).isEqualTo(TicketState.ARBITRATION);
    assertThat(clocks(ticket)).contains(Clock.ARBITRATION);
    ticket =
        desk.act(
            ticket,
            desk.person("commander1"),
            ActionKind.RULE,
            Map.of("unit", "QX-ZLS", "reason", "按权责清单"));
    assertThat(ticket.state()).isEqualTo(TicketState.PENDING_SIGN);
    assertThat(ticket.flags()).contains(Flag.RULED, Flag.MISDISPATCHED);
    assertThat(ticket.progress().life().misdispatches()).isEqualTo(2);
    assertThat(desk.offered(ticket, desk.handlerOf("QX-ZLS")))
        .contains(ActionKind.SIGN)
        .doesNotContain(ActionKind.RETURN);
    stands(ticket);
  }

  @Test
  void an_extension_passes_the_unit_and_the_dispatcher_and_moves_the_due_dates() {
    Ticket ticket = handled("QX-CG-HW");
    User asker = desk.person("huanwei1");
    Deadline before = clock(ticket, Clock.HANDLE);
    Deadline total = clock(ticket, Clock.TOTAL);
    ticket =
        desk.act(
            ticket,
            asker,
            ActionKind.REQUEST_EXTENSION,
            Map.of("share", "half", "reason", "需协调设备"));
    assertThat(clocks(ticket)).contains(Clock.REQUEST_REVIEW);
    assertThat(desk.offered(ticket, asker))
        .doesNotContain(ActionKind.REVIEW_EXTENSION, ActionKind.REQUEST_SUSPENSION);
    assertThat(desk.offered(ticket, desk.person("dispatcher1")))
        .doesNotContain(ActionKind.GRANT_EXTENSION);
    Map<String, Object> yes = Map.of("verdict", "support", "reason", "属实");
    ticket = desk.act(ticket, desk.person("chengguanju1"), ActionKind.REVIEW_EXTENSION, yes);
    ticket = desk.act(ticket, desk.person("dispatcher1"), ActionKind.GRANT_EXTENSION, Map.of());
    assertThat(clock(ticket, Clock.HANDLE).dueAt()).isAfter(before.dueAt());
    assertThat(clock(ticket, Clock.TOTAL).dueAt()).isAfter(total.dueAt());
    assertThat(ticket.flags()).contains(Flag.EXTENDED);
    assertThat(ticket.progress().life().extensions()).isEqualTo(1);
    assertThat(clocks(ticket)).doesNotContain(Clock.REQUEST_REVIEW);
    stands(ticket);
  }

  @Test
  void a_suspended_ticket_waits_with_its_clocks_paused_and_is_suspended_once_only() {
    Ticket ticket = handled("QX-CG-HW");
    User handler = desk.person("huanwei1");
    String day =
        desk.pack()
            .policy()
            .calendar()
            .day(desk.database().clock().instant())
            .plusDays(10)
            .toString();
    Map<String, Object> asks = Map.of("ground", "weather", "resumeOn", day, "reason", "暴雪");
    ticket = desk.act(ticket, handler, ActionKind.REQUEST_SUSPENSION, asks);
    ticket = desk.act(ticket, desk.person("dispatcher1"), ActionKind.GRANT_SUSPENSION, Map.of());
    assertThat(ticket.state()).isEqualTo(TicketState.SUSPENDED);
    assertThat(ticket.deadlines())
        .allMatch(d -> d.pausedAt().isPresent() != (d.clock() == Clock.RESUME));
    stands(ticket);
    ticket = desk.act(ticket, handler, ActionKind.RESUME, Map.of());
    assertThat(ticket.state()).isEqualTo(TicketState.HANDLING);
    assertThat(ticket.deadlines()).allMatch(d -> d.pausedAt().isEmpty());
    assertThat(desk.offered(ticket, handler)).doesNotContain(ActionKind.REQUEST_SUSPENSION);
    stands(ticket);
    Ticket again = ticket;
    assertThatThrownBy(
            () ->
                desk.act(
                    again,
                    handler,
                    ActionKind.REQUEST_SUSPENSION,
                    Map.of("ground", "weather", "resumeOn", "2031-01-01", "reason", "再次")))
        .isInstanceOfSatisfying(
            Failure.class, f -> assertThat(f.code()).isEqualTo(FailureCode.ILLEGAL_ACTION));
  }

  @Test
  void an_objection_goes_before_the_chief_and_a_false_closing_begins_anew() {
    Ticket ticket = closed("QX-CG-HW");
    assertThat(clocks(ticket)).containsExactly(Clock.ARCHIVE);
    User chief = desk.person("chief1");
    ticket =
        desk.act(ticket, desk.person("operator1"), ActionKind.OBJECT, Map.of("reason", "垃圾仍在"));
    assertThat(clocks(ticket)).containsExactly(Clock.OBJECTION);
    ticket =
        desk.act(
            ticket, chief, ActionKind.REOPEN, Map.of("ground", "falseReply", "reason", "现场未清理"));
    assertThat(ticket.state()).isEqualTo(TicketState.HANDLING);
    assertThat(ticket.flags())
        .contains(Flag.FALSE_CLOSING, Flag.REWORKED)
        .doesNotContain(Flag.OBJECTED);
    assertThat(clocks(ticket)).contains(Clock.HANDLE, Clock.TOTAL);
    stands(ticket);
  }

  @Test
  void an_appeal_passes_two_people_and_leaves_the_facts_alone() {
    Ticket ticket = closed("QX-CG-HW");
    Ticket filed =
        desk.act(ticket, desk.person("huanwei1"), ActionKind.APPEAL, Map.of("reason", "系统停机"));
    assertThat(clocks(filed)).containsExactly(Clock.APPEAL);
    Map<String, Object> yes = Map.of("verdict", "support", "reason", "属实");
    Ticket reviewed = desk.act(filed, desk.person("dispatcher1"), ActionKind.REVIEW_APPEAL, yes);
    Ticket granted = desk.act(reviewed, desk.person("chief1"), ActionKind.DECIDE_APPEAL, yes);
    assertThat(granted.progress().life().appeal()).isEqualTo(Life.Appeal.GRANTED);
    assertThat(granted.flags()).contains(Flag.APPEALED, Flag.APPEAL_GRANTED);
    assertThat(clocks(granted)).containsExactly(Clock.ARCHIVE);
    stands(granted);
  }

  @Test
  void what_is_not_accepted_is_proposed_by_one_and_confirmed_by_another() {
    Ticket ticket = desk.call("说不清楚的一件事", 118.89, 32.12).ticket();
    assertThat(ticket.state()).isEqualTo(TicketState.REGISTERED);
    User operator = desk.person("operator1");
    Ticket proposed =
        desk.act(
            ticket,
            operator,
            ActionKind.PROPOSE_REJECT,
            Map.of("outcome", "legalRoute", "route", "litigation", "reason", "已在诉讼中"));
    assertThat(desk.offered(proposed, operator)).doesNotContain(ActionKind.CONFIRM_REJECT);
    Ticket rejected =
        desk.act(proposed, desk.person("chief1"), ActionKind.CONFIRM_REJECT, Map.of());
    assertThat(rejected.state()).isEqualTo(TicketState.REJECTED);
    assertThat(rejected.deadlines()).isEmpty();
    stands(rejected);
    assertThat(desk.database().events().history(rejected.id(), new Scope.District()))
        .extracting(EventLog.Entry::data)
        .last()
        .isEqualTo("{\"outcome\":\"legalRoute\",\"route\":\"litigation\"}");
    assertThatThrownBy(
            () ->
                desk.act(
                    ticket,
                    operator,
                    ActionKind.PROPOSE_REJECT,
                    Map.of("outcome", "transfer", "route", "litigation", "reason", "不符")))
        .hasMessageContaining("110");
  }

  @Test
  void a_verified_report_goes_on_with_its_clock_where_it_stood() {
    var inside =
        desk.pack().boundaries().list("community").stream()
            .filter(a -> desk.person("worker1").areas().contains(a.code()))
            .findFirst()
            .orElseThrow()
            .shape()
            .getInteriorPoint();
    Ticket ticket = desk.call("说不清楚的一件事", inside.getX(), inside.getY()).ticket();
    Ticket sent = desk.act(ticket, desk.person("operator1"), ActionKind.REQUEST_VERIFY, Map.of());
    assertThat(clock(sent, Clock.ACCEPT).pausedAt()).isPresent();
    Ticket back =
        desk.act(
            sent,
            desk.person("worker1"),
            ActionKind.VERIFY_DONE,
            Map.of("result", "confirmed", "words", "现场属实"));
    assertThat(back.state()).isEqualTo(TicketState.REGISTERED);
    assertThat(clock(back, Clock.ACCEPT).pausedAt()).isEmpty();
    stands(back);
  }

  @Test
  void urging_supervising_and_keeping_a_caller_confidential_changes_no_state_and_no_clock() {
    Ticket ticket = dispatched();
    Ticket urged = desk.act(ticket, desk.person("operator1"), ActionKind.URGE, Map.of());
    Ticket supervised =
        desk.act(
            urged,
            desk.person("commander1"),
            ActionKind.SUPERVISE,
            Map.of("level", "2", "reason", "群众多次反映"));
    Ticket kept =
        desk.act(supervised, desk.person("operator1"), ActionKind.KEEP_CONFIDENTIAL, Map.of());
    assertThat(kept.flags()).contains(Flag.URGED, Flag.SUPERVISED, Flag.CONFIDENTIAL);
    assertThat(kept.state()).isEqualTo(ticket.state());
    assertThat(kept.deadlines()).isEqualTo(ticket.deadlines());
    assertThat(kept.progress().life().supervision()).isEqualTo(2);
    stands(kept);
  }

  /** What the store gives back is what was decided. */
  private static void stands(Ticket ticket) {
    assertThat(desk.database().tickets().get(ticket.id(), new Scope.District())).isEqualTo(ticket);
  }

  private static Ticket dispatched() {
    Ticket ticket = desk.call("小区门口的暴露垃圾没人清,生活垃圾堆在路边很臭", 118.89, 32.12).ticket();
    assertThat(ticket.state()).isEqualTo(TicketState.PENDING_SIGN);
    return ticket;
  }

  private static Ticket returned(Ticket ticket, String proposed) {
    return desk.act(
        ticket,
        desk.handlerOf(ticket.owner().orElseThrow().unit()),
        ActionKind.RETURN,
        Map.of("ground", "wrongDuty", "proposedUnit", proposed, "reason", "不属我单位职责"));
  }

  private static Ticket handled(String unit) {
    User dispatcher = desk.person("dispatcher1");
    Ticket ticket = dispatched();
    if (!ticket.owner().orElseThrow().unit().equals(unit)) {
      ticket = returned(ticket, unit);
      ticket = desk.act(ticket, dispatcher, ActionKind.APPROVE_RETURN, Map.of());
      ticket =
          desk.act(ticket, dispatcher, ActionKind.DISPATCH, Map.of("unit", unit, "reason", "改派"));
    }
    return desk.act(ticket, desk.person("huanwei1"), ActionKind.SIGN, Map.of());
  }

  private static Ticket closed(String unit) {
    Ticket ticket = handled(unit);
    ticket =
        desk.act(
            ticket,
            desk.person("huanwei1"),
            ActionKind.FEEDBACK,
            Map.of("result", "solved", "words", "已清理"));
    ticket = desk.act(ticket, desk.person("dispatcher1"), ActionKind.PASS, Map.of());
    ticket = desk.act(ticket, desk.checkerOf(ticket), ActionKind.CHECK, Map.of());
    ticket =
        desk.act(
            ticket,
            desk.person("revisitor1"),
            ActionKind.REVISIT,
            Map.of(
                "reached", true, "contacted", true, "solved", true, "satisfaction", "satisfied"));
    return desk.act(ticket, desk.person("chief1"), ActionKind.CLOSE, Map.of("condition", "solved"));
  }

  private static Deadline clock(Ticket ticket, Clock clock) {
    return ticket.deadlines().stream().filter(d -> d.clock() == clock).findFirst().orElseThrow();
  }

  private static List<Clock> clocks(Ticket ticket) {
    return ticket.deadlines().stream().map(Deadline::clock).toList();
  }
}
