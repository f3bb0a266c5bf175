package org.gridline.console.live;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.gridline.gis.position.Position;

/**
 * Event-loop code, never awaits: the clients by what they see. Those with the same view are one
 * group and are told the same bytes; groups that look at a small part of the map stand in the cells
 * of that part, so that a step elsewhere does not even come to them.
 */
final class Crowd {
  /** About two kilometres. */
  private static final double CELL_DEGREES = 0.02;

  /** A box over more cells than this is asked about every step instead. */
  private static final int MOST_CELLS = 128;

  private record Key(View view, Form form) {}

  /** Clients with the same view. */
  static final class Group {
    private final Key key;
    private final Set<LiveClient> clients = new LinkedHashSet<>(2);
    private List<Step> pending = List.of();

    private Group(Key key) {
      this.key = key;
    }

    View view() {
      return key.view();
    }

    Form form() {
      return key.form();
    }

    Set<LiveClient> clients() {
      return clients;
    }

    /** The steps that may concern this group. */
    List<Step> pending() {
      return pending;
    }
  }

  private final Map<Key, Group> groups = new HashMap<>();
  private final Set<Group> wide = new LinkedHashSet<>();
  private final Map<Long, List<Group>> cells = new HashMap<>();

  void add(LiveClient client) {
    Key key = new Key(client.view().anybody(), client.form());
    Group group =
        groups.computeIfAbsent(
            key,
            k -> {
              Group fresh = new Group(k);
              Optional<List<Long>> where = cells(fresh);
              if (where.isEmpty()) wide.add(fresh);
              else
                for (long cell : where.get())
                  cells.computeIfAbsent(cell, c -> new ArrayList<>(1)).add(fresh);
              return fresh;
            });
    group.clients.add(client);
  }

  /** Call before the client's view changes. */
  void remove(LiveClient client) {
    Key key = new Key(client.view().anybody(), client.form());
    Group group = groups.get(key);
    if (group == null || !group.clients.remove(client) || !group.clients.isEmpty()) return;
    groups.remove(key);
    Optional<List<Long>> where = cells(group);
    if (where.isEmpty()) wide.remove(group);
    else
      for (long cell : where.get())
        cells.computeIfPresent(
            cell,
            (c, there) -> {
              there.remove(group);
              return there.isEmpty() ? null : there;
            });
  }

  /** How many different views there are. */
  int views() {
    return groups.size();
  }

  /** Hands these steps to the groups that they may concern, each group once. */
  void hand(List<Step> steps, LongFunction<Optional<News>> now, Consumer<Group> to) {
    for (Group group : List.copyOf(wide)) {
      group.pending = steps;
      to.accept(group);
      group.pending = List.of();
    }
    if (cells.isEmpty()) return;
    Set<Group> near = new LinkedHashSet<>();
    for (Step step : steps) {
      Optional<Position> position = now.apply(step.ticket()).flatMap(n -> n.audience().position());
      if (position.isEmpty()) continue;
      List<Group> there = cells.get(cell(position.get().lon(), position.get().lat()));
      if (there == null) continue;
      for (Group group : there) {
        if (near.add(group)) group.pending = new ArrayList<>();
        group.pending.add(step);
      }
    }
    for (Group group : near) {
      to.accept(group);
      group.pending = List.of();
    }
  }

  private static Optional<List<Long>> cells(Group group) {
    return group
        .view()
        .wish()
        .box()
        .flatMap(
            box -> {
              long west = index(box.west());
              long east = index(box.east());
              long south = index(box.south());
              long north = index(box.north());
              if ((east - west + 1) * (north - south + 1) > MOST_CELLS) return Optional.empty();
              List<Long> all = new ArrayList<>();
              for (long x = west; x <= east; x++)
                for (long y = south; y <= north; y++) all.add(cell(x, y));
              return Optional.of(all);
            });
  }

  private static long cell(double lon, double lat) {
    return cell(index(lon), index(lat));
  }

  private static long cell(long x, long y) {
    return (x << 32) | (y & 0xffffffffL);
  }

  private static long index(double degrees) {
    return (long) Math.floor(degrees / CELL_DEGREES);
  }
}
