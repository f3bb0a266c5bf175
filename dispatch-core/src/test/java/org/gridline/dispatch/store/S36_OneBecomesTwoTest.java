package org.gridline.dispatch.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;
import org.gridline.dispatch.classify.CategoryKey;
import org.gridline.dispatch.event.EventLog.Entry;
import org.gridline.dispatch.evidence.Enclosure;
import org.gridline.dispatch.people.Scope;
import org.gridline.dispatch.people.User;
import org.gridline.dispatch.ticket.ActOnTicket.Outcome;
import org.gridline.dispatch.ticket.Action;
import org.gridline.dispatch.ticket.ActionKind;
import org.gridline.dispatch.ticket.Ticket;
import org.gridline.dispatch.ticket.TicketState;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** One call about two matters becomes two tickets, and one again when that was a mistake. */
class S36_OneBecomesTwoTest {
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
  void a_part_has_the_caller_a_number_clocks_and_a_history_of_its_own() {
    Ticket whole = reported();
    Ticket after = split(whole, "另外路灯也不亮", Optional.of(new CategoryKey("event", "01037")));
    assertThat(after.state()).isEqualTo(whole.state());
    assertThat(after.progress().life().split()).hasSize(1);
    assertThat(last(after).kind()).isEqualTo("TicketSplit");

    Ticket part = desk.database().tickets().get(after.progress().life().split().getFirst(), all());
    assertThat(part.state()).isEqualTo(TicketState.REGISTERED);
    assertThat(part.number()).isNotEqualTo(whole.number());
    assertThat(part.deadlines()).isNotEmpty();
    assertThat(part.progress().life().origin()).contains(whole.id());
    assertThat(part.subject().person()).isEqualTo(whole.subject().person());
    assertThat(part.hasCaller()).isTrue();
    assertThat(part.place()).isEqualTo(whole.place());
    var told = desk.database().tickets().particulars(part);
    assertThat(told.words()).isEqualTo("另外路灯也不亮");
    assertThat(told.caller())
        .isEqualTo(desk.database().tickets().particulars(whole).caller())
        .isPresent();
    assertThat(desk.database().events().history(part.id(), all()))
        .extracting(Entry::kind)
        .containsExactly("TicketRegistered", "TicketSplitOff");

    // It goes its own way, up to its own filing.
    Ticket accepted =
        desk.act(
            part,
            desk.person("operator1"),
            ActionKind.ACCEPT,
            Map.of("category", Map.of("kind", "event", "code", "01037")));
    assertThat(accepted.state()).isEqualTo(TicketState.PENDING_FILING);
  }

  @Test
  void the_same_step_sent_twice_makes_one_part() {
    Ticket whole = reported();
    Ticket once = split(whole, "两次点击", Optional.empty());
    Outcome again =
        desk.splitting()
            .split(
                desk.database().tickets().get(whole.id(), all()),
                whole.version(),
                new Action.Split(Optional.empty(), Optional.empty(), "两次点击"),
                Enclosure.nothing(),
                desk.person("operator1"));
    assertThat(again).isInstanceOf(Outcome.Conflict.class);
    assertThat(((Outcome.Conflict) again).current().progress().life().split())
        .isEqualTo(once.progress().life().split());
  }

  @Test
  void undone_the_part_goes_on_in_the_whole_and_its_caller_is_asked_like_any_other() {
    Ticket whole = split(reported(), "同一堆垃圾", Optional.empty());
    Ticket part = desk.database().tickets().get(whole.progress().life().split().getFirst(), all());
    Ticket undone =
        desk.act(part, desk.person("operator1"), ActionKind.UNDO_SPLIT, Map.of("reason", "是同一件事"));
    assertThat(undone.state()).isEqualTo(TicketState.MERGED);
    assertThat(undone.progress().life().master()).contains(whole.id());
    assertThat(desk.database().tickets().listMerged(whole.id(), all()))
        .extracting(Ticket::id)
        .containsExactly(part.id());
    // And back, as every merge can be undone.
    Ticket again =
        desk.act(undone, desk.person("operator1"), ActionKind.UNDO_MERGE, Map.of("reason", "还是两件"));
    assertThat(again.state()).isEqualTo(TicketState.REGISTERED);
    // The whole can't go on in its own part while that goes on in the whole.
    Ticket merged =
        desk.act(again, desk.person("operator1"), ActionKind.UNDO_SPLIT, Map.of("reason", "是同一件事"));
    assertThatThrownBy(
            () ->
                desk.act(
                    whole,
                    desk.person("operator1"),
                    ActionKind.MERGE,
                    Map.of("master", merged.number(), "reason", "绕圈")))
        .isInstanceOf(Failure.class);
  }

  @Test
  void what_may_not_be_split_leaves_no_part_behind() {
    Ticket whole = reported();
    User owner = desk.handlerOf(whole.owner().orElseThrow().unit());
    long before = parts();
    assertThatThrownBy(() -> split(whole, owner, "我不能拆"))
        .isInstanceOfSatisfying(
            Failure.class, f -> assertThat(f.code()).isEqualTo(FailureCode.NOT_PERMITTED));
    assertThat(parts()).isEqualTo(before);
    assertThat(desk.offered(whole, desk.person("operator1"))).contains(ActionKind.SPLIT);
    assertThat(desk.offered(whole, desk.person("operator1"))).doesNotContain(ActionKind.UNDO_SPLIT);
  }

  private static long parts() {
    return desk.database().tickets().listOpen(all(), 0, 1_000).stream()
        .filter(t -> t.progress().life().origin().isPresent())
        .count();
  }

  private static Ticket split(Ticket whole, String words, Optional<CategoryKey> category) {
    Outcome outcome =
        desk.splitting()
            .split(
                whole,
                whole.version(),
                new Action.Split(category, Optional.empty(), words),
                Enclosure.nothing(),
                desk.person("operator1"));
    assertThat(outcome).isInstanceOf(Outcome.Done.class);
    return ((Outcome.Done) outcome).ticket();
  }

  private static void split(Ticket whole, User by, String words) {
    desk.splitting()
        .split(
            whole,
            whole.version(),
            new Action.Split(Optional.empty(), Optional.empty(), words),
            Enclosure.nothing(),
            by);
  }

  private static Scope all() {
    return new Scope.District();
  }

  private static Entry last(Ticket ticket) {
    return desk.database().events().history(ticket.id(), all()).getLast();
  }

  /** As it stands in the database: who is known by their number already keeps their record. */
  private static Ticket reported() {
    Ticket taken = desk.call("小区门口的暴露垃圾没人清,生活垃圾堆在路边很臭", 118.89, 32.12).ticket();
    return desk.database().tickets().get(taken.id(), all());
  }
}
