package org.gridline.dispatch.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Map;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.deadline.Clock;
import org.gridline.dispatch.deadline.Deadline;
import org.gridline.dispatch.event.EventLog.Entry;
import org.gridline.dispatch.intake.ReportType;
import org.gridline.dispatch.intake.Urgency;
import org.gridline.dispatch.people.Scope;
import org.gridline.dispatch.people.User;
import org.gridline.dispatch.ticket.ActionKind;
import org.gridline.dispatch.ticket.Ticket;
import org.gridline.dispatch.ticket.Ticket.Reporter;
import org.gridline.dispatch.ticket.TicketState;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A ticket turns out to be something else, or more urgent: its clocks follow, from their start. */
class S35_TheMatterChangesTest {
  private static final Map<String, Object> FOUR_HOURS = Map.of("kind", "event", "code", "06010");

  /** Counted by night and on holidays too, so that two days ago is over whenever this runs. */
  private static final Map<String, Object> TWO_HOURS = Map.of("kind", "event", "code", "06020");

  private static final Map<String, Object> FIVE_DAYS = Map.of("kind", "event", "code", "06013");

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
    assertThat(desk.database().verifier().verify().broken()).isEmpty();
  }

  @Test
  void another_class_has_other_limits_from_the_clocks_own_beginning() {
    Ticket ticket = handling();
    Deadline before = clock(ticket, Clock.HANDLE);
    Ticket changed = change(ticket, Map.of("category", FIVE_DAYS, "reason", "是道路破损"));
    assertThat(changed.state()).isEqualTo(TicketState.HANDLING);
    assertThat(changed.matter().category().orElseThrow().code()).isEqualTo("06013");
    Deadline longer = clock(changed, Clock.HANDLE);
    assertThat(longer.startedAt()).isEqualTo(before.startedAt());
    assertThat(longer.dueAt()).isAfter(before.dueAt());
    assertThat(last(changed).kind()).isEqualTo("MatterChanged");
    assertThat(last(changed).words()).contains("是道路破损");

    Ticket back = change(changed, Map.of("category", FOUR_HOURS, "reason", "看错了"));
    assertThat(clock(back, Clock.HANDLE)).isEqualTo(before);
    assertThatThrownBy(() -> change(back, Map.of("category", FOUR_HOURS, "reason", "再改一次")))
        .isInstanceOfSatisfying(Failure.class, f -> assertThat(f.field()).contains("type"));
  }

  @Test
  void what_is_over_by_the_new_limit_fires_at_once_and_is_not_silently_red() throws SQLException {
    Ticket ticket = change(handling(), Map.of("category", FIVE_DAYS, "reason", "是道路破损"));
    // As if it had been signed for two days ago.
    run(
        "UPDATE deadline SET started_at = started_at - interval '2 days', warn_at = warn_at - interval"
            + " '2 days', due_at = due_at - interval '2 days' WHERE clock = 'handle' AND ticket_id = "
            + ticket.id());
    assertThat(firesBefore(ticket, desk.database().clock().instant())).isFalse();
    Ticket old = desk.database().tickets().get(ticket.id(), new Scope.District());
    Ticket shorter = change(old, Map.of("category", TWO_HOURS, "reason", "是焚烧垃圾"));
    assertThat(clock(shorter, Clock.HANDLE).startedAt())
        .isEqualTo(clock(old, Clock.HANDLE).startedAt());
    assertThat(clock(shorter, Clock.HANDLE).dueAt()).isBefore(desk.database().clock().instant());
    assertThat(firesBefore(shorter, desk.database().clock().instant())).isTrue();
  }

  @Test
  void type_and_urgency_stand_in_the_row_and_a_hidden_caller_stays_hidden() throws SQLException {
    Ticket ticket = handling();
    assertThat(ticket.subject().reporter()).isEqualTo(Reporter.CALLER);
    Ticket complaint =
        change(ticket, Map.of("type", "complaint", "urgency", "urgent", "reason", "来电人投诉保洁单位"));
    Ticket read = desk.database().tickets().get(complaint.id(), new Scope.District());
    assertThat(read.matter().type()).isEqualTo(ReportType.COMPLAINT);
    assertThat(read.matter().urgency()).isEqualTo(Urgency.URGENT);
    assertThat(read.subject().reporter()).isEqualTo(Reporter.CALLER);
    Ticket help = change(complaint, Map.of("type", "help", "reason", "实为求助"));
    assertThat(help.subject().reporter())
        .as("whoever was hidden for the sake of the type is not shown to the unit by another")
        .isEqualTo(Reporter.CONFIDENTIAL_CALLER);
  }

  @Test
  void only_the_duty_chief_does_it_and_not_while_it_is_checked() {
    Ticket ticket = handling();
    User owner = desk.handlerOf(ticket.owner().orElseThrow().unit());
    assertThatThrownBy(
            () ->
                desk.act(
                    ticket,
                    owner,
                    ActionKind.RECLASSIFY,
                    Map.of("urgency", "normal", "reason", "慢")))
        .isInstanceOf(Failure.class);
    Ticket fedBack =
        desk.act(ticket, owner, ActionKind.FEEDBACK, Map.of("result", "solved", "words", "已清理"));
    Ticket checking = desk.act(fedBack, desk.person("dispatcher1"), ActionKind.PASS, Map.of());
    assertThat(desk.offered(checking, desk.person("chief1"))).doesNotContain(ActionKind.RECLASSIFY);
  }

  @Test
  void whoever_handled_or_checked_is_refused_by_the_database_too() throws SQLException {
    Ticket ticket = handling();
    User owner = desk.handlerOf(ticket.owner().orElseThrow().unit());
    Ticket fedBack =
        desk.act(ticket, owner, ActionKind.FEEDBACK, Map.of("result", "solved", "words", "已清理"));
    Ticket checking = desk.act(fedBack, desk.person("dispatcher1"), ActionKind.PASS, Map.of());
    User checker = desk.checkerOf(checking);
    Ticket revisiting = desk.act(checking, checker, ActionKind.CHECK, Map.of());
    assertThat(revisiting.state()).isEqualTo(TicketState.REVISITING);
    long other = desk.person("revisitor1").id();
    assertThat(judged(revisiting, owner.id(), "{}")).contains("does not judge it");
    assertThat(judged(revisiting, checker.id(), "{}")).contains("does not judge it");
    assertThat(judged(revisiting, other, "{\"actingFor\":" + checker.id() + "}"))
        .contains("does not judge it");
    assertThat(judged(revisiting, other, "{}")).isEmpty();
  }

  @Test
  void nobody_signs_their_own_draft_whatever_program_asks() throws SQLException {
    Ticket ticket = handling();
    User owner = desk.handlerOf(ticket.owner().orElseThrow().unit());
    long head = desk.person("chengguanshenhe1").id();
    run(
        "UPDATE ticket SET life = life || jsonb_build_object('draft', jsonb_build_object('hands',"
            + " jsonb_build_array(%d))) WHERE id = %d".formatted(owner.id(), ticket.id()));
    try {
      assertThat(step(ticket, "DraftSigned", "HANDLING", owner.id(), "{}"))
          .contains("nobody signs what they drafted");
      assertThat(step(ticket, "FeedbackGiven", "FEEDBACK_REVIEW", owner.id(), "{}"))
          .contains("nobody signs what they drafted");
      assertThat(step(ticket, "DraftSigned", "HANDLING", head, "{}")).isEmpty();
    } finally {
      run("UPDATE ticket SET life = life - 'draft' WHERE id = " + ticket.id());
    }
  }

  private static String judged(Ticket ticket, long user, String data) throws SQLException {
    return step(ticket, "CallerRevisited", "PENDING_CLOSE", user, data);
  }

  /** What the database says to a step of that person; empty when it lets it pass. */
  private static String step(Ticket ticket, String kind, String to, long user, String data)
      throws SQLException {
    try (Connection c = TestDatabase.connectTo(url);
        Statement s = c.createStatement()) {
      c.setAutoCommit(false);
      s.execute(
          """
          INSERT INTO ticket_event (ticket_id, version, id, kind, at, user_id, state_before, state_after, data, prev_hash, hash)
          VALUES (%d, %d, 1, '%s', now(), %d, '%s', '%s', '%s', '', 'x')
          """
              .formatted(ticket.id(), ticket.version() + 1, kind, user, ticket.state(), to, data));
      try {
        s.execute(
            "UPDATE ticket SET state = '%s', version = version + 1 WHERE id = %d"
                .formatted(to, ticket.id()));
        return "";
      } catch (SQLException refused) {
        return String.valueOf(refused.getMessage());
      } finally {
        c.rollback();
      }
    }
  }

  private static boolean firesBefore(Ticket ticket, Instant now) throws SQLException {
    try (Connection c = TestDatabase.connectTo(url);
        Statement s = c.createStatement();
        ResultSet row =
            s.executeQuery(
                "SELECT next_at <= '%s' FROM deadline WHERE clock = 'handle' AND ticket_id = %d"
                    .formatted(now, ticket.id()))) {
      row.next();
      return row.getBoolean(1);
    }
  }

  private static void run(String sql) throws SQLException {
    try (Connection c = TestDatabase.connectTo(url);
        Statement s = c.createStatement()) {
      s.execute(sql);
    }
  }

  private static Deadline clock(Ticket ticket, Clock clock) {
    return ticket.deadlines().stream().filter(d -> d.clock() == clock).findFirst().orElseThrow();
  }

  private static Ticket change(Ticket ticket, Map<String, Object> answers) {
    return desk.act(ticket, desk.person("chief1"), ActionKind.RECLASSIFY, answers);
  }

  private static Entry last(Ticket ticket) {
    return desk.database().events().history(ticket.id(), new Scope.District()).getLast();
  }

  private static Ticket handling() {
    Ticket ticket = desk.call("小区门口的暴露垃圾没人清,生活垃圾堆在路边很臭", 118.89, 32.12).ticket();
    User lead = desk.handlerOf(ticket.owner().orElseThrow().unit());
    return desk.act(ticket, lead, ActionKind.SIGN, Map.of());
  }
}
