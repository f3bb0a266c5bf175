package org.gridline.dispatch.notice;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What goes out by other means than the bell: one row a person, a means and a showing of a notice.
 * A row is sent by whoever holds its lease; when that node dies, another one takes it over. Called
 * on virtual threads; each call waits for the database, at most a bounded time.
 */
public interface Outbox {
  /** A notice whose showing has not been handed out yet. */
  record Unposted(
      long notice,
      Instant since,
      int reminders,
      List<String> audience,
      Set<String> means,
      Optional<String> unit,
      Set<String> parts,
      Set<String> areas) {
    public Unposted {
      audience = List.copyOf(audience);
      means = Set.copyOf(means);
      parts = Set.copyOf(parts);
      areas = Set.copyOf(areas);
    }
  }

  /** Somebody who can be reached by a means. */
  record Reachable(long user, String means) {}

  /**
   * A row under lease.
   *
   * @param tries this one included
   * @param letter absent when the person can't be reached any more
   */
  record Leased(long id, MeansKind means, int tries, Optional<Letter> letter) {}

  /** What has become of a row. */
  enum State {
    WAITING,
    SENDING,
    SENT,
    FAILED,
    /** Somebody acknowledged, or the ticket moved on, before it went out. */
    DROPPED
  }

  /** How many rows of a notice stand where. */
  record Count(long notice, MeansKind means, State state, int rows, Optional<String> why) {}

  List<Unposted> listUnposted(Instant now, int most);

  /** Everybody who may come in and left an address for one of these means. */
  List<Reachable> listReachable(Set<String> means);

  /** Makes the rows of a showing; nothing when another node did, or it is not wanted any more. */
  void post(Unposted notice, Collection<Reachable> receivers, Instant now);

  /** Drops what is over and takes what is due, each until its lease ends. */
  List<Leased> lease(Set<MeansKind> means, Duration lease, int most, Instant now);

  /**
   * What came of it; nothing when the lease was lost.
   *
   * @param next when it is tried again, for a state of {@code WAITING}
   */
  void settle(Leased row, State state, Optional<Instant> next, String why, Instant now);

  /** What went out of these notices. */
  List<Count> count(Collection<Long> notices);

  /** How many wait longer than they should, and how many failed since a moment. */
  Standing standing(Instant waitingSince, Instant failedSince);

  record Standing(long late, long failed) {}

  /** Somebody's own address; empty for none. */
  Optional<String> findAddress(long user, MeansKind means);

  /** Sets somebody's own address, or takes it away. */
  void setAddress(long user, MeansKind means, Optional<String> address, Instant now);
}
