package org.gridline.dispatch.track;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.gridline.gis.position.Position;

/** Where workers were and are. Called on virtual threads. */
public interface Tracks {
  /** Keeps these; what is there already stays as it is. */
  void add(Worker worker, List<Fix> fixes, Instant now);

  /** The track of one worker, in the order of time. */
  List<Point> list(long worker, Instant from, Instant to, int most);

  /** Everybody's last position. */
  List<Last> listLast();

  /** Forgets where they are now; their track stays until its time is over. */
  void leave(Collection<Long> workers);

  /**
   * Who of these has a ticket in hand, and since when: signed by themselves for their unit, being
   * handled, and not reported yet.
   */
  Map<Long, Instant> listTasks(Collection<Worker> workers);

  /** Forgets whole days before the first one, and makes room up to the last one. */
  void keepDays(Instant first, Instant last);

  /** Writes down that somebody looks at a track; before it is shown. */
  void looked(long by, long worker, Purpose purpose, Instant from, Instant to, Instant now);

  /** Looks at tracks, newest first. */
  List<Look> listLooks(Optional<String> login, Optional<Long> beforeId, int most);

  /**
   * @param units their unit with those below it
   */
  record Worker(long id, Optional<String> unit, Set<String> units) {
    public Worker {
      units = Set.copyOf(units);
    }
  }

  record Point(Instant at, Position position, OptionalDouble accuracyMetres, String flag) {}

  /**
   * @param ground as {@link Fix.Ground#id} spells it
   * @param storedAt when it came
   */
  record Last(
      long worker,
      Instant at,
      Position position,
      OptionalDouble accuracyMetres,
      List<String> areas,
      Optional<String> unit,
      String ground,
      Instant storedAt) {
    public Last {
      areas = List.copyOf(areas);
    }
  }

  record Look(
      long id, long by, long worker, String purpose, Instant from, Instant to, Instant at) {}
}
