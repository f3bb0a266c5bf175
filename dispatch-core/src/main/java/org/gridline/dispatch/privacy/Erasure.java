package org.gridline.dispatch.privacy;

import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.gridline.dispatch.event.Actor;

/**
 * A person who is to be forgotten. Names nobody: the person is an id.
 *
 * @param tickets how many tickets are theirs
 * @param open how many of them are not closed
 * @param told how many of them say in their history that their person is forgotten
 * @param doneAt when the last trace was swept up
 */
public record Erasure(
    long id,
    long person,
    Ground ground,
    Actor asked,
    Instant askedAt,
    State state,
    Optional<Long> decidedBy,
    Optional<Instant> decidedAt,
    int tickets,
    int open,
    int told,
    Optional<Instant> doneAt) {

  /** Why somebody is forgotten. */
  public enum Ground {
    /** The person asked for it. */
    REQUEST,
    /** It was written down by mistake. */
    MISTAKE,
    /** Its time is over. */
    RETENTION;

    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Ground> find(String id) {
      return Arrays.stream(values()).filter(g -> g.id().equals(id)).findFirst();
    }
  }

  /** How far it is. */
  public enum State {
    REQUESTED,
    REFUSED,
    /** Whoever asked took it back before anybody decided. */
    WITHDRAWN,
    /** The key is destroyed; what is left is being swept up. */
    APPROVED,
    DONE
  }
}
