package org.gridline.dispatch.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.gridline.dispatch.people.Permission;
import org.gridline.dispatch.people.Role;
import org.gridline.dispatch.ticket.ActionKind.Sort;
import org.gridline.dispatch.ticket.Lifecycle.Row;
import org.gridline.dispatch.ticket.Lifecycle.Who;
import org.junit.jupiter.api.Test;

/** Walks the whole table. */
class LifecycleTest {
  /** Sets of guards of which exactly one holds for any ticket and action that they stand at. */
  private static final List<Set<Guard>> FAMILIES =
      List.of(
          EnumSet.of(Guard.RETURNED_SIGNED, Guard.RETURNED_UNSIGNED),
          EnumSet.of(Guard.CALLER_DECIDES, Guard.SITE_DECIDES),
          EnumSet.of(Guard.CHECK_REPEATED, Guard.CHECKED_WITH_CALLER, Guard.CHECKED_WITHOUT_CALLER),
          EnumSet.of(Guard.FEEDBACK_FREE, Guard.FEEDBACK_DRAFTED),
          EnumSet.of(Guard.RETURN_FREE, Guard.RETURN_DRAFTED),
          EnumSet.of(Guard.EXTENSION_FREE, Guard.EXTENSION_DRAFTED),
          EnumSet.of(Guard.SIGNATURES_LEFT, Guard.LAST_OF_RETURN),
          EnumSet.of(
              Guard.SIGNATURES_LEFT,
              Guard.LAST_OF_FEEDBACK,
              Guard.LAST_OF_EXTENSION,
              Guard.LAST_OF_RETURN),
          EnumSet.of(Guard.EXTENSION_SUPPORTED, Guard.EXTENSION_OPPOSED),
          EnumSet.of(Guard.APPEAL_SUPPORTED, Guard.APPEAL_OPPOSED),
          EnumSet.of(Guard.MERGED_FROM_HERE),
          EnumSet.of(Guard.SOLVED, Guard.UNSOLVED, Guard.UNREACHED_AGAIN, Guard.UNREACHED_ENOUGH));

  private static final Set<TicketState> FINAL =
      EnumSet.of(
          TicketState.ARCHIVED, TicketState.ANSWERED, TicketState.REJECTED, TicketState.CANCELLED);

  @Test
  void the_whole_table_leads_every_ticket_to_an_end_with_a_clock_running() {
    assertThat(LifeCheck.problems(rules(Set.of()), List.of(everybody()))).isEmpty();
  }

  @Test
  void only_the_last_states_lead_nowhere() {
    for (TicketState state : TicketState.values())
      assertThat(Lifecycle.legal(state).isEmpty())
          .as(state.name())
          .isEqualTo(FINAL.contains(state));
  }

  @Test
  void every_action_is_used() {
    assertThat(Lifecycle.rows().stream().map(Row::action).collect(Collectors.toSet()))
        .containsExactlyInAnyOrder(ActionKind.values());
  }

  @Test
  void rows_of_one_step_ask_for_the_same_people_and_have_guards_that_exclude_each_other() {
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
      if (row.from() == TicketState.CHECKING
          && row.to() != row.from()
          && row.to() != TicketState.CANCELLED)
        assertThat(row.who()).as("%s", row).isEqualTo(Who.DRAWN_CHECKER);
      boolean asked = row.action() == ActionKind.REVISIT;
      if (asked || (row.from() == TicketState.REVISITING && row.action() == ActionKind.REWORK))
        assertThat(row.who()).as("%s", row).isEqualTo(Who.INDEPENDENT_OF_CHECKING);
      if (EnumSet.of(ActionKind.SIGN, ActionKind.RETURN, ActionKind.FEEDBACK)
          .contains(row.action())) assertThat(row.who()).isEqualTo(Who.OWNER);
      if (row.action() == ActionKind.REWORK) assertThat(row.to()).isEqualTo(TicketState.HANDLING);
      assertThat(row.who() == Who.SYSTEM)
          .as("%s", row)
          .isEqualTo(row.action().sort() == Sort.BY_RULE);
    }
  }

  @Test
  void a_step_that_changes_no_state_leaves_no_open_ticket_without_its_clock() {
    for (Row row : Lifecycle.rows())
      if (row.from() == row.to() && row.from().open())
        assertThat(row.clocks())
            .as("%s", row)
            .noneMatch(effect -> effect instanceof ClockEffect.StopAll);
  }

  @Test
  void what_is_switched_off_must_not_leave_a_gap() {
    assertThat(problems(Set.of(ActionKind.REQUEST_VERIFY)))
        .containsExactly("no step leads to VERIFYING, so these never happen: [verifyDone]");
    assertThat(problems(Set.of(ActionKind.RULE)))
        .contains("a ticket in ARBITRATION can never come to an end");
    assertThat(problems(Set.of(ActionKind.RESUME)))
        .contains("a ticket in SUSPENDED can never come to an end");
    assertThat(problems(Set.of(ActionKind.CLOSE, ActionKind.OBJECT)))
        .anyMatch(p -> p.startsWith("no step leads to CLOSED"));
  }

  @Test
  void somebody_may_do_each_action_that_is_used() {
    Role without =
        new Role(
            "most",
            everybody().name(),
            Role.Reach.DISTRICT,
            everybody().permissions().stream()
                .filter(p -> !p.id().equals("supervise"))
                .collect(Collectors.toSet()),
            Optional.empty());
    assertThat(LifeCheck.problems(rules(Set.of()), List.of(without)))
        .singleElement()
        .asString()
        .startsWith("nobody may supervise");
    assertThat(LifeCheck.problems(rules(Set.of(ActionKind.SUPERVISE)), List.of(without))).isEmpty();
  }

  @Test
  void the_page_in_the_docs_is_the_table() throws IOException {
    assertThat(Files.readString(Walker.repository().resolve("docs/lifecycle.md")))
        .as("java -cp gridline.jar org.gridline.dispatch.ticket.LifecyclePage > docs/lifecycle.md")
        .isEqualTo(LifecyclePage.page());
  }

  private static List<String> problems(Set<ActionKind> off) {
    return LifeCheck.problems(rules(off), List.of(everybody()));
  }

  private static LifeRules rules(Set<ActionKind> off) {
    return new LifeRules(
        off,
        2,
        1,
        2,
        365,
        15,
        30,
        15,
        3,
        Set.of(),
        Map.of(),
        new LifeRules.Checking(true, 0.5),
        List.of(),
        1);
  }

  private static Role everybody() {
    Set<Permission> all =
        EnumSet.allOf(ActionKind.class).stream()
            .filter(a -> a.sort() != Sort.BY_RULE)
            .map(Permission.Act::new)
            .collect(Collectors.toSet());
    return new Role(
        "all",
        new org.gridline.dispatch.Names("所有", "all"),
        Role.Reach.DISTRICT,
        all,
        Optional.empty());
  }
}
