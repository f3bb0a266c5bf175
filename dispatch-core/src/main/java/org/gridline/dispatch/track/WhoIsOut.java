package org.gridline.dispatch.track;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.gridline.dispatch.track.Tracks.Last;
import org.gridline.dispatch.track.Tracks.Worker;

/**
 * Who may be tracked now and where everybody is, as this node knows it. The database is the truth:
 * every few seconds one question brings what other nodes took and one brings all tasks, so that a
 * fix costs the tables of tickets nothing, however many come. Thread-safe.
 */
public final class WhoIsOut {
  /** What is known of somebody's task holds for so long. */
  static final Duration TASK_HOLDS = Duration.ofSeconds(12);

  private final Tracks tracks;
  private final Emergencies emergencies;
  private final TrackRules rules;
  private final Function<Last, Worker> workers;
  private final Map<Long, Known> tasks = new ConcurrentHashMap<>();
  private final Map<Long, Last> last = new ConcurrentHashMap<>();
  private volatile Holding holding = new Holding(List.of(), Instant.MIN);

  /** Somebody with a task in hand; who has none is asked for each time. */
  private record Known(Worker worker, Instant since, Instant asOf, Instant heardAt) {
    Known heard(Instant now) {
      return new Known(worker, since, asOf, now);
    }
  }

  private record Holding(List<Emergency> all, Instant asOf) {}

  /**
   * @param workers whoever it was that told a position
   */
  public WhoIsOut(
      Tracks tracks, Emergencies emergencies, TrackRules rules, Function<Last, Worker> workers) {
    this.tracks = tracks;
    this.emergencies = emergencies;
    this.rules = rules;
    this.workers = workers;
  }

  /** Since when somebody has a task in hand. */
  Optional<Instant> task(Worker worker, Instant now) {
    Known known = tasks.get(worker.id());
    if (known != null && known.worker.equals(worker) && known.asOf.plus(TASK_HOLDS).isAfter(now)) {
      tasks.replace(worker.id(), known, known.heard(now));
      return Optional.of(known.since);
    }
    Instant since = tracks.listTasks(List.of(worker)).get(worker.id());
    if (since == null) tasks.remove(worker.id());
    else tasks.put(worker.id(), new Known(worker, since, now, now));
    return Optional.ofNullable(since);
  }

  /** The emergencies that hold. */
  public List<Emergency> emergencies(Instant now) {
    if (!holding.asOf.plus(TASK_HOLDS).isAfter(now)) readEmergencies(now);
    return holding.all.stream().filter(e -> e.holdsAt(now)).toList();
  }

  /** Reads at once what was declared or ended. */
  public void readEmergencies(Instant now) {
    holding = new Holding(emergencies.listHolding(now), now);
  }

  /** Everybody's last position, as far as it is still to be shown. */
  public Collection<Last> list() {
    return List.copyOf(last.values());
  }

  void moved(Last to) {
    last.merge(to.worker(), to, WhoIsOut::later);
  }

  private static Last later(Last a, Last b) {
    return b.at().isBefore(a.at()) ? a : b;
  }

  /**
   * Hears of what other nodes took, and takes those off the map whose task has ended. Every few
   * seconds; waits for the database.
   */
  public void refresh(Instant now) {
    readEmergencies(now);
    List<Last> all = tracks.listLast();
    Map<Long, Instant> since = readTasks(all, now);
    List<Long> gone =
        all.stream()
            .filter(l -> !stays(l, Optional.ofNullable(since.get(l.worker())), now))
            .map(Last::worker)
            .toList();
    if (!gone.isEmpty()) tracks.leave(gone);
    Map<Long, Last> stay = new HashMap<>();
    for (Last l : all) if (!gone.contains(l.worker())) stay.put(l.worker(), l);
    // What this node took after the reading is newer than what was read.
    last.values().removeIf(l -> !stay.containsKey(l.worker()) && l.storedAt().isBefore(now));
    stay.values().forEach(this::moved);
  }

  /** Of those on the map and of those who told something lately; nobody else is asked about. */
  private Map<Long, Instant> readTasks(List<Last> shown, Instant now) {
    Instant lately = now.minus(rules.shown());
    tasks.values().removeIf(k -> k.heardAt.isBefore(lately));
    Map<Long, Worker> asked =
        Stream.concat(shown.stream().map(workers), tasks.values().stream().map(Known::worker))
            .collect(Collectors.toMap(Worker::id, Function.identity(), (a, b) -> b));
    if (asked.isEmpty()) return Map.of();
    Map<Long, Instant> found = tracks.listTasks(new ArrayList<>(asked.values()));
    for (Worker w : asked.values()) {
      Instant since = found.get(w.id());
      // Whoever was asked about meanwhile was asked about later.
      tasks.computeIfPresent(
          w.id(),
          (id, k) -> {
            if (!k.asOf.isBefore(now)) return k;
            return since == null ? null : new Known(k.worker, since, now, k.heardAt);
          });
    }
    return found;
  }

  private boolean stays(Last l, Optional<Instant> since, Instant now) {
    if (l.storedAt().plus(rules.shown()).isBefore(now)) return false;
    // Fixes are kept by the second.
    if (since.filter(s -> !l.at().isBefore(s.truncatedTo(ChronoUnit.SECONDS))).isPresent())
      return true;
    return emergencies(now).stream().anyMatch(e -> e.covers(l.areas()));
  }
}
