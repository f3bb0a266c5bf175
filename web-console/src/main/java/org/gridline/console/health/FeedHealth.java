package org.gridline.console.health;

import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.gridline.console.health.Finding.State;
import org.gridline.dispatch.Names;
import org.gridline.dispatch.store.Vitals;

/** Whether the live feed follows the log. Thread-safe. */
public final class FeedHealth implements HealthCheck {
  private static final double MOST_SECONDS = 10;

  private final LongSupplier position;
  private final Supplier<Optional<Vitals>> vitals;
  private volatile Goal goal = new Goal(0, System.nanoTime());

  /** A position of the log that the feed has to reach, and since when. */
  private record Goal(long position, long sinceNanos) {}

  /**
   * @param position where the feed has read to
   * @param vitals what was last heard from the database
   */
  public FeedHealth(LongSupplier position, Supplier<Optional<Vitals>> vitals) {
    this.position = position;
    this.vitals = vitals;
  }

  @Override
  public String name() {
    return "live-feed";
  }

  @Override
  public List<Finding> look() {
    return List.of(
        Finding.atMost(
            "live-feed",
            behindSeconds(),
            MOST_SECONDS,
            "s",
            State.DEGRADED,
            new Names(
                "实时图落后于日志:查看服务日志中 LogTail 的记录",
                "the live map is behind the log: see LogTail in the server's log")));
  }

  /** How long the feed has owed something that stood in the log. */
  private double behindSeconds() {
    long now = System.nanoTime();
    Goal before = goal;
    long end = vitals.get().map(Vitals::position).orElse(0L);
    // A log that ends before the goal is another one, after a restore.
    if (position.getAsLong() >= before.position() || end < before.position()) {
      goal = new Goal(end, now);
      return 0;
    }
    return (now - before.sinceNanos()) / 1e9;
  }
}
