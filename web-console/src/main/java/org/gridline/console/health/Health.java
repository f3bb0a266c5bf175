package org.gridline.console.health;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.gridline.console.health.Finding.State;
import org.gridline.dispatch.Names;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All checks together, and since when each thing is as it is. Thread-safe. */
public final class Health {
  private static final Logger LOG = LoggerFactory.getLogger(Health.class);
  private static final long FRESH_NANOS = 1_000_000_000L;
  private static final Names LOOK_AT_LOG = new Names("查看服务日志", "look at the server's log");

  private final List<HealthCheck> checks;
  private final InstantSource clock;
  private final Map<String, Standing> known = new ConcurrentHashMap<>();
  private final Semaphore looking = new Semaphore(1);
  private volatile Optional<Looked> last = Optional.empty();

  private record Looked(Report report, long nanos) {
    boolean fresh() {
      return System.nanoTime() - nanos < FRESH_NANOS;
    }
  }

  /** A finding and since when its state has been the same. */
  public record Standing(Finding finding, Instant since) {}

  /** Everything that was found. */
  public record Report(List<Standing> details) {
    public Report {
      details = List.copyOf(details);
    }

    /** Why a request could fail now; empty when the node is ready. */
    public List<String> causes() {
      return details.stream()
          .map(Standing::finding)
          .filter(f -> f.state() == State.DOWN)
          .map(Finding::name)
          .toList();
    }
  }

  /**
   * @param clock any clock that goes on when the database is away
   */
  public Health(List<HealthCheck> checks, InstantSource clock) {
    this.checks = List.copyOf(checks);
    this.clock = clock;
  }

  /**
   * What was found within the last second: strangers may ask as often as they like, and the
   * database is asked once. While somebody looks, others are told what was found before; the first
   * ones look for themselves, since who waits here would keep the looker's own context from going
   * on.
   */
  public Report glance() {
    Optional<Looked> before = last;
    if (before.filter(Looked::fresh).isPresent()) return before.get().report;
    if (!looking.tryAcquire()) return before.map(Looked::report).orElseGet(this::look);
    try {
      return last.filter(Looked::fresh).map(Looked::report).orElseGet(this::look);
    } finally {
      looking.release();
    }
  }

  /** Looks at everything now; waits as long as the slowest check. */
  public Report look() {
    long begun = System.nanoTime();
    List<Standing> details = new ArrayList<>();
    for (HealthCheck check : checks) {
      for (Finding finding : look(check)) details.add(note(finding));
    }
    Report report = new Report(details);
    last = Optional.of(new Looked(report, begun));
    return report;
  }

  /** 0 well, 1 degraded, 2 down, by what was seen last; NaN for a name never seen. */
  public double state(String name) {
    Standing standing = known.get(name);
    if (standing == null) return Double.NaN;
    return switch (standing.finding().state()) {
      case WELL -> 0;
      case DEGRADED -> 1;
      case DOWN -> 2;
    };
  }

  private static List<Finding> look(HealthCheck check) {
    try {
      return check.look();
    } catch (RuntimeException e) {
      return List.of(new Finding(check.name(), State.DEGRADED, "", "", LOOK_AT_LOG));
    }
  }

  private Standing note(Finding finding) {
    return known.merge(
        finding.name(),
        new Standing(finding, clock.instant()),
        (before, now) -> {
          if (before.finding().state() == finding.state()) {
            return new Standing(finding, before.since());
          }
          tell(before.finding().state(), finding);
          return now;
        });
  }

  private static void tell(State before, Finding now) {
    LOG.atLevel(now.state() == State.WELL ? org.slf4j.event.Level.INFO : org.slf4j.event.Level.WARN)
        .addKeyValue("check", now.name())
        .addKeyValue("state", now.state().name().toLowerCase(java.util.Locale.ROOT))
        .addKeyValue("before", before.name().toLowerCase(java.util.Locale.ROOT))
        .addKeyValue("value", now.value())
        .addKeyValue("limit", now.limit())
        .log("health changed");
  }
}
