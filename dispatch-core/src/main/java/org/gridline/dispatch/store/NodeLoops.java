package org.gridline.dispatch.store;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.gridline.dispatch.city.CallRules;
import org.gridline.dispatch.deadline.Clock;
import org.gridline.dispatch.deadline.DeadlineSweep;
import org.gridline.dispatch.deadline.DueAct;
import org.gridline.dispatch.deadline.DueClocks;
import org.gridline.dispatch.notice.NoticeRules;
import org.gridline.dispatch.notice.SendNotices;
import org.gridline.dispatch.notice.TellSteps;
import org.gridline.dispatch.route.DutyTable;
import org.gridline.dispatch.route.FollowRulings;
import org.gridline.dispatch.store.Rounds.Rest;
import org.gridline.dispatch.ticket.TicketNumbers;
import org.gridline.dispatch.ticket.TicketStore;

/** What one node does by itself, until its database is closed; each loop is woken by the others. */
public final class NodeLoops {
  /** What this node did not seal itself, it hears of so late at most. */
  private static final long TELL_POLL_MILLIS = 5_000;

  /** While reports pour in, telling of them leaves the database to them for this long each time. */
  private static final long TELL_REST_MILLIS = 200;

  private static final Rest TELL_AFTER_FAILURE = new Rest(TELL_REST_MILLIS, 1_000);

  private final Vertx vertx;
  private final Sql sql;
  private final Sql clockSql;
  private final Sql logSql;
  private final DatabaseClock clock;
  private final TicketNumbers numbers;
  private final Supplier<TicketStore> tickets;
  private volatile Runnable wakeSealer = () -> {};
  private volatile Runnable wakeTimers = () -> {};
  private volatile Runnable wakeTelling = () -> {};
  private volatile Runnable wakeSending = () -> {};
  private volatile double sealerSilence;
  private final List<String> loops = new CopyOnWriteArrayList<>();
  private final List<FollowRulings> followers = new CopyOnWriteArrayList<>();

  NodeLoops(
      Connections connections,
      DatabaseClock clock,
      TicketNumbers numbers,
      Supplier<TicketStore> tickets) {
    this.vertx = connections.vertx();
    this.sql = connections.sql();
    this.clockSql = connections.clocks();
    this.logSql = connections.points();
    this.clock = clock;
    this.numbers = numbers;
    this.tickets = tickets;
  }

  /**
   * Starts giving positions.
   *
   * @param onSealed called after each round that sealed something, on the sealer's thread; must not
   *     wait
   */
  public void startSealer(Runnable onSealed) {
    Sealer sealer =
        new Sealer(
            sql.part("sealer"),
            clock,
            () -> {
              wakeTimers.run();
              wakeTelling.run();
              onSealed.run();
            });
    Rounds rounds = new Rounds("sealing", sealer::turn, Sealer.AFTER_FAILURE);
    wakeSealer = rounds::wake;
    vertx.setPeriodic(1_000, id -> sealerSilence = sealer.silenceSeconds());
    start(rounds);
  }

  /** After a commit: what it wrote has no position yet. */
  void wakeSealer() {
    wakeSealer.run();
  }

  double sealerSilence() {
    return sealerSilence;
  }

  DueClocks dueClocks() {
    return new PgDueClocks(clockSql, numbers, this::wakeSealer);
  }

  /**
   * Starts firing what is due.
   *
   * @param acts clocks that act when they run out
   */
  public void startTimers(NoticeRules rules, Map<Clock, DueAct> acts, TimersWatch watch) {
    DueClocks clocks = dueClocks();
    DeadlineSweep sweep = new DeadlineSweep(clocks, rules, tickets.get(), acts);
    Timers timers =
        new Timers(clock, sweep, clocks, new PgNotices(sql.part("notices")), rules, watch);
    Rounds rounds = new Rounds("timers", timers::turn, Timers.AFTER_FAILURE);
    wakeTimers = rounds::wake;
    start(rounds);
  }

  TellSteps tellSteps(NoticeRules rules) {
    return new TellSteps(new PgUntoldSteps(logSql.part("notices"), numbers), rules);
  }

  /** Starts telling people of the steps that the log holds. */
  public void startTelling(NoticeRules rules) {
    TellSteps tell = tellSteps(rules);
    Rounds rounds =
        new Rounds(
            "telling",
            () -> {
              boolean more = tell.round(clock.instant());
              if (more) wakeSending.run();
              return telling(more);
            },
            TELL_AFTER_FAILURE);
    wakeTelling = rounds::wake;
    start(rounds);
  }

  /** Starts sending notices by other means than the bell. */
  public void startSending(SendNotices send) {
    Rounds rounds =
        new Rounds("sending notices", () -> telling(send.round(clock)), TELL_AFTER_FAILURE);
    wakeSending = rounds::wake;
    start(rounds);
  }

  private static Rest telling(boolean more) {
    return new Rest(TELL_REST_MILLIS, more ? TELL_REST_MILLIS : TELL_POLL_MILLIS);
  }

  /** Keeps a duty table at the rulings that any node committed. */
  public void followRulings(DutyTable duties) {
    followers.add(new FollowRulings(new PgRulings(sql.part("rulings")), duties).start());
  }

  /** Keeps forgetting what calls leave behind, as the pack wants it. */
  public void startForgettingCalls(CallRules rules) {
    forgettingCalls(rules).keepForgetting(vertx);
  }

  CallRetention forgettingCalls(CallRules rules) {
    return new CallRetention(sql.part("retention"), clock, rules.numbersKept());
  }

  /** Keeps sweeping up files that nothing named within that time. */
  public void startForgettingFiles(Duration unattachedKept) {
    forgettingFiles(unattachedKept).keepForgetting(vertx);
  }

  EvidenceRetention forgettingFiles(Duration unattachedKept) {
    return new EvidenceRetention(sql.part("retention"), clock, unattachedKept);
  }

  private void start(Rounds loop) {
    loops.add(
        vertx
            .deployVerticle(
                loop, new DeploymentOptions().setThreadingModel(ThreadingModel.VIRTUAL_THREAD))
            .await());
  }

  void stopFollowing() {
    followers.forEach(FollowRulings::close);
  }

  /** Each finishes its round. */
  Future<?> stop() {
    return Future.join(loops.stream().map(vertx::undeploy).toList());
  }
}
