package org.gridline.dispatch.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.gridline.dispatch.ticket.Lifecycle.Guard;
import org.gridline.dispatch.ticket.Lifecycle.Row;
import org.junit.jupiter.api.Test;

/** Walks the whole table. */
class LifecycleTest {
  @Test
  void every_state_can_be_reached_from_registered() {
    Set<TicketState> reached = EnumSet.of(TicketState.REGISTERED);
    ArrayDeque<TicketState> open = new ArrayDeque<>(reached);
    while (!open.isEmpty()) {
      TicketState from = open.pop();
      for (Row row : Lifecycle.rows())
        if (row.from() == from && reached.add(row.to())) open.add(row.to());
    }
    assertThat(reached).containsExactlyInAnyOrder(TicketState.values());
  }

  @Test
  void every_open_state_leads_to_the_close_and_a_closed_one_nowhere() {
    for (TicketState state : TicketState.values()) {
      assertThat(Lifecycle.legal(state).isEmpty()).as(state.name()).isEqualTo(!state.open());
      assertThat(reachesClose(state)).as(state.name()).isTrue();
    }
  }

  @Test
  void every_action_is_used() {
    assertThat(Lifecycle.rows().stream().map(Row::action).collect(Collectors.toSet()))
        .containsExactlyInAnyOrder(ActionKind.values());
  }

  @Test
  void
      rows_that_share_state_and_action_ask_for_the_same_people_and_have_guards_that_exclude_each_other() {
    for (TicketState state : TicketState.values()) {
      for (ActionKind action : Lifecycle.legal(state)) {
        List<Row> rows = Lifecycle.list(state, action);
        assertThat(rows.stream().map(Row::who).distinct()).as(state + " " + action).hasSize(1);
        if (rows.size() > 1) {
          assertThat(FAMILIES)
              .as(state + " " + action)
              .contains(
                  rows.stream()
                      .map(Row::guard)
                      .collect(Collectors.toCollection(() -> EnumSet.noneOf(Guard.class))));
        }
      }
    }
  }

  @Test
  void whoever_judges_the_work_is_not_whoever_did_it() {
    for (Row row : Lifecycle.rows()) {
      switch (row.action()) {
        case CHECK -> assertThat(row.who()).isEqualTo(Lifecycle.Who.INDEPENDENT_OF_HANDLING);
        case REVISIT -> assertThat(row.who()).isEqualTo(Lifecycle.Who.INDEPENDENT_OF_CHECKING);
        case SIGN, RETURN, FEEDBACK -> assertThat(row.who()).isEqualTo(Lifecycle.Who.OWNER);
        case ACCEPT, FILE, DISPATCH, APPROVE_RETURN, DENY_RETURN, PASS, CLOSE ->
            assertThat(row.who()).isEqualTo(Lifecycle.Who.PERMITTED);
        case REWORK -> assertThat(row.to()).isEqualTo(TicketState.HANDLING);
      }
    }
  }

  /** Sets of guards of which exactly one holds for any ticket and action. */
  private static final List<Set<Guard>> FAMILIES =
      List.of(
          EnumSet.of(Guard.RETURNED_SIGNED, Guard.RETURNED_UNSIGNED),
          EnumSet.of(Guard.CALLER_DECIDES, Guard.SITE_DECIDES),
          EnumSet.of(Guard.HAS_CALLER, Guard.NO_CALLER),
          EnumSet.of(Guard.SOLVED, Guard.UNSOLVED, Guard.UNREACHED_AGAIN, Guard.UNREACHED_ENOUGH));

  private static boolean reachesClose(TicketState from) {
    Set<TicketState> reached = EnumSet.of(from);
    ArrayDeque<TicketState> open = new ArrayDeque<>(reached);
    while (!open.isEmpty()) {
      TicketState next = open.pop();
      if (next == TicketState.CLOSED) return true;
      Arrays.stream(TicketState.values())
          .filter(to -> Lifecycle.rows().stream().anyMatch(r -> r.from() == next && r.to() == to))
          .filter(reached::add)
          .forEach(open::add);
    }
    return false;
  }
}
