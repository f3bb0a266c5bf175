package org.gridline.dispatch.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;
import org.gridline.dispatch.deadline.Clock;
import org.gridline.dispatch.deadline.Deadline;
import org.gridline.dispatch.event.EventLog;
import org.gridline.dispatch.intake.Receipt;
import org.gridline.dispatch.intake.Report;
import org.gridline.dispatch.intake.TakeReport;
import org.gridline.dispatch.people.Scope;
import org.gridline.dispatch.people.User;
import org.gridline.dispatch.ticket.ActionKind;
import org.gridline.dispatch.ticket.Ticket;
import org.gridline.dispatch.ticket.TicketState;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A call is placed, routed, handled, checked, revisited and closed; and once more by the long way
 * round.
 */
class S01_CallBecomesTicketTest {
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
  void a_call_walks_the_whole_loop_and_every_step_is_in_its_history() {
    Ticket ticket = dispatched();
    User handler = desk.handlerOf(ticket.owner().orElseThrow().unit());
    User commander = desk.person("commander1");

    ticket = desk.act(ticket, handler, ActionKind.SIGN, Map.of());
    ticket =
        desk.act(
            ticket, handler, ActionKind.FEEDBACK, Map.of("result", "solved", "words", "已清理完毕"));
    ticket = desk.act(ticket, commander, ActionKind.PASS, Map.of());
    assertThat(ticket.state()).isEqualTo(TicketState.CHECKING);
    ticket = desk.act(ticket, desk.checkerOf(ticket), ActionKind.CHECK, Map.of("note", "现场已恢复"));
    assertThat(ticket.state()).isEqualTo(TicketState.REVISITING);
    ticket = desk.act(ticket, desk.person("revisitor1"), ActionKind.REVISIT, solved());
    ticket = desk.act(ticket, commander, ActionKind.CLOSE, Map.of("condition", "solved"));

    assertThat(ticket.state()).isEqualTo(TicketState.CLOSED);
    assertThat(ticket.deadlines()).extracting(Deadline::clock).containsExactly(Clock.ARCHIVE);
    assertThat(desk.database().events().history(ticket.id(), new Scope.District()))
        .extracting(EventLog.Entry::kind)
        .containsExactly(
            "TicketRegistered",
            "TicketAccepted",
            "TicketFiled",
            "TicketDispatched",
            "TicketSigned",
            "FeedbackGiven",
            "FeedbackPassed",
            "ResultChecked",
            "CallerRevisited",
            "TicketClosed");
    Ticket stored = desk.database().tickets().get(ticket.id(), new Scope.District());
    assertThat(stored).isEqualTo(ticket);
  }

  @Test
  void a_return_a_redispatch_and_a_rework_lead_to_the_same_end() {
    Ticket ticket = dispatched();
    User commander = desk.person("commander1");
    String first = ticket.owner().orElseThrow().unit();
    String other = first.equals("QX-SW") ? "QX-CG" : "QX-SW";

    ticket =
        desk.act(
            ticket,
            desk.handlerOf(first),
            ActionKind.RETURN,
            Map.of("ground", "wrongDuty", "proposedUnit", other, "reason", "不属我单位职责"));
    ticket = desk.act(ticket, commander, ActionKind.APPROVE_RETURN, Map.of());
    assertThat(ticket.owner()).isEmpty();
    ticket =
        desk.act(ticket, commander, ActionKind.DISPATCH, Map.of("unit", other, "reason", "按职责改派"));
    User handler = desk.handlerOf(other);
    ticket = desk.act(ticket, handler, ActionKind.SIGN, Map.of());
    ticket =
        desk.act(ticket, handler, ActionKind.FEEDBACK, Map.of("result", "solved", "words", "已处理"));
    ticket = desk.act(ticket, commander, ActionKind.PASS, Map.of());
    ticket =
        desk.act(ticket, desk.checkerOf(ticket), ActionKind.REWORK, Map.of("reason", "现场仍有遗留"));
    assertThat(ticket.state()).isEqualTo(TicketState.HANDLING);
    assertThat(ticket.progress().reworks()).isEqualTo(1);
    ticket =
        desk.act(
            ticket, handler, ActionKind.FEEDBACK, Map.of("result", "solved", "words", "已返工处理"));
    ticket = desk.act(ticket, commander, ActionKind.PASS, Map.of());
    ticket = desk.act(ticket, desk.checkerOf(ticket), ActionKind.CHECK, Map.of());
    ticket = desk.act(ticket, desk.person("revisitor1"), ActionKind.REVISIT, solved());
    ticket = desk.act(ticket, commander, ActionKind.CLOSE, Map.of("condition", "solved"));

    assertThat(ticket.state()).isEqualTo(TicketState.CLOSED);
    assertThat(ticket.progress().returns()).isEqualTo(1);
  }

  @Test
  void nobody_checks_his_own_work_and_nobody_asks_the_caller_about_his_own_check() {
    Ticket ticket = dispatched();
    String unit = ticket.owner().orElseThrow().unit();
    User handler = desk.handlerOf(unit);
    ticket = desk.act(ticket, handler, ActionKind.SIGN, Map.of());
    ticket =
        desk.act(ticket, handler, ActionKind.FEEDBACK, Map.of("result", "solved", "words", "好了"));
    ticket = desk.act(ticket, desk.person("commander1"), ActionKind.PASS, Map.of());
    assertThat(desk.offered(ticket, handler)).isEmpty();
    assertThat(desk.offered(ticket, desk.checkerOf(ticket)))
        .containsExactly(ActionKind.CHECK, ActionKind.REWORK);
  }

  @Test
  void a_section_of_the_owning_unit_does_not_check_its_bureaus_work() {
    Ticket ticket = dispatched();
    User commander = desk.person("commander1");
    User handler = desk.handlerOf(ticket.owner().orElseThrow().unit());
    ticket =
        desk.act(
            ticket,
            handler,
            ActionKind.RETURN,
            Map.of("ground", "wrongDuty", "proposedUnit", "QX-HB", "reason", "不属我单位职责"));
    ticket = desk.act(ticket, commander, ActionKind.APPROVE_RETURN, Map.of());
    ticket =
        desk.act(
            ticket, commander, ActionKind.DISPATCH, Map.of("unit", "QX-HB", "reason", "按职责改派"));
    ticket = desk.act(ticket, desk.person("huanbao1"), ActionKind.SIGN, Map.of());
    ticket =
        desk.act(
            ticket,
            desk.person("huanbao1"),
            ActionKind.FEEDBACK,
            Map.of("result", "solved", "words", "已处理"));
    ticket = desk.act(ticket, commander, ActionKind.PASS, Map.of());
    User checker = desk.checkerOf(ticket);
    User inside =
        new User(99, "inside", checker.name(), Optional.of("QX-HB-ZF"), List.of(), checker.roles());
    assertThat(desk.offered(ticket, inside)).isEmpty();
    assertThat(desk.offered(ticket, checker)).contains(ActionKind.CHECK);
  }

  @Test
  void an_action_out_of_turn_and_a_stale_version_are_refused() {
    Ticket ticket = dispatched();
    User handler = desk.handlerOf(ticket.owner().orElseThrow().unit());
    Ticket seen = ticket;
    assertThatThrownBy(
            () ->
                desk.act(
                    seen,
                    desk.person("commander1"),
                    ActionKind.CLOSE,
                    Map.of("condition", "solved")))
        .isInstanceOfSatisfying(
            Failure.class, f -> assertThat(f.code()).isEqualTo(FailureCode.ILLEGAL_ACTION));
    desk.act(ticket, handler, ActionKind.SIGN, Map.of());
    assertThatThrownBy(() -> desk.act(seen, handler, ActionKind.SIGN, Map.of()))
        .hasMessageContaining("somebody was faster");
  }

  @Test
  void another_street_does_not_even_find_it() {
    Ticket ticket = dispatched();
    String street = ticket.place().findArea("street").orElseThrow().code();
    User elsewhere = desk.person(street.equals("320113009") ? "maqun1" : "baguazhou1");
    assertThatThrownBy(
            () ->
                desk.database()
                    .tickets()
                    .get(ticket.id(), elsewhere.scope(desk.pack().policy().units())))
        .isInstanceOfSatisfying(
            Failure.class, f -> assertThat(f.code()).isEqualTo(FailureCode.NOT_FOUND));
  }

  @Test
  void a_position_that_may_lie_in_another_street_goes_to_a_person_with_both_candidates() {
    Report inexact = within(3_000);
    Report good = within(5);
    assertThat(taken(inexact).ticket().state()).isEqualTo(TicketState.REGISTERED);
    assertThat(taken(inexact).candidates()).hasSizeGreaterThan(1);
    assertThat(taken(good).ticket().state()).isEqualTo(TicketState.PENDING_SIGN);
  }

  private static Report within(double metres) {
    Report exact = Desk.report("小区门口的暴露垃圾没人清,生活垃圾堆在路边很臭", 118.89, 32.12);
    return new Report(
        exact.channel(),
        exact.type(),
        exact.urgency(),
        exact.words(),
        exact.caller(),
        "",
        exact.position(),
        OptionalDouble.of(metres),
        exact.category(),
        exact.observedAt(),
        exact.call(),
        exact.component());
  }

  private static Receipt taken(Report report) {
    return switch (desk.take(report, UUID.randomUUID().toString())) {
      case TakeReport.Answer.First(var receipt, var bytes) -> receipt;
      case TakeReport.Answer.Again(var bytes) -> throw new AssertionError("a fresh key");
    };
  }

  @Test
  void a_key_is_answered_the_same_until_it_is_old_and_the_ticket_stays() {
    try (Desk quiet = Desk.open()) {
      Report report = Desk.report("小区门口的暴露垃圾没人清,生活垃圾堆在路边很臭", 118.89, 32.12);
      TakeReport.Answer first = quiet.take(report, "key-of-a-week");
      assertThat(quiet.take(report, "key-of-a-week").bytes()).isEqualTo(first.bytes());
      assertThat(
              quiet
                  .database()
                  .forgetAnswers(quiet.database().clock().instant().minus(AnswerRetention.KEPT)))
          .isZero();
      assertThat(quiet.database().forgetAnswers(quiet.database().clock().instant().plusSeconds(1)))
          .isEqualTo(1);
      assertThat(quiet.database().tickets().listOpen(new Scope.District(), 0, 10)).hasSize(1);
    }
  }

  private static Ticket dispatched() {
    Receipt receipt = desk.call("小区门口的暴露垃圾没人清,生活垃圾堆在路边很臭", 118.89, 32.12);
    assertThat(receipt.ticket().state()).isEqualTo(TicketState.PENDING_SIGN);
    return receipt.ticket();
  }

  private static Map<String, Object> solved() {
    return Map.of("reached", true, "contacted", true, "solved", true, "satisfaction", "satisfied");
  }
}
