package org.gridline.dispatch.route;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;

/** The units of a pack with their children of any depth. */
public final class UnitTree {
  private final Map<String, Unit> byCode = new LinkedHashMap<>();
  private final Map<String, List<String>> children = new HashMap<>();
  private final Map<String, Unit> byArea = new HashMap<>();

  /**
   * @throws IllegalArgumentException when a code appears twice, a parent is missing or stands below
   *     itself
   */
  public UnitTree(List<Unit> units) {
    for (Unit u : units) {
      if (byCode.put(u.code(), u) != null)
        throw new IllegalArgumentException("unit twice: " + u.code());
      u.area().ifPresent(a -> byArea.putIfAbsent(a, u));
    }
    for (Unit u : units) {
      u.parent()
          .ifPresent(
              p -> {
                if (!byCode.containsKey(p))
                  throw new IllegalArgumentException("no parent for " + u.code());
                children.computeIfAbsent(p, k -> new ArrayList<>()).add(u.code());
              });
    }
    for (Unit u : units) {
      if (withSubUnits(u.code()).size() > 1 && ancestors(u).contains(u.code())) {
        throw new IllegalArgumentException("unit stands below itself: " + u.code());
      }
    }
  }

  public Optional<Unit> find(String code) {
    return Optional.ofNullable(byCode.get(code));
  }

  /** The unit, or a failure that names the code. */
  public Unit get(String code) {
    return find(code)
        .orElseThrow(() -> Failure.atField(FailureCode.UNIT_UNKNOWN, "unit", "no unit " + code));
  }

  /** The unit that stands for an area. */
  public Optional<Unit> findByArea(String area) {
    return Optional.ofNullable(byArea.get(area));
  }

  public List<Unit> list() {
    return List.copyOf(byCode.values());
  }

  /** The unit's code and the codes of everything below it. */
  public Set<String> withSubUnits(String code) {
    Set<String> found = new HashSet<>();
    ArrayDeque<String> open = new ArrayDeque<>(List.of(code));
    while (!open.isEmpty()) {
      String next = open.pop();
      if (found.add(next)) open.addAll(children.getOrDefault(next, List.of()));
    }
    return Set.copyOf(found);
  }

  /** Whether a unit is another one or stands anywhere below it. */
  public boolean within(String above, String code) {
    Optional<String> next = Optional.of(code);
    while (next.isPresent() && !next.get().equals(above))
      next = find(next.get()).flatMap(Unit::parent);
    return next.isPresent();
  }

  private Set<String> ancestors(Unit unit) {
    Set<String> above = new HashSet<>();
    Optional<String> next = unit.parent();
    while (next.isPresent() && above.add(next.get())) next = find(next.get()).flatMap(Unit::parent);
    return above;
  }
}
