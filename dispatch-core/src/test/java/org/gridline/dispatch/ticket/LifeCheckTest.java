package org.gridline.dispatch.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.gridline.dispatch.Names;
import org.gridline.dispatch.people.Permission;
import org.gridline.dispatch.people.Role;
import org.gridline.dispatch.people.Role.Reach;
import org.gridline.dispatch.ticket.ActionKind.Sort;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Cities that would leave a ticket with nobody or with no way on are not loaded. */
class LifeCheckTest {
  private static final SignOff SIGNED =
      new SignOff(
          SignOff.SIGNED,
          Set.of(),
          Set.of(),
          Set.of(),
          0,
          List.of(new SignOff.Signer("all", SignOff.Of.UNIT)));

  @Test
  void nothing_is_wrong_with_the_whole_table_signed_or_not() {
    Role all = role("all", Reach.DISTRICT, acts());
    assertThat(LifeCheck.problems(rules(true, List.of()), List.of(all))).isEmpty();
    assertThat(LifeCheck.problems(rules(false, List.of()), List.of(all))).isEmpty();
    assertThat(LifeCheck.problems(rules(true, List.of(SIGNED)), List.of(all))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "coReport, releaseUnit     | HANDLING with a unit that was asked to help can never",
        "coSign, releaseUnit       | HANDLING with a unit that was asked to help can never",
        "signOff, refuseDraft      | HANDLING with a draft that waits for signatures can never",
        "refuseDraft               | PENDING_SIGN with a draft that waits for signatures can never",
        "denyReturn, escalate      | RETURN_REVIEW with its returns used up can never",
        "dismissObjection, reopen  | CLOSED with an objection can never",
        "reviewAppeal              | CLOSED with an appeal can never",
        "decideAppeal              | CLOSED with an appeal can never",
        "requestExtension          | nothing ever asks for grantExtension",
        "requestExtension          | nothing ever asks for reviewExtension",
        "proposeReject             | nothing ever asks for declineReject",
        "joinUnit, assign, whistle | nothing ever asks for coSign",
        "object                    | nothing ever asks for dismissObjection",
        "feedback                  | HANDLING can never come to an end",
        "sign                      | PENDING_SIGN can never come to an end",
        "resume                    | SUSPENDED can never come to an end",
      })
  void what_is_switched_off_leaves_nothing_waiting_for_ever(String off, String complaint) {
    Set<ActionKind> gone =
        Arrays.stream(off.split(", *"))
            .map(a -> ActionKind.find(a).orElseThrow())
            .collect(Collectors.toSet());
    LifeRules rules = rules(gone, true, List.of(SIGNED));
    assertThat(LifeCheck.problems(rules, List.of(role("all", Reach.DISTRICT, acts()))))
        .as(off)
        .anyMatch(p -> p.contains(complaint));
  }

  @Test
  void where_nobody_is_drawn_somebody_has_to_look_for_what_is_to_be_checked() {
    Role drawn = role("checker", Reach.DRAWN, Set.of(ActionKind.CHECK, ActionKind.REWORK));
    Role rest = role("rest", Reach.DISTRICT, without(ActionKind.CHECK));
    assertThat(LifeCheck.problems(rules(true, List.of()), List.of(drawn, rest))).isEmpty();
    assertThat(LifeCheck.problems(rules(false, List.of()), List.of(drawn, rest)))
        .singleElement()
        .asString()
        .startsWith("whoever may check never sees a ticket in CHECKING");
    // Whoever is of the handling unit can't check it, and sees no other unit's tickets.
    Role ofUnit = role("unit", Reach.UNIT, Set.of(ActionKind.CHECK));
    assertThat(LifeCheck.problems(rules(false, List.of()), List.of(drawn, ofUnit, rest)))
        .isNotEmpty();
    Role ofArea = role("area", Reach.AREA, Set.of(ActionKind.CHECK));
    assertThat(LifeCheck.problems(rules(false, List.of()), List.of(drawn, ofArea, rest))).isEmpty();
  }

  @Test
  void where_the_lot_may_find_nobody_the_centre_can_draw_again_or_others_may_check() {
    Role drawn = role("checker", Reach.DRAWN, Set.of(ActionKind.CHECK, ActionKind.REWORK));
    Role rest = role("rest", Reach.DISTRICT, without(ActionKind.CHECK, ActionKind.REDRAW_CHECKER));
    LifeRules off = off(ActionKind.REDRAW_CHECKER);
    assertThat(LifeCheck.problems(off, List.of(drawn, rest)))
        .singleElement()
        .asString()
        .startsWith("a ticket in CHECKING for which nobody could be drawn is stuck");
    Role chief = role("chief", Reach.DISTRICT, Set.of(ActionKind.CHECK));
    assertThat(LifeCheck.problems(off, List.of(drawn, rest, chief))).isEmpty();
  }

  @Test
  void a_permission_of_somebody_who_sees_no_ticket_there_is_nobodys() {
    Role rest = role("rest", Reach.DISTRICT, without(ActionKind.DISPATCH));
    Role unit = role("unit", Reach.UNIT, Set.of(ActionKind.DISPATCH));
    assertThat(LifeCheck.problems(rules(true, List.of()), List.of(rest, unit)))
        .containsExactly(
            "whoever may dispatch never sees a ticket in PENDING_DISPATCH: give it to a role of a"
                + " wider scope as well");
    Role nothing = role("none", Reach.NONE, Set.of(ActionKind.CLOSE));
    Role most = role("most", Reach.DISTRICT, without(ActionKind.CLOSE));
    assertThat(LifeCheck.problems(rules(true, List.of()), List.of(most, nothing)))
        .singleElement()
        .asString()
        .startsWith("whoever may close never sees a ticket in PENDING_CLOSE");
  }

  private static LifeRules off(ActionKind gone) {
    return rules(Set.of(gone, ActionKind.SIGN_OFF, ActionKind.REFUSE_DRAFT), true, List.of());
  }

  private static LifeRules rules(boolean drawn, List<SignOff> signOff) {
    return rules(
        signOff.isEmpty() ? Set.of(ActionKind.SIGN_OFF, ActionKind.REFUSE_DRAFT) : Set.of(),
        drawn,
        signOff);
  }

  private static LifeRules rules(Set<ActionKind> off, boolean drawn, List<SignOff> signOff) {
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
        new LifeRules.Checking(drawn, 0.5),
        signOff,
        1);
  }

  private static Set<ActionKind> acts() {
    return EnumSet.allOf(ActionKind.class).stream()
        .filter(a -> a.sort() != Sort.BY_RULE)
        .collect(Collectors.toSet());
  }

  private static Set<ActionKind> without(ActionKind... gone) {
    Set<ActionKind> left = new HashSet<>(acts());
    left.removeAll(List.of(gone));
    return left;
  }

  private static Role role(String id, Reach reach, Set<ActionKind> acts) {
    return new Role(
        id,
        new Names(id, id),
        reach,
        acts.stream().map(Permission.Act::new).collect(Collectors.toSet()),
        Optional.empty());
  }
}
