package org.gridline.dispatch.people;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Keeps users, their password hashes and sessions. Called on virtual threads. */
public interface Accounts {
  Optional<Account> findByLogin(String login);

  /** The user behind a living session. */
  Optional<Session> findSession(byte[] tokenHash, Instant now);

  /** Counts one wrong password; {@code lockedUntil} closes the account until then. */
  void recordFailure(long user, Optional<Instant> lockedUntil);

  /** Opens a session and forgets wrong passwords before it. */
  void open(byte[] tokenHash, String csrf, long user, Instant now, Instant expiresAt);

  void revoke(byte[] tokenHash, Instant now);

  /** Adds users that are not there yet; existing ones stay as they are. */
  void addMissing(List<NewUser> users);

  boolean anyUser();

  /** Names of users by id, for histories; unknown ids are left out. */
  List<User> listByIds(List<Long> ids);

  /**
   * Puts down the hash of a one-time link that lets the first administrator in; links offered
   * before no longer hold.
   */
  void offerSetup(byte[] tokenHash, Instant expiresAt);

  /**
   * Uses the one-time link up and creates the user in one step; false when the link does not hold
   * or somebody is there already.
   */
  boolean setUp(byte[] tokenHash, NewUser administrator, Instant now);

  /** Somebody to be created. {@code roles} are role ids. */
  record NewUser(
      String login,
      org.gridline.dispatch.Names name,
      Optional<String> unit,
      List<String> areas,
      List<String> roles,
      String passwordHash) {}

  /** A user with what signing in needs. */
  record Account(User user, String passwordHash, int failures, Optional<Instant> lockedUntil) {}

  /** A living session; {@code csrf} is what pages must send along. */
  record Session(User user, String csrf, Instant expiresAt) {}
}
