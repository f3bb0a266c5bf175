package org.gridline.gis.grids;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.locationtech.jts.coverage.CoverageUnion;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;

/**
 * Puts unit grids together into larger ones: 责任网格, which a collector walks, or 综合网格. Groups of a
 * community are compact and of about equal number; the ground of a group may be in parts where that
 * of its unit grids is.
 */
public final class GridGroups {
  private record Group(List<UnitGrid> grids, Coordinate middle) {
    static Group of(List<UnitGrid> grids) {
      Envelope box = new Envelope();
      grids.forEach(grid -> box.expandToInclude(grid.shape().getEnvelopeInternal()));
      return new Group(grids, box.centre());
    }
  }

  private GridGroups() {}

  /**
   * Groups of about so many grids, none across two communities, numbered like the grids: by their
   * middles, in bands from north to south, in a band from west to east.
   *
   * @param grids of any number of communities
   * @param perGroup how many grids a group should have, 1 at least
   * @throws IllegalArgumentException when a community has more groups than its number has digits
   */
  public static List<UnitGrid> byCount(
      List<UnitGrid> grids, int perGroup, GridCodes codes, String word) {
    if (perGroup < 1) {
      throw new IllegalArgumentException("a group has one grid at least, got " + perGroup);
    }
    Map<String, List<UnitGrid>> byCommunity = new TreeMap<>();
    for (UnitGrid grid : grids) {
      byCommunity.computeIfAbsent(grid.parent(), parent -> new ArrayList<>()).add(grid);
    }
    List<UnitGrid> groups = new ArrayList<>();
    byCommunity.forEach(
        (community, own) -> {
          int count = Math.max(1, Math.round((float) own.size() / perGroup));
          if (count > codes.most()) {
            throw new IllegalArgumentException(
                "社区 " + community + " 的网格组多于顺序码 · more groups than numbers in " + community);
          }
          List<Group> parts = new ArrayList<>();
          split(own, count, parts);
          String name = own.getFirst().name().replaceFirst("第\\d+.*$", "");
          int order = 0;
          for (Group part : inReadingOrder(parts)) {
            order++;
            groups.add(joined(part, codes.code(community, order), name + "第" + order + word));
          }
        });
    return groups;
  }

  /** Halves the grids across their longer extent until there are so many parts. */
  private static void split(List<UnitGrid> grids, int count, List<Group> into) {
    if (count == 1) {
      into.add(Group.of(grids));
      return;
    }
    Envelope box = new Envelope();
    grids.forEach(grid -> box.expandToInclude(middle(grid)));
    // A degree of longitude is the shorter one, by about this much wherever grids are made.
    double shorter = Math.cos(Math.toRadians(box.centre().y));
    boolean wide = box.getWidth() * shorter >= box.getHeight();
    List<UnitGrid> sorted = new ArrayList<>(grids);
    sorted.sort(
        Comparator.<UnitGrid>comparingDouble(grid -> wide ? middle(grid).x : -middle(grid).y)
            .thenComparing(UnitGrid::code));
    int half = count / 2;
    int cut = Math.round((float) sorted.size() * half / count);
    split(sorted.subList(0, cut), half, into);
    split(sorted.subList(cut, sorted.size()), count - half, into);
  }

  private static List<Group> inReadingOrder(List<Group> groups) {
    Envelope box = new Envelope();
    groups.forEach(group -> box.expandToInclude(group.middle));
    int bands = (int) Math.max(1, Math.floor(Math.sqrt(groups.size())));
    double band = Math.max(box.getHeight() / bands, 1e-9);
    return groups.stream()
        .sorted(
            Comparator.<Group>comparingInt(
                    group -> Math.min(bands - 1, (int) ((box.getMaxY() - group.middle.y) / band)))
                .thenComparingDouble(group -> group.middle.x)
                .thenComparingDouble(group -> -group.middle.y))
        .toList();
  }

  private static UnitGrid joined(Group group, String code, String name) {
    Geometry shape =
        CoverageUnion.union(group.grids.stream().map(UnitGrid::shape).toArray(Geometry[]::new));
    shape.normalize();
    return new UnitGrid(
        code,
        name,
        group.grids.getFirst().parent(),
        shape.reverse(),
        group.grids.stream().mapToDouble(UnitGrid::squareMetres).sum(),
        Optional.empty(),
        Optional.empty());
  }

  private static Coordinate middle(UnitGrid grid) {
    return grid.shape().getEnvelopeInternal().centre();
  }
}
