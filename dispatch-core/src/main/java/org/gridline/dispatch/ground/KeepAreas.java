package org.gridline.dispatch.ground;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.gridline.dispatch.ground.AreaUpkeep.Kind;
import org.gridline.dispatch.ground.AreaUpkeep.Phase;
import org.gridline.dispatch.ground.AreaUpkeep.Progress;
import org.gridline.dispatch.ground.AreaUpkeep.Settled;
import org.gridline.dispatch.ground.AreaUpkeep.Standing;
import org.gridline.dispatch.ground.AreaUpkeep.Turn;
import org.gridline.dispatch.place.Place.AreaName;
import org.gridline.dispatch.place.Places;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * After a switch of the boundaries: components get the areas of the ground that holds, and older
 * tickets are found by the areas that they lie in today as well. Works on a thread of its own, one
 * node at a time, and goes on where it or another node was stopped.
 */
public final class KeepAreas implements AutoCloseable {
  private static final long EVERY_MILLIS = 2_000;
  private static final Duration TELL_EVERY = Duration.ofSeconds(10);
  private static final Logger LOG = LoggerFactory.getLogger(KeepAreas.class);

  private final AreaUpkeep upkeep;
  private final CurrentGround current;
  private final String node;
  private final InstantSource clock;
  private final Semaphore wake = new Semaphore(0);
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private final Map<Kind, Instant> told = new EnumMap<>(Kind.class);
  private volatile List<Progress> progress = List.of();
  private volatile boolean closed;
  private boolean blind;
  private long shifts = -1;
  private final Thread thread = Thread.ofPlatform().daemon().name("areas").unstarted(this::run);

  /**
   * @param node a name that no other node and no earlier life of this one has
   */
  public KeepAreas(AreaUpkeep upkeep, CurrentGround current, String node, InstantSource clock) {
    this.upkeep = upkeep;
    this.current = current;
    this.node = node;
    this.clock = clock;
  }

  public KeepAreas start() {
    current.onSwap(fresh -> wake.release());
    thread.start();
    return this;
  }

  /** Called when this node's readers should look anew; must not wait. */
  public void onShifted(Runnable listener) {
    listeners.add(listener);
  }

  /** How many of a kind are not known to stand on the ground that holds; about, for measures. */
  public double left(Kind kind) {
    return progress.stream()
        .filter(p -> p.kind() == kind && p.phase() == Phase.RUNNING)
        .mapToDouble(p -> Math.max(0, p.total() - p.looked()))
        .sum();
  }

  private void run() {
    while (!closed) {
      try {
        boolean more = true;
        while (more && !closed) {
          more = false;
          for (Kind kind : Kind.values()) more |= step(kind);
        }
        look();
        blind = false;
      } catch (RuntimeException | Error e) {
        // Whatever it was may pass; where it stopped is written down.
        if (!blind && !closed)
          LOG.atWarn().addKeyValue("cause", e.getClass().getSimpleName()).log("areas not kept");
        blind = true;
      }
      if (!await()) return;
    }
  }

  private boolean await() {
    try {
      if (wake.tryAcquire(EVERY_MILLIS, TimeUnit.MILLISECONDS)) wake.drainPermits();
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }

  /** One step of this node, if it has the turn; returns whether there may be more at once. */
  public boolean step(Kind kind) {
    CurrentGround.Holding holding = current.holding();
    Optional<Turn> taken = upkeep.take(kind, holding.ground().version(), node, clock.instant());
    if (taken.isEmpty()) return false;
    Turn turn = taken.get();
    List<Standing> next = upkeep.listNext(turn, most(kind));
    if (next.isEmpty()) {
      upkeep.end(turn, clock.instant());
      tell(turn.progress(), "areas follow the boundaries");
      return false;
    }
    List<Settled> settled = next.stream().map(one -> settle(kind, one, holding)).toList();
    boolean written = upkeep.write(turn, settled, clock.instant());
    if (due(kind)) tell(turn.progress(), "areas are being moved");
    return written;
  }

  /** So many are written well within the 200 ms that a transaction may hold the log back. */
  private static int most(Kind kind) {
    return switch (kind) {
      case COMPONENTS -> 200;
      case TICKETS -> 500;
    };
  }

  private static Settled settle(Kind kind, Standing one, CurrentGround.Holding holding) {
    Places places = holding.ground().places();
    List<AreaName> here =
        places.place(Optional.of(one.at()), places.ground().locate(one.at(), 0)).areas();
    return new Settled(
        one,
        switch (kind) {
          case COMPONENTS -> here;
          case TICKETS -> withOwn(one, here, holding.succession().meanings());
        });
  }

  /**
   * A ticket is found by the areas that it lies in today, and goes on to be found by those that it
   * was given, unless such a code means other ground by now: nobody loses sight of a ticket, and
   * nobody sees one because a code is used again.
   */
  private static List<AreaName> withOwn(Standing one, List<AreaName> here, AreaMeanings meanings) {
    List<AreaName> all = new ArrayList<>(here);
    for (String code : one.areas())
      if (here.stream().noneMatch(a -> a.code().equals(code))
          && meanings.still(one.version(), code)) all.add(new AreaName("", code, ""));
    return all;
  }

  private boolean due(Kind kind) {
    Instant now = clock.instant();
    Instant last = told.computeIfAbsent(kind, k -> now);
    if (Duration.between(last, now).compareTo(TELL_EVERY) < 0) return false;
    told.put(kind, now);
    return true;
  }

  private static void tell(Progress p, String what) {
    LOG.atInfo()
        .addKeyValue("kind", p.kind().id())
        .addKeyValue("version", p.version())
        .addKeyValue("looked", p.looked())
        .addKeyValue("changed", p.changed())
        .addKeyValue("total", p.total())
        .log(what);
  }

  /** What all nodes have done; this one's readers are told of it once a pass has gone through. */
  private void look() {
    progress = upkeep.list();
    for (Progress p : progress) {
      if (p.kind() != Kind.TICKETS || p.phase() == Phase.RUNNING) continue;
      if (shifts >= 0 && p.shifts() != shifts) listeners.forEach(Runnable::run);
      shifts = p.shifts();
    }
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      upkeep.release(node);
    } catch (RuntimeException e) {
      // The turn passes by itself when its time is over.
      LOG.atDebug().addKeyValue("cause", e.getClass().getSimpleName()).log("turn not given back");
    }
  }
}
