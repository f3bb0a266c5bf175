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
 * Accounts as administrators keep them, and the log of what they did. A change and its line in the
 * log are one commit. Called on virtual threads.
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

  /** Puts a change down for somebody else to decide. */
  Proposal propose(Person subject, PersonChange change, Deed deed, Instant expiresAt);

  /** Undecided ones first, then the last decided; at most a hundred. */
  List<Proposal> listProposals(Instant now);

  Optional<Proposal> findProposal(long id);

  /** False when it is decided already or has expired. */
  boolean refuse(long proposal, Deed deed);

  /** False when somebody changed the policy meanwhile. */
  boolean changePolicy(SignInPolicy before, SignInPolicy after, Deed deed);

  /** Newest first. */
  List<LogLine> listLog(LogFilter filter, int most);

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
      Optional<Proposal> request) {}

  /** What one proposed and another decides or decided. */
  record Proposal(
      long id,
      long subject,
      int version,
      PersonChange change,
      String why,
      long proposedBy,
      Instant proposedAt,
      Instant expiresAt,
      Optional<Decided> decided) {}

  record Decided(long by, Instant at, boolean confirmed) {}

  /**
   * @param person who did it or to whom it was done
   * @param before only lines with a smaller id
   */
  record LogFilter(
      Optional<Long> person,
      Optional<String> kind,
      Optional<Instant> from,
      Optional<Instant> to,
      OptionalLong before) {}

  /**
   * @param actor absent when the house itself did it
   * @param before by member, only what changed
   */
  record LogLine(
      long id,
      Instant at,
      String kind,
      Optional<Long> actor,
      Optional<Long> subject,
      Optional<Long> request,
      Map<String, String> before,
      Map<String, String> after,
      String why) {}
}
