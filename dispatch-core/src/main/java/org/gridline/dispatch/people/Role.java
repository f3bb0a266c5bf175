package org.gridline.dispatch.people;

import java.util.Optional;
import java.util.Set;
import org.gridline.dispatch.Names;

/**
 * A role of the city pack: what its holders may do and how far they may look.
 *
 * @param admin which of the three administrators it is; absent for a business role
 */
public record Role(
    String id, Names name, Reach reach, Set<Permission> permissions, Optional<AdminKind> admin) {
  /**
   * @throws IllegalArgumentException when it holds what its kind may not hold
   */
  public Role {
    permissions = Set.copyOf(permissions);
    Separation.complaint(reach, permissions, admin)
        .ifPresent(
            complaint -> {
              throw new IllegalArgumentException(complaint);
            });
  }

  /**
   * How far a role looks: everything, the holder's areas, the holder's unit, or no tickets at all.
   */
  public enum Reach {
    DISTRICT,
    AREA,
    UNIT,
    /**
     * Only what the holder was drawn to check, and of that neither who handled nor who reported.
     */
    DRAWN,
    NONE
  }
}
