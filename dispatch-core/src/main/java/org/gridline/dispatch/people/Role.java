package org.gridline.dispatch.people;

import java.util.Set;
import org.gridline.dispatch.Names;

/** A role of the city pack: what its holders may do and how far they may look. */
public record Role(String id, Names name, Reach reach, Set<Permission> permissions) {
  public Role {
    permissions = Set.copyOf(permissions);
  }

  /**
   * How far a role looks: everything, the holder's areas, the holder's unit, or no tickets at all.
   */
  public enum Reach {
    DISTRICT,
    AREA,
    UNIT,
    NONE
  }
}
