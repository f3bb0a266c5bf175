package org.gridline.dispatch.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;
import org.gridline.dispatch.people.User;
import org.gridline.dispatch.route.DutyRule;
import org.gridline.dispatch.route.EndRuling;
import org.gridline.dispatch.route.Rulings;
import org.gridline.dispatch.ticket.ActionKind;
import org.gridline.dispatch.ticket.Ticket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the command centre rules holds for later tickets too, until it is ended. */
class S41_RulingsBecomeRulesTest {
  private static String url;
  private static Desk desk;

  @BeforeAll
  static void open() {
    url = TestDatabase.fresh();
    desk = Desk.open(url);
  }

  @AfterAll
  static void close() {
    // The pack is shared by the tests of this JVM.
    desk.pack().duties().follow(List.of());
    assertThat(desk.database().verifier().verify().broken()).isEmpty();
    desk.close();
  }

  @Test
  void a_ruling_becomes_a_duty_rule_that_routes_the_next_report() {
    Ticket ticket = ruled();
    DutyRule rule = ruleOf(ticket);
    assertThat(rule.unit()).isEqualTo("QX-SW");
    assertThat(rule.area()).isEqualTo(ticket.place().findArea("street").orElseThrow().code());
    desk.pack().duties().follow(desk.database().rulings().list());
    try {
      Ticket next = desk.call("小区门口的暴露垃圾没人清,生活垃圾堆在路边很臭", 118.89, 32.12).ticket();
      assertThat(next.owner().orElseThrow().unit()).isEqualTo("QX-SW");
    } finally {
      desk.pack().duties().follow(List.of());
    }
  }

  @Test
  void a_ruling_is_given_its_end_and_the_next_one_about_the_matter_ends_it_before() {
    DutyRule rule = ruleOf(ruled());
    Rulings rulings = desk.database().rulings();
    EndRuling ends = new EndRuling(rulings, desk.pack().city().timeZone());
    Instant now = desk.database().clock().instant();
    LocalDate today = now.atZone(desk.pack().city().timeZone()).toLocalDate();
    User commander = desk.person("commander1");
    assertThatThrownBy(
            () -> ends.end(desk.person("dispatcher1"), rule.id(), today.plusDays(9), "修订", now))
        .isInstanceOfSatisfying(
            Failure.class, f -> assertThat(f.code()).isEqualTo(FailureCode.NOT_PERMITTED));
    DutyRule dated = ends.end(commander, rule.id(), today.plusDays(9), "修订", now);
    assertThat(dated.holdsOn(today.plusDays(8))).isTrue();
    assertThat(dated.holdsOn(today.plusDays(9))).isFalse();
    assertThat(rulings.listEnds().getFirst())
        .extracting(Rulings.End::rule, Rulings.End::validTo, Rulings.End::why, e -> e.by().user())
        .containsExactly(rule.id(), today.plusDays(9), "修订", commander.id());
    DutyRule next = ruleOf(ruled());
    assertThat(rulings.list())
        .filteredOn(r -> r.holdsOn(today.plusDays(2)))
        .extracting(DutyRule::id)
        .containsExactly(next.id());
    assertThatThrownBy(() -> ends.end(commander, rule.id(), today.plusDays(20), "再用", now))
        .isInstanceOfSatisfying(
            Failure.class, f -> assertThat(f.code()).isEqualTo(FailureCode.NOT_FOUND));
  }

  @Test
  void a_rule_tells_its_dates_in_both_languages() {
    DutyRule rule = ruleOf(ruled());
    String day = rule.validFrom().toString();
    assertThat(rule.explanation()).isEqualTo(rule.basis() + " · " + day + " 起 · since " + day);
    DutyRule ended =
        new EndRuling(desk.database().rulings(), desk.pack().city().timeZone())
            .end(
                desk.person("commander1"),
                rule.id(),
                rule.validFrom().plusDays(31),
                "修订",
                desk.database().clock().instant());
    assertThat(ended.explanation())
        .isEqualTo(rule.basis() + " · " + day + " – " + rule.validFrom().plusDays(30));
  }

  @Test
  void whoever_stands_in_ends_it_in_the_name_of_both() {
    DutyRule rule = ruleOf(ruled());
    User commander = desk.person("commander1");
    User standIn = desk.person("chief1").actingFor(commander);
    new EndRuling(desk.database().rulings(), desk.pack().city().timeZone())
        .end(
            standIn,
            rule.id(),
            rule.validFrom().plusDays(1),
            "修订",
            desk.database().clock().instant());
    Rulings.End said =
        desk.database().rulings().listEnds().stream()
            .filter(end -> end.rule().equals(rule.id()))
            .findFirst()
            .orElseThrow();
    assertThat(said.by().selves()).containsExactlyInAnyOrder(standIn.id(), commander.id());
  }

  @Test
  void what_was_said_of_an_end_stays() throws SQLException {
    DutyRule rule = ruleOf(ruled());
    new EndRuling(desk.database().rulings(), desk.pack().city().timeZone())
        .end(
            desk.person("commander1"),
            rule.id(),
            rule.validFrom().plusDays(1),
            "修订",
            desk.database().clock().instant());
    try (Connection c = TestDatabase.connectTo(url);
        Statement s = c.createStatement()) {
      for (String crime :
          List.of("UPDATE duty_rule_end SET why = 'x1'", "DELETE FROM duty_rule_end"))
        assertThatThrownBy(() -> s.execute(crime)).isInstanceOf(SQLException.class);
    }
  }

  private static DutyRule ruleOf(Ticket ticket) {
    return desk.database().rulings().list().stream()
        .filter(r -> r.basis().endsWith(ticket.number()))
        .findFirst()
        .orElseThrow();
  }

  /** Two units don't agree, and the command centre makes a rule of it for the street. */
  private static Ticket ruled() {
    Ticket ticket = desk.call("小区门口的暴露垃圾没人清,生活垃圾堆在路边很臭", 118.89, 32.12).ticket();
    String first = ticket.owner().orElseThrow().unit();
    User dispatcher = desk.person("dispatcher1");
    ticket = returned(ticket, "QX-SW");
    ticket = desk.act(ticket, dispatcher, ActionKind.APPROVE_RETURN, Map.of());
    ticket =
        desk.act(ticket, dispatcher, ActionKind.DISPATCH, Map.of("unit", "QX-SW", "reason", "改派"));
    ticket = returned(ticket, first);
    ticket = desk.act(ticket, dispatcher, ActionKind.ESCALATE, Map.of("reason", "两家都不认"));
    return desk.act(
        ticket,
        desk.person("commander1"),
        ActionKind.RULE,
        Map.of("unit", "QX-SW", "becomes", "street", "reason", "按权责清单"));
  }

  private static Ticket returned(Ticket ticket, String proposed) {
    return desk.act(
        ticket,
        desk.handlerOf(ticket.owner().orElseThrow().unit()),
        ActionKind.RETURN,
        Map.of("ground", "wrongDuty", "proposedUnit", proposed, "reason", "不属我单位职责"));
  }
}
