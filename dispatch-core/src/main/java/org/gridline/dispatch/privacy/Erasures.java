package org.gridline.dispatch.privacy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.gridline.dispatch.event.Actor;

/**
 * Keeps what is to be forgotten, and forgets it. Called on virtual threads; every wait is bounded.
 */
public interface Erasures {
  /** Whose number that is, E.164; empty when nobody's is kept. */
  Optional<Long> findByPhone(String phone);

  /** Whose ticket that is, by its number. */
  Optional<Long> findByTicket(String number);

  /**
   * Asks for it.
   *
   * @throws org.gridline.dispatch.Failure {@code erasure_refused} when it was asked for already or
   *     the person is forgotten
   */
  Erasure request(long person, Erasure.Ground ground, Actor.Person by, Instant at);

  /** The newest first. */
  List<Erasure> list(int most);

  /**
   * @throws org.gridline.dispatch.Failure {@code not_found}
   */
  Erasure get(long id);

  /** Leaves it; whether it was still to be decided, by somebody else than who asked. */
  boolean refuse(long id, Actor.Person by, Instant at);

  /** Takes it back; whether it was still to be decided, and asked for by, or for, this person. */
  boolean withdraw(long id, Actor.Person by, Instant at);

  /**
   * Destroys the key, and with it every word, in one statement; from then on it can't be undone.
   *
   * @return whether it was still to be decided, by somebody else than who asked, with no ticket
   *     open
   */
  boolean approve(long id, Actor.Person by, Instant at);

  /** Those whose key is destroyed and whose traces are not all swept up. */
  List<Erasure> listGoingOn(int most);

  /** Tickets of the person that don't say yet that they are forgotten. */
  List<Long> listUntold(Erasure erasure, int most);

  /**
   * Sweeps up sealed words, answers, files and calls, some at a time; whether there may be more.
   */
  boolean sweep(Erasure erasure, Instant at);

  void finish(Erasure erasure, Instant at);

  /**
   * Forgets people all of whose tickets were closed before that, by rule, some at a time.
   *
   * @return how many
   */
  int expirePeople(Instant closedBefore, Instant at, int most);

  /** Forgets files of a kind that came with tickets closed before that; how many. */
  int expireFiles(
      org.gridline.dispatch.evidence.MediaType.Family family,
      Instant closedBefore,
      Instant at,
      int most);

  /** Writes down what the rules of retention did. */
  void log(Instant at, String kind, int gone);

  /** How long each kind is kept after its ticket was closed; absent: as long as the ticket. */
  record Periods(
      Optional<Duration> people,
      Optional<Duration> photos,
      Optional<Duration> letters,
      Optional<Duration> recordings) {
    public static Periods unlimited() {
      return new Periods(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }
  }
}
