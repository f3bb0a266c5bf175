package org.gridline.dispatch.notice;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.gridline.dispatch.notice.NoticeMeans.Verdict;
import org.gridline.dispatch.notice.Outbox.Leased;
import org.gridline.dispatch.notice.Outbox.Reachable;
import org.gridline.dispatch.notice.Outbox.State;
import org.gridline.dispatch.notice.Outbox.Unposted;
import org.gridline.dispatch.people.Accounts;
import org.gridline.dispatch.people.Scope;
import org.gridline.dispatch.people.User;
import org.gridline.dispatch.route.UnitTree;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends notices by other means than the bell to whom the roster of the moment names and who may see
 * the ticket. A letter is told again until the other side takes or refuses it; twice only when its
 * answer was lost, or a node died while it waited for it.
 */
public final class SendNotices {
  static final int MOST_TRIES = 10;
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(30);
  private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

  /** Longer than any means may take, so that nobody else sends what is under way. */
  public static final Duration LEASE = Duration.ofMinutes(5);

  /** What nobody could send for so long, such as before there was a server for it, is not sent. */
  private static final Duration STALE = Duration.ofDays(1);

  private static final int MOST = 20;
  private static final int MOST_POSTED = 50;
  private static final Logger LOG = LoggerFactory.getLogger(SendNotices.class);

  private final Outbox outbox;
  private final Receivers receivers;
  private final Accounts accounts;
  private final UnitTree units;
  private final Map<MeansKind, NoticeMeans> means;

  public SendNotices(
      Outbox outbox,
      Receivers receivers,
      Accounts accounts,
      UnitTree units,
      List<NoticeMeans> means) {
    this.outbox = outbox;
    this.receivers = receivers;
    this.accounts = accounts;
    this.units = units;
    this.means = new EnumMap<>(MeansKind.class);
    for (NoticeMeans one : means) this.means.put(one.kind(), one);
  }

  /**
   * Posts and sends what is due; false when there is nothing left for now. Other nodes may do the
   * same beside it.
   *
   * @param clock asked again after each wait
   */
  public boolean round(InstantSource clock) {
    boolean more = post(clock.instant());
    List<Leased> rows = outbox.lease(means.keySet(), LEASE, MOST, clock.instant());
    for (Leased row : rows) send(row, clock);
    return more || rows.size() == MOST;
  }

  private boolean post(Instant now) {
    List<Unposted> unposted = outbox.listUnposted(now, MOST_POSTED);
    if (unposted.isEmpty()) return false;
    Set<String> wanted =
        unposted.stream().flatMap(n -> n.means().stream()).collect(Collectors.toSet());
    List<Reachable> reachable = outbox.listReachable(wanted);
    Map<Long, User> users = new HashMap<>();
    accounts
        .listByIds(reachable.stream().map(Reachable::user).distinct().toList())
        .forEach(user -> users.put(user.id(), user));
    Map<Long, List<String>> words =
        users.values().stream()
            .collect(Collectors.toMap(User::id, user -> receivers.wordsOf(user, now)));
    for (Unposted notice : unposted) {
      List<Reachable> told = new ArrayList<>();
      if (notice.since().plus(STALE).isBefore(now)) {
        outbox.post(notice, told, now);
        continue;
      }
      for (Reachable one : reachable) {
        User user = users.get(one.user());
        if (user != null
            && notice.means().contains(one.means())
            && !Collections.disjoint(notice.audience(), words.getOrDefault(user.id(), List.of()))
            && sees(user.scope(units), notice)) told.add(one);
      }
      outbox.post(notice, told, now);
    }
    return unposted.size() == MOST_POSTED;
  }

  /** The same condition as every query of tickets carries. */
  private static boolean sees(Scope scope, Unposted notice) {
    return switch (scope) {
      case Scope.District() -> true;
      case Scope.Nothing() -> false;
      case Scope.Limited(var areas, var units) ->
          notice.unit().filter(units::contains).isPresent()
              || !Collections.disjoint(notice.parts(), units)
              || !Collections.disjoint(notice.areas(), areas);
    };
  }

  private void send(Leased row, InstantSource clock) {
    Optional<NoticeMeans> by = Optional.ofNullable(means.get(row.means()));
    Verdict verdict =
        by.flatMap(one -> row.letter().map(letter -> told(one, letter)))
            .orElseGet(() -> new Verdict.Refused("no address"));
    Instant now = clock.instant();
    switch (verdict) {
      case Verdict.Taken() -> outbox.settle(row, State.SENT, Optional.empty(), "", now);
      case Verdict.Refused(var why) -> give(row, why, now);
      case Verdict.Later(var why) -> again(row, why, now);
      case Verdict.Unknown(var why) -> again(row, why, now);
    }
  }

  private static Verdict told(NoticeMeans means, Letter letter) {
    try {
      return means.tell(letter);
    } catch (RuntimeException broken) {
      return new Verdict.Later(broken.getClass().getSimpleName());
    }
  }

  private void again(Leased row, String why, Instant now) {
    if (row.tries() >= MOST_TRIES) {
      give(row, why, now);
      return;
    }
    outbox.settle(row, State.WAITING, Optional.of(now.plus(pause(row.tries()))), why, now);
  }

  private void give(Leased row, String why, Instant now) {
    LOG.warn("notice message id={} by {} was not taken, {}", row.id(), row.means().id(), why);
    outbox.settle(row, State.FAILED, Optional.empty(), why, now);
  }

  /** Twice as long each time. */
  static Duration pause(int tries) {
    Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.clamp(tries - 1, 0, 20));
    return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
  }
}
