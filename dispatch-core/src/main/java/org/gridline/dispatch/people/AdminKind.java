package org.gridline.dispatch.people;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.gridline.dispatch.Names;

/**
 * The three administrators (三员): who holds one of these offices holds no other one and no business
 * role, so nobody can both open a door and wipe away the trace of having done so.
 */
public enum AdminKind {
  /** Makes and closes accounts, looks after configuration. */
  SYSTEM("系统管理员", "system administrator"),
  /** Grants roles and scopes, unlocks, decides how one signs in. */
  SECURITY("安全管理员", "security administrator"),
  /** Reads what the other two and everybody else did. */
  AUDIT("审计管理员", "audit administrator");

  private final Names names;

  AdminKind(String zh, String en) {
    this.names = new Names(zh, en);
  }

  /** The spelling in packs and in the API. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  public Names names() {
    return names;
  }

  public static Optional<AdminKind> find(String id) {
    return Arrays.stream(values()).filter(k -> k.id().equals(id)).findFirst();
  }
}
