package org.gridline.dispatch.people;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.gridline.dispatch.Names;
import org.gridline.dispatch.people.Permission.Right;

/** What an administrator does to somebody else's account. */
public sealed interface PersonChange {
  /** The spelling in the API and in the log. */
  String id();

  /** Whose office this is. */
  Right right();

  record Rename(Names name) implements PersonChange {
    @Override
    public String id() {
      return "rename";
    }

    @Override
    public Right right() {
      return Right.MANAGE_USERS;
    }
  }

  /** Says anew what somebody may do, and where. */
  record Assign(Optional<String> unit, List<String> areas, List<String> roles)
      implements PersonChange {
    public Assign {
      areas = List.copyOf(areas);
      roles = List.copyOf(roles);
    }

    @Override
    public String id() {
      return "assign";
    }

    @Override
    public Right right() {
      return Right.GRANT_ROLES;
    }
  }

  /** A change that needs no more than its name. */
  enum Plain implements PersonChange {
    DISABLE("disable", Right.MANAGE_USERS),
    ENABLE("enable", Right.MANAGE_USERS),
    /** For good; only a disabled account, and only by two. */
    DELETE("delete", Right.MANAGE_USERS),
    /** The password no longer holds; a link lets its owner set another one. */
    RESET_PASSWORD("resetPassword", Right.MANAGE_USERS),
    /** For a lost telephone. */
    RESET_SECOND_FACTOR("resetSecondFactor", Right.GRANT_ROLES),
    /** Forgets wrong passwords. */
    UNLOCK("unlock", Right.GRANT_ROLES);

    private final String id;
    private final Right right;

    Plain(String id, Right right) {
      this.id = id;
      this.right = right;
    }

    @Override
    public String id() {
      return id;
    }

    @Override
    public Right right() {
      return right;
    }

    public static Optional<Plain> find(String id) {
      for (Plain plain : values()) if (plain.id.equals(id)) return Optional.of(plain);
      return Optional.empty();
    }
  }

  /**
   * Whether a second administrator has to confirm: making an administrator, deleting anybody, and
   * whatever would let one administrator step into another one's shoes.
   *
   * @param before the roles that the subject has
   * @param after the roles that the subject would have
   */
  default boolean needsTwo(Collection<Role> before, Collection<Role> after) {
    return switch (this) {
      case Rename _ -> false;
      case Assign _ ->
          after.stream().anyMatch(role -> role.admin().isPresent() && !before.contains(role));
      case Plain plain ->
          switch (plain) {
            case DELETE -> true;
            case RESET_PASSWORD, RESET_SECOND_FACTOR -> Separation.office(before).isPresent();
            case DISABLE, ENABLE, UNLOCK -> false;
          };
    };
  }
}
