package org.gridline.dispatch.evidence;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.gridline.dispatch.people.Scope;

/**
 * Keeps files as parts of at most {@link Piece#PART} bytes, each sealed and found by the SHA-256 of
 * what it holds, so that equal parts are kept once. Called on virtual threads; every wait is
 * bounded and ends in {@code unavailable}. An object store can fill this port as well.
 */
public interface EvidenceStore {
  /**
   * A file begins to arrive.
   *
   * @throws org.gridline.dispatch.Failure {@code attachments_used_up} when its sender has sent as
   *     much as the limits allow, or sends too many at once
   */
  Begun begin(long user, Instant now, EvidenceRules.Limits limits);

  /**
   * A file on its way.
   *
   * @param bytesLeft how much its sender may still send today
   */
  record Begun(long id, long bytesLeft) {}

  /** The next part; {@code n} counts from 0. */
  void add(long id, int n, byte[] sha256, byte[] part);

  /** The file is whole. */
  void finish(Piece piece);

  /** The file will not become whole; its parts may go. */
  void abandon(long id);

  /**
   * Those of these that arrived whole, were sent by this user, and belong to nothing yet; in the
   * order of the ids.
   */
  List<Piece> listOwn(List<Long> ids, long user);

  /**
   * What belongs to a ticket that the asker may see, in the order of its steps; before it what the
   * ticket that it was split off had by then.
   */
  List<Filed> list(long ticket, Scope scope);

  /**
   * A piece and where the asker sees it.
   *
   * @param tickets of the scope, in the order in which they were made: the one that it came with,
   *     parts split off that one; empty while nobody has named the piece
   */
  record Found(Filed filed, List<Long> tickets) {
    public Found {
      tickets = List.copyOf(tickets);
    }
  }

  /** What is seen in a ticket within the scope, or was sent by this user and belongs to nothing. */
  Optional<Found> find(long id, Scope scope, long user);

  /**
   * A part in clear.
   *
   * @throws org.gridline.dispatch.Failure {@code not_found} when it was erased meanwhile
   */
  byte[] part(long id, int n);
}
