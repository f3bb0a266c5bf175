package org.gridline.dispatch.people;

import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.gridline.dispatch.Names;

/**
 * Accounts as administrators keep them. A change and its line in the {@link PeopleLog} are one
 * commit. Called on virtual threads.
 */
public interface People {
  /** In the order of their logins. */
  List<Person> list(Filter filter, int most, Instant now);

  Optional<Person> find(long id, Instant now);

  /** A new account without roles and without a password; empty when the login is taken. */
  OptionalLong add(NewPerson person, Link link, Deed deed);

  /**
   * Writes a change; false when the account was changed meanwhile, or the request that asked for it
   * no longer holds.
   *
   * @throws org.gridline.dispatch.Failure {@code roles_exclude_each_other} or {@code
   *     last_administrator}, when the database says so
   */
  boolean write(Write write);

  /** False when somebody changed the policy meanwhile. */
  boolean changePolicy(SignInPolicy before, SignInPolicy after, Deed deed);

  /**
   * @param words part of a login or name; empty for any
   * @param after only logins behind this one; empty from the first
   */
  record Filter(
      String words,
      Optional<String> role,
      Set<String> units,
      Optional<Person.State> state,
      String after) {
    public Filter {
      units = Set.copyOf(units);
    }
  }

  /** {@code unit} counts for nothing before a role is granted. */
  record NewPerson(String login, Names name, Optional<String> unit) {}

  /** The hash of a link by which somebody sets their own password. */
  @SuppressWarnings("ArrayRecordComponent")
  record Link(byte[] tokenHash, Instant expiresAt) {}

  /** Who did it, when and why. */
  record Deed(long actor, Instant at, String why) {}

  /** What goes with a change. */
  enum Also {
    END_SESSIONS,
    FORGET_PASSWORD,
    FORGET_SECOND_FACTOR,
    UNLOCK
  }

  /**
   * @param next the account as it will be; its version is the one that it has now
   * @param kind of the line in the log
   * @param before what the log tells of it; only what changes
   * @param request the proposal that this carries out
   */
  record Write(
      Person next,
      EnumSet<Also> also,
      Optional<Link> link,
      String kind,
      Map<String, String> before,
      Map<String, String> after,
      Deed deed,
      Optional<Proposals.Proposal> request) {}
}
