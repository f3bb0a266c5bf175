package org.gridline.dispatch.privacy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.gridline.dispatch.people.Scope;
import org.gridline.dispatch.ticket.Ticket;

/** Who opened whose case, and which records are of one caller. Called on virtual threads. */
public interface Callers {
  /**
   * Somebody opened a case; once for each person and ticket is kept, with the first and last time.
   */
  void opened(long ticket, long user, Optional<String> unit, Instant at);

  /** Which units opened it, in the order in which they first did. */
  List<Opening> listOpened(long ticket);

  /**
   * @param unit absent for people without one
   */
  record Opening(Optional<String> unit, int people, Instant firstAt, Instant lastAt) {}

  /**
   * Says that two records are of one caller.
   *
   * @return the merge's id, by which it is taken back
   * @throws org.gridline.dispatch.Failure {@code merge_refused} when they are one already, one is
   *     part of another merge, or one is forgotten
   */
  long merge(Ticket kept, Ticket merged, long by, Instant at);

  /**
   * Merges that touch a ticket's caller, newest first; what is listed of them lies in the scope.
   */
  List<Merge> listMerges(Ticket of, Scope scope);

  /** The newest merges whose tickets the scope covers. */
  List<Merge> listMerges(Scope scope, int most);

  /**
   * Two records that somebody said are of one caller.
   *
   * @param kept tickets of the one, newest first, at most ten
   * @param merged tickets of the other
   * @param undone by whom and when it was taken back
   */
  record Merge(
      long id, long by, Instant at, List<Long> kept, List<Long> merged, Optional<Undone> undone) {
    public Merge {
      kept = List.copyOf(kept);
      merged = List.copyOf(merged);
    }
  }

  record Undone(long by, Instant at) {}

  /** Takes back a merge of callers of tickets in this scope; whether there was one that stood. */
  boolean undo(long merge, Scope scope, long by, Instant at);
}
