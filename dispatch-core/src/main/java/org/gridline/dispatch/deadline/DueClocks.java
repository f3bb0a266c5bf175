package org.gridline.dispatch.deadline;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The running clocks of all tickets. Called on virtual threads, each of these by one at a time;
 * each call waits for the database, at most a bounded time, and then fails with {@code
 * unavailable}.
 */
public interface DueClocks {
  /**
   * Asks for the clocks whose next moment is not after {@code upTo}, soonest first. The question is
   * only sent, so that whoever asks can think about the last ones meanwhile.
   *
   * @param most so many at most
   * @param skip leaves out so many of the soonest
   * @param except leaves out these tickets, before anything is skipped
   * @return waits for the answer
   */
  Supplier<List<DueClock>> ask(Instant upTo, int most, int skip, Collection<Long> except);

  /**
   * Claims, marks and tells each of these in one statement, unless its ticket or its clock has
   * changed since it was read or somebody holds the ticket now. Either all of a firing is there
   * afterwards or nothing. The statement is only sent, so that whoever sends it can think about the
   * next ones meanwhile; one of them runs at a time.
   *
   * @param firings at most one of each ticket
   * @param now not before any of their moments
   * @return waits for the commit and gives the tickets whose clocks fired
   */
  Supplier<Set<Long>> fire(Collection<Firing> firings, Instant now);

  /** How many clocks still have a moment before them. Reads an index of them all. */
  long countPending();
}
