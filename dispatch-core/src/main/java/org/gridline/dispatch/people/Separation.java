package org.gridline.dispatch.people;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;
import org.gridline.dispatch.people.Permission.Right;

/**
 * 三员分立: which right belongs to which administrator, and which roles one person can't hold together.
 * The database holds the second rule again by a trigger.
 */
public final class Separation {
  /** These make an administrator; a business role holds none of them. */
  private static final Map<Right, AdminKind> OFFICES =
      Map.of(
          Right.MANAGE_USERS, AdminKind.SYSTEM,
          Right.GRANT_ROLES, AdminKind.SECURITY,
          Right.READ_AUDIT, AdminKind.AUDIT);

  /** Configuration: the system administrator's, or that of a role of its own. */
  private static final Set<Right> CONFIGURATION =
      Set.of(Right.MANAGE_BOUNDARIES, Right.IMPORT_COMPONENTS, Right.WATCH_SYSTEM);

  private Separation() {}

  /** Why a role of this kind can't be so; empty when it can. */
  static Optional<String> complaint(
      Role.Reach reach, Set<Permission> permissions, Optional<AdminKind> admin) {
    if (admin.isPresent() && reach != Role.Reach.NONE) {
      return Optional.of("an administrator sees no tickets, so scope must be none");
    }
    for (Permission permission : permissions) {
      if (!belongs(permission, admin)) {
        return Optional.of(
            permission.id()
                + admin
                    .map(kind -> " is not for admin: " + kind.id())
                    .orElse(" needs the mark admin: " + office(permission)));
      }
    }
    return Optional.empty();
  }

  private static boolean belongs(Permission permission, Optional<AdminKind> admin) {
    if (!(permission instanceof Right right)) return admin.isEmpty();
    if (OFFICES.containsKey(right)) return Optional.of(OFFICES.get(right)).equals(admin);
    if (CONFIGURATION.contains(right))
      return admin.isEmpty() || admin.equals(Optional.of(AdminKind.SYSTEM));
    return admin.isEmpty();
  }

  private static String office(Permission permission) {
    return permission instanceof Right right && OFFICES.containsKey(right)
        ? OFFICES.get(right).id()
        : "";
  }

  /** Whether one person may hold all of these. */
  public static boolean holds(Collection<Role> roles) {
    Set<Optional<AdminKind>> kinds = roles.stream().map(Role::admin).collect(Collectors.toSet());
    return kinds.size() <= 1;
  }

  /**
   * @throws Failure {@code roles_exclude_each_other}
   */
  static void check(Collection<Role> roles) {
    if (holds(roles)) return;
    throw Failure.atField(
        FailureCode.ROLES_EXCLUDE_EACH_OTHER,
        "roles",
        "三类管理员互斥,且不兼任业务角色 · one administrator's role and no other kind of role");
  }

  /** The office that somebody holds. */
  public static Optional<AdminKind> office(Collection<Role> roles) {
    return roles.stream().flatMap(r -> r.admin().stream()).findFirst();
  }
}
