package org.gridline.dispatch.store;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.gridline.dispatch.deadline.DeadlineSweep;
import org.gridline.dispatch.deadline.DeadlineSweep.Round;
import org.gridline.dispatch.deadline.DueClock;
import org.gridline.dispatch.deadline.DueClocks;
import org.gridline.dispatch.notice.NoticeRules;
import org.gridline.dispatch.notice.Notices;
import org.gridline.dispatch.store.Rounds.Rest;

/**
 * The turns of the deadline sweep on one node, and what notices need by time. Knows the next moment
 * ahead and rests until it, or until it is woken: a clock starts or moves only in the commit of an
 * event, and whichever node gives that event its place in the log wakes its own sweep, which fires
 * for all. One turn at a time.
 */
final class Timers {
  /** The safety net behind waking: a node that died between its commit and its sweep. */
  private static final Duration LOOK = Duration.ofSeconds(5);

  /** Between two looks, however often it is woken: under load each commit would be one. */
  private static final long REST_MILLIS = 250;

  /** What is due but held by somebody's transaction is tried again so soon. */
  private static final Rest HELD = Rest.exactly(20);

  static final Rest AFTER_FAILURE = new Rest(REST_MILLIS, 500);
  private static final long REMIND_NANOS = 10_000_000_000L;
  private static final long COUNT_NANOS = 60_000_000_000L;
  private static final Duration NOTICES_KEPT = Duration.ofDays(180);

  private final DatabaseClock clock;
  private final DeadlineSweep sweep;
  private final DueClocks clocks;
  private final Notices notices;
  private final NoticeRules rules;
  private final TimersWatch watch;
  private long remindedNanos = System.nanoTime() - REMIND_NANOS;
  private long countedNanos = System.nanoTime() - COUNT_NANOS;

  Timers(
      DatabaseClock clock,
      DeadlineSweep sweep,
      DueClocks clocks,
      Notices notices,
      NoticeRules rules,
      TimersWatch watch) {
    this.clock = clock;
    this.sweep = sweep;
    this.clocks = clocks;
    this.notices = notices;
    this.rules = rules;
    this.watch = watch;
  }

  /** Looks once, fires what is due, and says how long to rest until the next look. */
  Rest turn() {
    Rest rest =
        clock.held().isPositive()
            ? Rest.exactly(REST_MILLIS)
            : clock.reached().map(this::round).orElse(HELD);
    watch.stands(clock.held(), sweep.countAside());
    return rest;
  }

  private Rest round(Instant now) {
    Round round = sweep.round(() -> clock.reached().orElse(now), LOOK, this::tell);
    if (round.left() && round.fired().isEmpty()) return HELD;
    if (!round.left()) tend(now);
    // What fired may have its next moment at once.
    if (!round.fired().isEmpty()) return Rest.NONE;
    return Rest.between(
        REST_MILLIS, round.next().map(next -> untilReached(now, next)).orElse(LOOK.toMillis()));
  }

  /** By now it is committed, which is what somebody who waits for it would see. */
  private void tell(List<DueClock> fired) {
    Instant done = clock.instant();
    for (DueClock clock : fired) {
      watch.fired(clock.step(), Duration.between(clock.moment(), done));
    }
  }

  private static long untilReached(Instant now, Instant next) {
    return Math.clamp(Duration.between(now, next).toMillis() + 1, 1, LOOK.toMillis());
  }

  /** What is not urgent. */
  private void tend(Instant now) {
    long nanos = System.nanoTime();
    if (nanos - remindedNanos >= REMIND_NANOS) {
      remindedNanos = nanos;
      notices.remind(now, rules.quietHours().after(now));
    }
    if (nanos - countedNanos >= COUNT_NANOS) {
      countedNanos = nanos;
      watch.pending(clocks.countPending());
      notices.forget(now.minus(NOTICES_KEPT));
    }
  }
}
