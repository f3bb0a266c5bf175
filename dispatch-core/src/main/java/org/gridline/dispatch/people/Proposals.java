package org.gridline.dispatch.people;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.gridline.dispatch.people.People.Deed;

/**
 * Changes of accounts that one administrator puts down and another one decides; deciding for it is
 * the write that carries it out. Called on virtual threads.
 */
public interface Proposals {
  /**
   * Puts a change down for somebody else to decide, with a line in the log.
   *
   * @throws org.gridline.dispatch.Failure {@code second_person_required} when it is about oneself
   */
  Proposal add(Person subject, PersonChange change, Deed deed, Instant expiresAt);

  /** Undecided ones first, then the last decided; at most a hundred. */
  List<Proposal> list(Instant now);

  Optional<Proposal> find(long id);

  /** False when it is decided already or has expired. */
  boolean refuse(long proposal, Deed deed);

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
}
