package org.gridline.dispatch.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.gridline.dispatch.people.Scope;
import org.gridline.dispatch.people.User;
import org.gridline.dispatch.ticket.ActionKind;
import org.gridline.dispatch.ticket.Flag;
import org.gridline.dispatch.ticket.Ticket;
import org.gridline.dispatch.ticket.TicketStore.Search;
import org.gridline.dispatch.ticket.TicketStore.Sort;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Whoever looks for what was urged, supervised or kept confidential finds just that. */
class TicketsByFlagTest {
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
  void any_of_the_flags_finds_a_ticket_and_only_in_the_askers_scope() {
    Ticket plain = reported();
    Ticket urged = act("operator1", ActionKind.URGE, Map.of());
    Ticket watched =
        act("commander1", ActionKind.SUPERVISE, Map.of("level", "2", "reason", "领导关注"));
    Ticket hidden = act("operator1", ActionKind.KEEP_CONFIDENTIAL, Map.of());
    Scope all = new Scope.District();
    assertThat(found(all)).contains(plain.id(), urged.id(), watched.id(), hidden.id());
    assertThat(found(all, Flag.URGED)).containsExactly(urged.id());
    assertThat(found(all, Flag.SUPERVISED, Flag.URGED))
        .containsExactlyInAnyOrder(watched.id(), urged.id());
    assertThat(found(all, Flag.CONFIDENTIAL)).containsExactly(hidden.id());
    assertThat(found(all, Flag.CONFIDENTIAL, Flag.URGED))
        .containsExactlyInAnyOrder(hidden.id(), urged.id());
    assertThat(found(all, Flag.APPEALED)).isEmpty();

    User owner = desk.handlerOf(urged.owner().orElseThrow().unit());
    assertThat(found(owner.scope(desk.pack().policy().units()), Flag.URGED))
        .containsExactly(urged.id());
    Scope others = desk.person("jiaotong1").scope(desk.pack().policy().units());
    assertThat(found(others, Flag.URGED, Flag.SUPERVISED, Flag.CONFIDENTIAL)).isEmpty();
    assertThat(found(new Scope.Nothing(), Flag.URGED)).isEmpty();
  }

  private static List<Long> found(Scope scope, Flag... flags) {
    Search search =
        new Search(
            List.of(),
            Optional.empty(),
            List.of(),
            Optional.empty(),
            "",
            Optional.empty(),
            Optional.empty(),
            "",
            Optional.empty(),
            Sort.NEWEST,
            50,
            Optional.empty(),
            Set.of(flags));
    return desk.database().tickets().list(search, scope).tickets().stream()
        .map(Ticket::id)
        .toList();
  }

  private static Ticket act(String login, ActionKind kind, Map<String, Object> answers) {
    return desk.act(reported(), desk.person(login), kind, answers);
  }

  private static Ticket reported() {
    return desk.call("小区门口的暴露垃圾没人清,生活垃圾堆在路边很臭", 118.89, 32.12).ticket();
  }
}
