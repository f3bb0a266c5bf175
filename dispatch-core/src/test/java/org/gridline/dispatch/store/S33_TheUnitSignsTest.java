package org.gridline.dispatch.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;
import org.gridline.dispatch.deadline.Clock;
import org.gridline.dispatch.event.EventLog.Entry;
import org.gridline.dispatch.people.Scope;
import org.gridline.dispatch.people.User;
import org.gridline.dispatch.ticket.ActionKind;
import org.gridline.dispatch.ticket.Life;
import org.gridline.dispatch.ticket.Ticket;
import org.gridline.dispatch.ticket.TicketState;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a unit says waits in the unit until everybody of its chain has signed it. */
class S33_TheUnitSignsTest {
  private static final Map<String, Object> DONE = Map.of("result", "solved", "words", "已清理");

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
  void a_communitys_feedback_waits_for_its_street_and_the_clock_runs_on() {
    Ticket ticket = ofTheCommunity();
    User community = desk.person("yaohuashequ1");
    User street = desk.person("yaohua1");
    ticket = desk.act(ticket, community, ActionKind.SIGN, Map.of());
    Ticket drafted = desk.act(ticket, community, ActionKind.FEEDBACK, DONE);
    assertThat(drafted.state()).isEqualTo(TicketState.HANDLING);
    assertThat(drafted.deadlines()).isEqualTo(ticket.deadlines());
    assertThat(drafted.deadlines())
        .anyMatch(d -> d.clock() == Clock.HANDLE && d.pausedAt().isEmpty());
    assertThat(drafted.progress().life().draft().orElseThrow().author()).isEqualTo(community.id());
    assertThat(desk.offered(drafted, community))
        .doesNotContain(ActionKind.SIGN_OFF, ActionKind.FEEDBACK, ActionKind.RETURN);
    assertThat(desk.offered(drafted, desk.person("maqun1"))).doesNotContain(ActionKind.SIGN_OFF);
    assertThat(desk.offered(drafted, street))
        .contains(ActionKind.SIGN_OFF, ActionKind.REFUSE_DRAFT);

    Ticket given = desk.act(drafted, street, ActionKind.SIGN_OFF, Map.of("note", "同意"));
    assertThat(given.state()).isEqualTo(TicketState.FEEDBACK_REVIEW);
    assertThat(given.progress().life().draft()).isEmpty();
    assertThat(given.progress().handlers()).contains(community.id(), street.id());
    assertThat(last(given).kind()).isEqualTo("FeedbackGiven");
    assertThat(last(given).data())
        .contains("\"result\":\"solved\"")
        .contains("\"signedBy\":[" + community.id() + "," + street.id() + "]");
  }

  @Test
  void whoever_drafts_at_the_street_does_not_sign_it_there() {
    Ticket ticket = ofTheCommunity();
    User street = desk.person("yaohua1");
    ticket = desk.act(ticket, street, ActionKind.SIGN, Map.of());
    Ticket drafted = desk.act(ticket, street, ActionKind.FEEDBACK, DONE);
    assertThatThrownBy(() -> desk.act(drafted, street, ActionKind.SIGN_OFF, Map.of()))
        .isInstanceOfSatisfying(
            Failure.class, f -> assertThat(f.code()).isEqualTo(FailureCode.INDEPENDENCE_REQUIRED));
  }

  @Test
  void a_weighty_matter_goes_through_two_hands_and_may_be_sent_back() {
    Ticket ticket = ofTheBureau();
    User officer = desk.handlerOf(ticket.owner().orElseThrow().unit());
    User head = desk.person("chengguanshenhe1");
    User leader = desk.person("chengguanqianfa1");
    ticket = desk.act(ticket, officer, ActionKind.SIGN, Map.of());
    ticket =
        desk.act(
            ticket,
            desk.person("inspector1"),
            ActionKind.SUPERVISE,
            Map.of("level", "2", "reason", "区领导关注"));
    Ticket drafted = desk.act(ticket, officer, ActionKind.FEEDBACK, DONE);
    assertThat(desk.offered(drafted, leader)).doesNotContain(ActionKind.SIGN_OFF);
    Ticket once = desk.act(drafted, head, ActionKind.SIGN_OFF, Map.of());
    assertThat(once.state()).isEqualTo(TicketState.HANDLING);
    assertThat(last(once).kind()).isEqualTo("DraftSigned");
    assertThatThrownBy(() -> desk.act(once, head, ActionKind.SIGN_OFF, Map.of()))
        .isInstanceOf(Failure.class);
    assertThatThrownBy(() -> desk.act(once, leader, ActionKind.REFUSE_DRAFT, Map.of()))
        .isInstanceOf(Failure.class);
    Ticket back = desk.act(once, leader, ActionKind.REFUSE_DRAFT, Map.of("reason", "请附照片"));
    assertThat(back.progress().life().draft()).isEmpty();
    assertThat(last(back).words()).contains("请附照片");

    Ticket again = desk.act(back, officer, ActionKind.FEEDBACK, DONE);
    again = desk.act(again, head, ActionKind.SIGN_OFF, Map.of());
    again = desk.act(again, leader, ActionKind.SIGN_OFF, Map.of());
    assertThat(again.state()).isEqualTo(TicketState.FEEDBACK_REVIEW);
    assertThat(
            desk.database().events().history(again.id(), new Scope.District()).stream()
                .map(Entry::kind)
                .filter(k -> k.startsWith("Draft") || k.equals("FeedbackGiven")))
        .containsExactly(
            "DraftMade",
            "DraftSigned",
            "DraftSentBack",
            "DraftMade",
            "DraftSigned",
            "FeedbackGiven");
  }

  @Test
  void a_return_and_an_extension_are_signed_as_well() {
    User community = desk.person("yaohuashequ1");
    User street = desk.person("yaohua1");
    Ticket unsigned = ofTheCommunity();
    Ticket returning =
        desk.act(
            unsigned,
            community,
            ActionKind.RETURN,
            Map.of("ground", "wrongDuty", "proposedUnit", "QX-CG-HW", "reason", "不属社区职责"));
    assertThat(returning.state()).isEqualTo(TicketState.PENDING_SIGN);
    Ticket returned = desk.act(returning, street, ActionKind.SIGN_OFF, Map.of());
    assertThat(returned.state()).isEqualTo(TicketState.RETURN_REVIEW);
    assertThat(returned.progress().returns()).isEqualTo(2);
    assertThat(last(returned).data()).contains("\"proposedUnit\":\"QX-CG-HW\"");

    Ticket ticket = desk.act(ofTheCommunity(), community, ActionKind.SIGN, Map.of());
    ticket =
        desk.act(
            ticket,
            community,
            ActionKind.REQUEST_EXTENSION,
            Map.of("share", "half", "reason", "需外运"));
    assertThat(ticket.progress().life().request()).isEmpty();
    ticket = desk.act(ticket, street, ActionKind.SIGN_OFF, Map.of());
    Life.Request request = ticket.progress().life().request().orElseThrow();
    assertThat(request.step()).isEqualTo(Life.Request.Step.SUPPORTED);
    assertThat(request.asker()).isEqualTo(community.id());
    ticket = desk.act(ticket, desk.person("dispatcher1"), ActionKind.GRANT_EXTENSION, Map.of());
    assertThat(ticket.progress().life().extensions()).isEqualTo(1);
  }

  /** A ticket that waits for the signature of a community. */
  private static Ticket ofTheCommunity() {
    return givenTo("CM-320113001001");
  }

  private static Ticket ofTheBureau() {
    return givenTo("QX-CG-HW");
  }

  private static Ticket givenTo(String unit) {
    Ticket ticket = desk.call("小区门口的暴露垃圾没人清,生活垃圾堆在路边很臭", 118.89, 32.12).ticket();
    ticket =
        desk.act(
            ticket,
            desk.handlerOf(ticket.owner().orElseThrow().unit()),
            ActionKind.RETURN,
            Map.of("ground", "wrongArea", "proposedUnit", unit, "reason", "已在处理"));
    User dispatcher = desk.person("dispatcher1");
    ticket = desk.act(ticket, dispatcher, ActionKind.APPROVE_RETURN, Map.of());
    return desk.act(
        ticket,
        dispatcher,
        ActionKind.DISPATCH,
        Map.of("unit", unit, "exception", "agreed", "reason", "同意承办"));
  }

  private static Entry last(Ticket ticket) {
    return desk.database().events().history(ticket.id(), new Scope.District()).getLast();
  }
}
