package org.gridline.dispatch.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;
import org.gridline.dispatch.deadline.Clock;
import org.gridline.dispatch.deadline.Deadline;
import org.gridline.dispatch.event.EventLog.Entry;
import org.gridline.dispatch.intake.Report;
import org.gridline.dispatch.intake.TakeReport;
import org.gridline.dispatch.people.Scope;
import org.gridline.dispatch.people.User;
import org.gridline.dispatch.ticket.Action;
import org.gridline.dispatch.ticket.ActionKind;
import org.gridline.dispatch.ticket.Life;
import org.gridline.dispatch.ticket.Ticket;
import org.gridline.dispatch.ticket.TicketState;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A ticket of the city's platform above: its number, its deadline, its word. */
class S34_TheParentPlatformTest {
  private static Desk desk;

  @BeforeAll
  static void open() {
    desk = Desk.open();
  }

  @AfterAll
  static void close() {
    desk.close();
  }

  @AfterEach
  void theLogMakesTheTickets() {
    assertThat(desk.database().verifier().verify().broken()).isEmpty();
  }

  @Test
  void a_report_that_came_as_a_parents_ticket_holds_its_deadline_from_the_first_commit() {
    Instant due = desk.database().clock().instant().plus(Duration.ofDays(5));
    Report plain = Desk.report("小区门口的暴露垃圾没人清,生活垃圾堆在路边很臭", 118.89, 32.12);
    Report sent =
        new Report(
            plain.channel(),
            plain.type(),
            plain.urgency(),
            plain.words(),
            plain.caller(),
            plain.address(),
            plain.position(),
            plain.accuracyMetres(),
            plain.category(),
            plain.observedAt(),
            plain.call(),
            plain.component(),
            Optional.of(new Action.LinkParent("NJ12345-77", due, "online", "")));
    Ticket ticket =
        ((TakeReport.Answer.First) desk.take(sent, "parent-at-intake-1")).receipt().ticket();
    Ticket read = desk.database().tickets().get(ticket.id(), new Scope.District());
    assertThat(read.progress().life().parent().orElseThrow().number()).isEqualTo("NJ12345-77");
    assertThat(read.deadlines()).anyMatch(d -> d.clock() == Clock.PARENT);
    assertThat(desk.database().events().history(ticket.id(), new Scope.District()))
        .extracting(Entry::kind)
        .startsWith("TicketRegistered", "ParentLinked");
    assertThat(desk.database().verifier().verify().broken()).isEmpty();
  }

  @Test
  void both_clocks_run_and_a_pause_here_moves_only_our_own() {
    Instant due = due(7);
    Ticket ticket = handled(linked(due));
    assertThat(clock(ticket, Clock.PARENT).dueAt()).isEqualTo(due);
    Ticket asked =
        desk.act(
            ticket,
            lead(ticket),
            ActionKind.REQUEST_SUSPENSION,
            Map.of(
                "ground",
                "weather",
                "resumeOn",
                Instant.now().plus(3, ChronoUnit.DAYS).toString().substring(0, 10),
                "reason",
                "连日大雨"));
    Ticket suspended =
        desk.act(asked, desk.person("dispatcher1"), ActionKind.GRANT_SUSPENSION, Map.of());
    assertThat(suspended.state()).isEqualTo(TicketState.SUSPENDED);
    assertThat(clock(suspended, Clock.PARENT).pausedAt()).isEmpty();
    assertThat(clock(suspended, Clock.PARENT).dueAt()).isEqualTo(due);
    assertThat(clock(suspended, Clock.HANDLE).pausedAt()).isPresent();
    Ticket resumed = desk.act(suspended, desk.person("dispatcher1"), ActionKind.RESUME, Map.of());
    assertThat(clock(resumed, Clock.PARENT).dueAt()).isEqualTo(due);
  }

  @Test
  void a_withdrawal_by_the_parent_ends_the_work_here_with_its_outcome() {
    Ticket ticket = handled(linked(due(5)));
    assertThat(desk.offered(ticket, lead(ticket))).doesNotContain(ActionKind.PARENT_WITHDREW);
    Ticket gone =
        desk.act(
            ticket,
            desk.person("operator1"),
            ActionKind.PARENT_WITHDREW,
            Map.of("reason", "市平台撤回"));
    assertThat(gone.state()).isEqualTo(TicketState.CANCELLED);
    assertThat(gone.deadlines()).isEmpty();
    assertThat(parent(gone).end()).isEqualTo("withdrawn");
    assertThat(desk.database().tickets().get(gone.id(), new Scope.District())).isEqualTo(gone);
    assertThat(desk.offered(gone, lead(gone))).isEmpty();
  }

  @Test
  void it_goes_back_up_from_the_centres_hands_with_a_ground_of_the_pack() {
    Ticket ticket = linked(due(5));
    User chief = desk.person("chief1");
    // A unit has it: first it comes back from there.
    assertThat(desk.offered(ticket, chief)).doesNotContain(ActionKind.RETURN_TO_PARENT);
    Ticket returned =
        desk.act(
            ticket,
            lead(ticket),
            ActionKind.RETURN,
            Map.of("ground", "wrongDuty", "proposedUnit", "QX-SW", "reason", "市级职责"));
    assertThatThrownBy(
            () ->
                desk.act(
                    returned,
                    chief,
                    ActionKind.RETURN_TO_PARENT,
                    Map.of("ground", "tooMuchWork", "reason", "不想办")))
        .isInstanceOfSatisfying(Failure.class, f -> assertThat(f.field()).contains("ground"));
    Ticket back =
        desk.act(
            returned,
            chief,
            ActionKind.RETURN_TO_PARENT,
            Map.of("ground", "cityLevel", "reason", "市管道路"));
    assertThat(back.state()).isEqualTo(TicketState.CANCELLED);
    assertThat(parent(back).end()).isEqualTo("returned");
  }

  @Test
  void what_the_parent_asked_its_caller_is_kept_and_only_a_code_names_its_ticket() {
    Ticket ticket = linked(due(5));
    Ticket revisited =
        desk.act(
            ticket,
            desk.person("operator1"),
            ActionKind.PARENT_REVISIT,
            Map.of(
                "reached",
                true,
                "contacted",
                true,
                "solved",
                false,
                "satisfaction",
                "dissatisfied"));
    assertThat(revisited.state()).isEqualTo(ticket.state());
    assertThat(parent(revisited).revisit()).isEqualTo("unsolved");
    assertThat(parent(revisited).satisfaction()).isEqualTo("dissatisfied");
    for (String number : new String[] {"", "王样例 13800000001", "x".repeat(41)})
      assertThatThrownBy(() -> link(revisited, number, due(3).toString()))
          .isInstanceOfSatisfying(
              Failure.class, f -> assertThat(f.code()).isEqualTo(FailureCode.INVALID_REQUEST));
    assertThatThrownBy(() -> link(revisited, "JS12345-1", "tomorrow"))
        .isInstanceOfSatisfying(Failure.class, f -> assertThat(f.field()).contains("dueAt"));
    // A later word of the parent's moves its deadline, and nothing else.
    Ticket moved = link(revisited, "JS12345-1", due(9).toString());
    assertThat(clock(moved, Clock.PARENT).dueAt()).isEqualTo(due(9));
    assertThat(clock(moved, Clock.SIGN)).isEqualTo(clock(revisited, Clock.SIGN));
  }

  @Test
  void a_ticket_of_our_own_knows_no_parent() {
    Ticket ticket = call();
    assertThat(desk.offered(ticket, desk.person("operator1")))
        .contains(ActionKind.LINK_PARENT)
        .doesNotContain(ActionKind.PARENT_WITHDREW, ActionKind.PARENT_REVISIT);
    assertThat(ticket.deadlines()).noneMatch(d -> d.clock() == Clock.PARENT);
  }

  private static Ticket call() {
    return desk.call("小区门口的暴露垃圾没人清,生活垃圾堆在路边很臭", 118.89, 32.12).ticket();
  }

  private static Ticket linked(Instant due) {
    return link(call(), "JS12345-20261122-0007", due.toString());
  }

  private static Ticket link(Ticket ticket, String number, String due) {
    return desk.act(
        ticket,
        desk.person("operator1"),
        ActionKind.LINK_PARENT,
        Map.of("number", number, "dueAt", due, "replyForm", "online"));
  }

  private static Ticket handled(Ticket ticket) {
    return desk.act(ticket, lead(ticket), ActionKind.SIGN, Map.of());
  }

  private static User lead(Ticket ticket) {
    return desk.handlerOf(ticket.owner().orElseThrow().unit());
  }

  private static Life.Parent parent(Ticket ticket) {
    return ticket.progress().life().parent().orElseThrow();
  }

  private static Deadline clock(Ticket ticket, Clock clock) {
    return ticket.deadlines().stream().filter(d -> d.clock() == clock).findFirst().orElseThrow();
  }

  private static Instant due(int days) {
    return desk.database()
        .clock()
        .instant()
        .truncatedTo(ChronoUnit.HOURS)
        .plus(Duration.ofDays(days));
  }
}
