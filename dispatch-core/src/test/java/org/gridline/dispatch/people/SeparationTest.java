package org.gridline.dispatch.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.gridline.dispatch.Names;
import org.gridline.dispatch.people.Permission.Right;
import org.gridline.dispatch.people.Role.Reach;
import org.gridline.dispatch.ticket.ActionKind;
import org.junit.jupiter.api.Test;

/** 三员分立, walked through whole: every right with every office, and every pair of roles. */
class SeparationTest {
  private static final List<Optional<AdminKind>> OFFICES =
      List.of(
          Optional.empty(),
          Optional.of(AdminKind.SYSTEM),
          Optional.of(AdminKind.SECURITY),
          Optional.of(AdminKind.AUDIT));

  @Test
  void each_right_of_an_administrator_belongs_to_one_office_and_to_no_business_role() {
    for (Optional<AdminKind> office : OFFICES) {
      assertThat(possible(Right.MANAGE_USERS, office))
          .isEqualTo(office.equals(Optional.of(AdminKind.SYSTEM)));
      assertThat(possible(Right.GRANT_ROLES, office))
          .isEqualTo(office.equals(Optional.of(AdminKind.SECURITY)));
      assertThat(possible(Right.READ_AUDIT, office))
          .isEqualTo(office.equals(Optional.of(AdminKind.AUDIT)));
    }
  }

  @Test
  void no_administrator_acts_on_tickets_or_sees_callers() {
    for (Optional<AdminKind> office : OFFICES) {
      for (ActionKind action : ActionKind.values())
        assertThat(possible(new Permission.Act(action), office)).isEqualTo(office.isEmpty());
      for (Right right : List.of(Right.TAKE_REPORT, Right.SEE_CALLER, Right.WATCH_MAP))
        assertThat(possible(right, office)).isEqualTo(office.isEmpty());
    }
  }

  @Test
  void an_administrator_sees_no_tickets() {
    for (AdminKind kind : AdminKind.values())
      for (Reach reach : List.of(Reach.AREA, Reach.UNIT, Reach.DISTRICT))
        assertThatThrownBy(() -> role("x", reach, Set.of(), Optional.of(kind)))
            .hasMessageContaining("scope must be none");
  }

  @Test
  void two_roles_go_together_only_when_they_are_of_one_kind() {
    for (Optional<AdminKind> a : OFFICES) {
      for (Optional<AdminKind> b : OFFICES) {
        List<Role> both =
            List.of(role("a", Reach.NONE, Set.of(), a), role("b", Reach.NONE, Set.of(), b));
        assertThat(Separation.holds(both)).as(a + " " + b).isEqualTo(a.equals(b));
      }
    }
    assertThat(Separation.holds(List.of())).isTrue();
  }

  @Test
  void what_makes_an_administrator_needs_two_and_what_does_not_needs_one() {
    Role business = role("b", Reach.UNIT, Set.of(), Optional.empty());
    Role admin = role("a", Reach.NONE, Set.of(), Optional.of(AdminKind.AUDIT));
    PersonChange assign = new PersonChange.Assign(Optional.empty(), List.of(), List.of());
    assertThat(assign.needsTwo(List.of(), List.of(business))).isFalse();
    assertThat(assign.needsTwo(List.of(), List.of(admin))).isTrue();
    assertThat(assign.needsTwo(List.of(admin), List.of(admin))).as("had it before").isFalse();
    List<PersonChange> two = new ArrayList<>();
    for (PersonChange.Plain plain : PersonChange.Plain.values())
      if (plain.needsTwo(List.of(business), List.of(business))) two.add(plain);
    assertThat(two).containsExactly(PersonChange.Plain.DELETE);
    two.clear();
    for (PersonChange.Plain plain : PersonChange.Plain.values())
      if (plain.needsTwo(List.of(admin), List.of(admin))) two.add(plain);
    assertThat(two)
        .containsExactly(
            PersonChange.Plain.DELETE,
            PersonChange.Plain.RESET_PASSWORD,
            PersonChange.Plain.RESET_SECOND_FACTOR);
  }

  private static boolean possible(Permission permission, Optional<AdminKind> office) {
    return Separation.complaint(Reach.NONE, Set.of(permission), office).isEmpty();
  }

  private static Role role(
      String id, Reach reach, Set<Permission> permissions, Optional<AdminKind> admin) {
    return new Role(id, new Names(id, id), reach, permissions, admin);
  }
}
