package org.gridline.dispatch.people;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Users, sessions and failed attempts to sign in. Called on virtual threads. */
public interface Accounts {
  /** Somebody who may sign in; disabled ones are not found. */
  Optional<Account> findByLogin(String login);

  /** The user behind a living session. */
  Optional<Session> findSession(byte[] tokenHash, Instant now);

  /** Those of these sessions that live, by their token's hash; one question, however many. */
  Map<ByteBuffer, Session> listLiving(Collection<ByteBuffer> tokenHashes, Instant now);

  /** How one signs in at this moment. */
  SignInPolicy policy();

  /** Until when nobody gets in under this name, whether or not somebody has it. */
  Optional<Instant> findLock(String login, Instant now);

  /** Counts one wrong password or code for a name, and locks it as the policy says. */
  void recordFailure(String login, SignInPolicy policy, Instant now);

  /**
   * Opens a session and forgets wrong passwords before it.
   *
   * @param agent what the browser calls itself, to be told apart by its owner; at most 200
   *     characters
   */
  void open(byte[] tokenHash, String csrf, User user, String agent, Instant now, Instant expiresAt);

  void revoke(byte[] tokenHash, Instant now);

  /** Somebody's living sessions, newest first. */
  List<OpenSession> listSessions(long user, Instant now);

  /** Ends one of somebody's own sessions; false when there is no such one. */
  boolean revokeOwn(long user, long session, Instant now);

  /** Ends all sessions of somebody but the one of this token; tells how many. */
  int revokeOthers(long user, byte[] keptTokenHash, Instant now);

  /** Those of these names that nobody has. */
  Set<String> listFree(Collection<String> logins);

  /** Adds users that are not there yet; existing ones stay as they are. */
  void addMissing(List<NewUser> users);

  /** The kinds of administrators of which there never was one. */
  Set<AdminKind> listMissingOffices();

  /** Names of users by id, for histories; unknown ids are left out. */
  List<User> listByIds(List<Long> ids);

  /**
   * Puts down the hash of a one-time link that lets the first administrator of a kind in; links
   * offered before for the same kind no longer hold.
   */
  void offerSetup(AdminKind kind, byte[] tokenHash, Instant expiresAt);

  /** What kind of administrator a one-time link makes, while it holds. */
  Optional<AdminKind> findSetup(byte[] tokenHash, Instant now);

  /**
   * Uses the one-time link up and creates the user in one step; false when the link does not hold,
   * or the name is taken.
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

  /**
   * A user with what signing in needs.
   *
   * @param secondFactor whether a code is asked
   */
  record Account(User user, String passwordHash, Instant passwordAt, boolean secondFactor) {}

  /**
   * A living session; {@code csrf} is what pages must send along.
   *
   * @param chores what has to be done before anything else
   */
  record Session(long id, User user, String csrf, Instant expiresAt, Set<Chore> chores) {
    public Session {
      chores = Set.copyOf(chores);
    }
  }

  /** One of somebody's sessions, as its owner sees it. */
  record OpenSession(long id, String agent, Instant openedAt, Instant expiresAt) {}
}
