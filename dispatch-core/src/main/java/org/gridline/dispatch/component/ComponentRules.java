package org.gridline.dispatch.component;

import java.util.List;

/**
 * What a city says about its components.
 *
 * @param ownerOrder whom a report goes to, first to last
 * @param nearMetres how near a report must stand to a component to point at it
 * @param exactMetres a position is exact when it is known within so many metres, or says nothing
 * @param farMetres a component that is named but lies farther from the report's position than this
 *     is for a person to look at
 * @param publicUrl how people's phones reach this server, for QR codes; empty to use the address
 *     that whoever prints them uses
 */
public record ComponentRules(
    CodeForm code,
    ComponentClasses classes,
    List<OwnerRole> ownerOrder,
    double nearMetres,
    double exactMetres,
    double farMetres,
    String publicUrl) {
  private static final double MOST_METRES = 10_000;

  public ComponentRules {
    ownerOrder = List.copyOf(ownerOrder);
    check("nearMetres", nearMetres);
    check("exactMetres", exactMetres);
    check("farMetres", farMetres);
    if (ownerOrder.stream().distinct().count() < ownerOrder.size())
      throw new IllegalArgumentException("ownerOrder names a role twice");
  }

  /** 养护 first, then 权属, then 主管; five metres, since lamps and covers stand closer than streets. */
  public static ComponentRules usual(CodeForm code, ComponentClasses classes) {
    return new ComponentRules(
        code,
        classes,
        List.of(OwnerRole.MAINTENANCE, OwnerRole.PROPERTY, OwnerRole.AUTHORITY),
        5,
        10,
        300,
        "");
  }

  private static void check(String what, double metres) {
    if (!(metres >= 0 && metres <= MOST_METRES))
      throw new IllegalArgumentException(what + " must be 0 to " + (int) MOST_METRES);
  }
}
