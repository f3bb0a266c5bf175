package org.gridline.dispatch.store;

import java.util.List;
import org.gridline.dispatch.people.Scope;

/** The condition that every ticket query carries: everything, or only some areas and units. */
final class Scoped {
  private Scoped() {}

  /** Takes three values from {@code $first} on: whether all is seen, areas, units. */
  static String sql(int first) {
    return "($%d OR t.areas && $%d::text[] OR t.unit = ANY($%d::text[]))"
        .formatted(first, first + 1, first + 2);
  }

  static Bind bind(Bind values, Scope scope) {
    return switch (scope) {
      case Scope.District() -> values.add(true).strings(List.of()).strings(List.of());
      case Scope.Limited(var areas, var units) -> values.add(false).strings(areas).strings(units);
      case Scope.Nothing() -> values.add(false).strings(List.of()).strings(List.of());
    };
  }
}
