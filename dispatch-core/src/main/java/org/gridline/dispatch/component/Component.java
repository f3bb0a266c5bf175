package org.gridline.dispatch.component;

import java.time.LocalDate;
import java.util.List;
import org.gridline.dispatch.classify.CategoryKey;
import org.gridline.dispatch.people.Scope;
import org.gridline.dispatch.place.Place.AreaName;
import org.gridline.gis.position.Position;

/**
 * 部件: one thing of the register. Holds no personal data.
 *
 * @param type key of its class
 * @param position WGS 84
 * @param areas the areas that contain it, coarse to fine, by {@code boundaryVersion}
 * @param since 初始日期, when it came into the register
 * @param changedOn 变更日期, on or after {@code since}
 * @param source where its data come from
 * @param version counts rows of history
 */
public record Component(
    ComponentCode code,
    CategoryKey type,
    String name,
    Position position,
    List<AreaName> areas,
    String boundaryVersion,
    Owners owners,
    ComponentState state,
    LocalDate since,
    LocalDate changedOn,
    String source,
    String note,
    Origin origin,
    int version) {
  public static final int MOST_NAME = 100;
  public static final int MOST_NOTE = 1_000;

  public Component {
    areas = List.copyOf(areas);
    if (name.isBlank() || name.length() > MOST_NAME)
      throw new IllegalArgumentException("名称 1–100 字 · a name has 1 to 100 characters");
    if (source.length() > MOST_NAME)
      throw new IllegalArgumentException("数据来源最多 100 字 · source has at most 100 characters");
    if (note.length() > MOST_NOTE)
      throw new IllegalArgumentException("备注最多 1000 字 · note has at most 1000 characters");
    if (changedOn.isBefore(since))
      throw new IllegalArgumentException("变更日期早于初始日期 · changed before it was there");
  }

  /** Whether it stands in a real street or was made up for a sample. */
  public enum Origin {
    SURVEYED,
    SYNTHETIC
  }

  public List<String> areaCodes() {
    return areas.stream().map(AreaName::code).toList();
  }

  /** Whether somebody may read of it: in one of their areas, or owned by one of their units. */
  public boolean within(Scope scope) {
    return scope.covers(areaCodes(), "")
        || owners.units().stream().anyMatch(unit -> scope.covers(List.of(), unit));
  }

  /** The next version in another state. */
  Component in(ComponentState next, LocalDate on) {
    return step(position, areas, boundaryVersion, next, on);
  }

  /** The next version at another place. */
  Component at(Position there, List<AreaName> around, String boundaries, LocalDate on) {
    return step(there, around, boundaries, state, on);
  }

  /** The next version with another name or other owners. */
  Component described(String newName, Owners newOwners, LocalDate on) {
    return step(newName, newOwners, position, areas, boundaryVersion, state, on);
  }

  private Component step(
      Position there, List<AreaName> around, String boundaries, ComponentState next, LocalDate on) {
    return step(name, owners, there, around, boundaries, next, on);
  }

  private Component step(
      String newName,
      Owners newOwners,
      Position there,
      List<AreaName> around,
      String boundaries,
      ComponentState next,
      LocalDate on) {
    return new Component(
        code,
        type,
        newName,
        there,
        around,
        boundaries,
        newOwners,
        next,
        since,
        on.isBefore(since) ? since : on,
        source,
        note,
        origin,
        version + 1);
  }
}
