package org.gridline.dispatch.route;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps this node's duty table at the rulings that any node committed, some seconds late at most. A
 * thread of its own; a database that is away leaves the last known rulings in force.
 */
public final class FollowRulings implements AutoCloseable {
  private static final long EVERY_MILLIS = 2_000;
  private static final Logger LOG = LoggerFactory.getLogger(FollowRulings.class);

  private final Rulings rulings;
  private final DutyTable duties;
  private List<DutyRule> known = List.of();
  private boolean blind;
  private final Thread thread =
      Thread.ofPlatform().daemon().name("rulings-follower").unstarted(this::run);

  public FollowRulings(Rulings rulings, DutyTable duties) {
    this.rulings = rulings;
    this.duties = duties;
  }

  /** Knows the rulings when it returns, unless the database is away. */
  public FollowRulings start() {
    look();
    thread.start();
    return this;
  }

  private void run() {
    try {
      while (true) {
        TimeUnit.MILLISECONDS.sleep(EVERY_MILLIS);
        look();
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() {
    try {
      List<DutyRule> now = rulings.list();
      if (!now.equals(known)) {
        duties.follow(now);
        known = now;
        LOG.atInfo().addKeyValue("rulings", now.size()).log("duty rules follow the rulings");
      }
      blind = false;
    } catch (RuntimeException e) {
      // Once for a database that is away.
      if (!blind)
        LOG.atWarn().addKeyValue("cause", e.getClass().getSimpleName()).log("rulings not known");
      blind = true;
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
