package org.gridline.dispatch.people;

import java.util.Arrays;
import java.util.Optional;
import org.gridline.dispatch.ticket.ActionKind;

/**
 * What a role may do; a pack lists these by {@link #id()}. Each lifecycle action is a permission of
 * its own.
 */
public sealed interface Permission {
  String id();

  /** May use this action of the lifecycle. */
  record Act(ActionKind action) implements Permission {
    @Override
    public String id() {
      return action.id();
    }
  }

  /** Rights that are not steps of a ticket's life. */
  enum Right implements Permission {
    TAKE_REPORT("takeReport"),
    /** May send {@code observedAt}: offline reports and replays. */
    BACKDATE_REPORT("backdateReport"),
    WATCH_MAP("watchMap"),
    /** May see a caller's identity in clear; each look is recorded. */
    SEE_CALLER("seeCaller"),
    /** May add components of the register and say how they are. */
    SURVEY_COMPONENTS("surveyComponents"),
    /** May import files into the register of components. */
    IMPORT_COMPONENTS("importComponents"),
    /** May ask for somebody to be forgotten, and decide on what another asked for. */
    ERASE_PEOPLE("erasePeople"),
    /** May make, rename and close accounts; the system administrator's. */
    MANAGE_USERS("manageUsers"),
    /**
     * May grant roles, units and areas, unlock, and decide how one signs in; the security one's.
     */
    GRANT_ROLES("grantRoles"),
    /** May put people of the unit, and of those below it, on the duty roster. */
    ARRANGE_DUTY("arrangeDuty"),
    /** May import boundaries, decide from when they hold, and take them back. */
    MANAGE_BOUNDARIES("manageBoundaries"),
    /** Tells where they are while they have a task in hand, or an emergency was declared. */
    SHARE_POSITION("sharePosition"),
    /** May see where workers are, and look at their tracks; each look is recorded. */
    WATCH_WORKERS("watchWorkers"),
    /** May declare an emergency, and end it. */
    DECLARE_EMERGENCY("declareEmergency"),
    /** May see how the system itself is; learns nothing of tickets or people by it. */
    WATCH_SYSTEM("watchSystem"),
    READ_AUDIT("readAudit");

    private final String id;

    Right(String id) {
      this.id = id;
    }

    @Override
    public String id() {
      return id;
    }
  }

  static Optional<Permission> find(String id) {
    return Arrays.stream(Right.values())
        .filter(r -> r.id().equals(id))
        .<Permission>map(r -> r)
        .findFirst()
        .or(() -> ActionKind.find(id).map(Act::new));
  }
}
