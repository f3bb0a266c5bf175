package org.gridline.dispatch.cluster;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import org.gridline.dispatch.people.Presence;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Presence from this server's own memory, which a replicated cache tells to the other servers and
 * fills with what they tell. So every question is answered at once, before the cluster is there,
 * while it is, and after it was lost; only the colleagues of other servers come and go with it.
 *
 * <p>All that speaks to the cluster runs on one thread of its own with a bounded queue; whoever
 * beats only leaves a note there. A lost cluster is joined again by itself.
 */
public final class InfinispanPresence implements Presence, AutoCloseable {
  private static final Duration LOOK_AFTER = Duration.ofSeconds(1);
  private static final Duration FIRST_WAIT = Duration.ofSeconds(2);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

  /** Healing a split takes some seconds, in which what was told may be removed again. */
  private static final Duration SETTLES_IN = Duration.ofSeconds(20);

  private static final int MOST_NOTES = 5_000;
  private static final int CLOSE_SECONDS = 3;
  private static final Logger LOG = LoggerFactory.getLogger(InfinispanPresence.class);

  private final Board board;
  private final ClusterSettings settings;
  private final ThreadPoolExecutor teller;
  private final ScheduledThreadPoolExecutor sweeper;
  private final AtomicBoolean tellingAll = new AtomicBoolean();
  private volatile long unsettledUntilNanos = System.nanoTime();
  private volatile Optional<Membership> membership = Optional.empty();
  private volatile Standing standing = Standing.STARTING;
  private volatile boolean closed;
  // Of the teller's thread only.
  private Duration wait = FIRST_WAIT;
  private long nextTryNanos;

  private InfinispanPresence(ClusterSettings settings, InstantSource clock) {
    this.settings = settings;
    this.board = new Board(clock, System::nanoTime);
    this.teller =
        new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(MOST_NOTES),
            Thread.ofPlatform().daemon().name("presence-cluster").factory());
    this.sweeper =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("presence-sweep").factory());
  }

  /** Answers from now on; joins nobody before {@link #join}. */
  public static InfinispanPresence open(ClusterSettings settings, InstantSource clock) {
    return new InfinispanPresence(settings, clock);
  }

  /** Begins to look for the other servers. Returns at once. */
  public void join() {
    long millis = LOOK_AFTER.toMillis();
    var unused =
        sweeper.scheduleWithFixedDelay(this::lookAfter, millis, millis, TimeUnit.MILLISECONDS);
    note(this::connectIfDue);
  }

  @Override
  public void beat(Tab tab, Optional<String> unit, Optional<Look> look) {
    Board.Beaten beaten = board.beat(tab, unit, look);
    beaten.gone().forEach(this::noteGone);
    beaten.tell().ifPresent(stay -> note(() -> tell(stay)));
  }

  @Override
  public void leave(Tab tab) {
    board.leave(tab);
    noteGone(tab);
  }

  @Override
  public List<Onlooker> listAt(long ticket) {
    return board.listAt(ticket);
  }

  @Override
  public List<Online> listOnline() {
    return board.listOnline();
  }

  @Override
  public Reach reach() {
    int nodes = membership.map(Membership::nodes).orElse(1);
    return new Reach(Math.max(1, nodes), board.size(), standing);
  }

  @Override
  public void onChange(LongConsumer ticket) {
    board.onChange(ticket);
  }

  /**
   * Leaves the cluster and stays out of it; this server's own people are still answered for. For
   * taking a server out of a cluster, and for closing.
   */
  public void leaveCluster() {
    closed = true;
    note(() -> drop("left"));
  }

  @Override
  public void close() {
    leaveCluster();
    sweeper.shutdownNow();
    teller.shutdown();
    try {
      if (!teller.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) teller.shutdownNow();
    } catch (InterruptedException e) {
      teller.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }

  /** For tests that take the cluster away under the server. */
  Optional<Membership> membership() {
    return membership;
  }

  private void lookAfter() {
    try {
      board.sweep();
    } catch (RuntimeException e) {
      LOG.error("presence was not swept: {}", e.getClass().getName());
    }
    note(this::connectIfDue);
    if (unsettledUntilNanos - System.nanoTime() > 0) noteTellAll();
  }

  private void unsettled() {
    unsettledUntilNanos = System.nanoTime() + SETTLES_IN.toNanos();
    noteTellAll();
  }

  /** A note more than the queue takes is a beat that others miss; the next one tells the same. */
  private void note(Runnable work) {
    try {
      teller.execute(work);
    } catch (RejectedExecutionException full) {
      LOG.debug("a note to the cluster was dropped");
    }
  }

  private void noteGone(Tab tab) {
    note(() -> withCluster(m -> m.tellGone(tab)));
  }

  private void tell(Stay stay) {
    withCluster(m -> m.tell(stay));
  }

  private interface Told {
    void by(Membership membership);
  }

  private void withCluster(Told told) {
    if (membership.isEmpty()) return;
    try {
      told.by(membership.get());
    } catch (RuntimeException e) {
      drop(e.getClass().getSimpleName());
    }
  }

  private void connectIfDue() {
    if (membership.filter(Predicate.not(Membership::alive)).isPresent()) drop("it ended");
    if (closed || membership.isPresent()) return;
    if (System.nanoTime() - nextTryNanos < 0) return;
    try {
      Membership joined = new Membership(settings, board, this::unsettled);
      membership = Optional.of(joined);
      standing = Standing.SHARED;
      wait = FIRST_WAIT;
      LOG.info("presence is shared, servers={}", joined.nodes());
      tellAll();
    } catch (Exception e) {
      standing = Standing.ALONE;
      LOG.warn("presence stays on this server for now: {}", e.getClass().getName());
      waitLonger();
    }
  }

  private void noteTellAll() {
    if (tellingAll.compareAndSet(false, true)) note(this::tellAll);
  }

  /** Tells others all that beats here, and hears all that they have. */
  private void tellAll() {
    tellingAll.set(false);
    withCluster(
        m -> {
          board.own().forEach(m::tell);
          m.hearAll();
        });
  }

  private void drop(String why) {
    Optional<Membership> lost = membership;
    if (lost.isEmpty()) return;
    membership = Optional.empty();
    standing = Standing.ALONE;
    board.keepOnly(Set.of());
    LOG.warn("presence is this server's alone: {}", why);
    try {
      lost.get().close();
    } catch (RuntimeException e) {
      LOG.debug("the cluster was left untidily: {}", e.getClass().getName());
    }
    waitLonger();
  }

  private void waitLonger() {
    nextTryNanos = System.nanoTime() + wait.toNanos();
    wait = wait.multipliedBy(2);
    if (wait.compareTo(LONGEST_WAIT) > 0) wait = LONGEST_WAIT;
  }
}
