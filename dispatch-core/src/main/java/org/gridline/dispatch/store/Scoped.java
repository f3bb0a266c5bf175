package org.gridline.dispatch.store;

import java.util.List;
import org.gridline.dispatch.people.Scope;

/** The condition that every ticket query carries: everything, or only some areas and units. */
final class Scoped {
  /**
   * By which areas a ticket is seen and found today: those that it was given, until boundaries
   * change. Word for word what the index of the open ones is over.
   */
  static final String AREAS = "COALESCE(t.areas_now, t.areas)";

  private Scoped() {}

  /** Takes three values from {@code $first} on: whether all is seen, areas, units. */
  static String sql(int first) {
    return "($%d OR %s && $%d::text[] OR t.unit = ANY($%d::text[]) OR t.parts && $%d::text[])"
        .formatted(first, AREAS, first + 1, first + 2, first + 2);
  }

  static Bind bind(Bind values, Scope scope) {
    return switch (scope) {
      case Scope.District() -> values.add(true).strings(List.of()).strings(List.of());
      case Scope.Limited(var areas, var units) -> values.add(false).strings(areas).strings(units);
      case Scope.Nothing() -> values.add(false).strings(List.of()).strings(List.of());
    };
  }
}
