package org.gridline.dispatch.people;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Who stands in for whom while they are away. Called on virtual threads. */
public interface Delegations {
  /** With its line in the people log. */
  Delegation add(Wish wish, long createdBy, Instant now);

  Optional<Delegation> find(long id);

  /** Those that somebody gave or got and that have not run out, soonest first. */
  List<Delegation> listOf(long user, Instant now);

  /** Ends it, and the acting of whoever acts by it; false when it had ended. */
  boolean end(long id, long by, Instant now);

  /**
   * From now on a session acts by a delegation, or for its own holder again.
   *
   * @param delegation absent for oneself
   */
  void act(byte[] tokenHash, long user, Optional<Delegation> delegation, Instant now);

  /**
   * @param grantor who is away
   * @param holder who stands in, with the grantor's roles, unit and areas
   */
  record Wish(long grantor, long holder, Instant from, Instant until, String why) {}

  /** One that was given. */
  record Delegation(
      long id,
      long grantor,
      long holder,
      Instant from,
      Instant until,
      String why,
      long createdBy,
      Optional<Instant> endedAt) {
    public boolean holdsAt(Instant now) {
      return endedAt.isEmpty() && !now.isBefore(from) && now.isBefore(until);
    }
  }
}
