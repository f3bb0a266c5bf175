package org.gridline.dispatch.ground;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.gridline.dispatch.place.Place.AreaName;
import org.gridline.gis.position.Position;

/**
 * Keeps by which areas components and older tickets are found, in short transactions. One node has
 * the turn at a time; a turn that its node does not use any more passes to another one after some
 * seconds. Callers may wait for the database.
 */
public interface AreaUpkeep {
  /** What stands on the ground. */
  enum Kind {
    COMPONENTS,
    TICKETS;

    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** How far it is. */
  enum Phase {
    RUNNING,
    /** All was looked at once; reports that were still taken on the ground before come later. */
    LATE,
    DONE
  }

  /**
   * Takes or keeps the turn.
   *
   * @param version the one that the node stands on
   * @return empty when nothing is to be done, another node has the turn, or this version is not the
   *     one that holds
   */
  Optional<Turn> take(Kind kind, String version, String node, Instant now);

  /** What comes next, in a fixed order; empty at the end. */
  List<Standing> listNext(Turn turn, int most);

  /**
   * Writes what comes of the next ones, and that they were looked at.
   *
   * @return false when another node has the turn; then nothing was written
   */
  boolean write(Turn turn, List<Settled> settled, Instant now);

  /** Nothing comes next any more. */
  void end(Turn turn, Instant now);

  /** Whoever stops gives the turn back, so that others need not wait for it. */
  void release(String node);

  /** How far both kinds are; one look into two rows. */
  List<Progress> list();

  /** Which tickets were moved by steps after that one, oldest first. */
  List<Shift> listShifts(long after, int most);

  /** A node's turn. */
  record Turn(Progress progress, String node, long after) {
    public Kind kind() {
      return progress.kind();
    }
  }

  /**
   * Something at a position.
   *
   * @param key a component's code or a ticket's id
   * @param revision what a component's row must still have when it is written; 0 for a ticket
   * @param areas as they were written down under {@code version}
   * @param now by which codes a ticket is found, where that differs
   */
  record Standing(
      String key,
      int revision,
      Position at,
      List<String> areas,
      String version,
      Optional<List<String>> now) {
    public Standing {
      areas = List.copyOf(areas);
    }
  }

  /** Where it is found from now on. */
  record Settled(Standing standing, List<AreaName> areas) {
    public Settled {
      areas = List.copyOf(areas);
    }
  }

  /**
   * How far the work for a version is.
   *
   * @param looked of about {@code total}
   * @param shifts number of the last step that moved tickets
   */
  record Progress(
      Kind kind,
      String version,
      Phase phase,
      long looked,
      long changed,
      long total,
      long shifts,
      Optional<Instant> begunAt,
      Optional<Instant> endedAt) {}

  /** Tickets that one step has moved. Numbers rise by one. */
  record Shift(long number, List<Long> tickets) {
    public Shift {
      tickets = List.copyOf(tickets);
    }
  }
}
