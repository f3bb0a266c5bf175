package org.gridline.dispatch.component;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * 主管、权属、养护: unit codes of the pack. A unit that the pack no longer has may stand here; the register
 * outlives reorganisations.
 */
public record Owners(
    Optional<String> authority, Optional<String> property, Optional<String> maintenance) {
  public Optional<String> find(OwnerRole role) {
    return switch (role) {
      case AUTHORITY -> authority;
      case PROPERTY -> property;
      case MAINTENANCE -> maintenance;
    };
  }

  /** Each unit once. */
  public Set<String> units() {
    Set<String> units = new LinkedHashSet<>();
    for (OwnerRole role : OwnerRole.values()) find(role).ifPresent(units::add);
    return units;
  }
}
