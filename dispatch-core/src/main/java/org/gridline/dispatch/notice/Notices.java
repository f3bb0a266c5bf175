package org.gridline.dispatch.notice;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.gridline.dispatch.people.Scope;

/**
 * Keeps notices. Every call takes the words that somebody answers to and the scope of what they may
 * see: a notice of a ticket that lies outside is not there. Called on virtual threads; waits are
 * bounded and then fail with {@code unavailable}.
 */
public interface Notices {
  /** Beyond so many it is only told that there are more. */
  int MOST_COUNTED = 100;

  /** Which ones. */
  enum Which {
    /** Not acknowledged by anybody yet, and not over. */
    OPEN,
    ALL
  }

  /**
   * Somebody who reads.
   *
   * @param words of {@link Receivers#wordsOf}
   */
  record Reader(long user, List<String> words, Scope scope) {
    public Reader {
      words = List.copyOf(words);
    }
  }

  /** {@code next} is the cursor of the following page, absent at the end. */
  record Page(List<Notice> notices, Optional<String> next) {
    public Page {
      notices = List.copyOf(notices);
    }
  }

  /** The newest first. */
  Page list(Reader reader, Which which, Optional<String> cursor, int limit, Instant now);

  /** How many are open, at most {@link #MOST_COUNTED}. */
  int countOpen(Reader reader, Instant now);

  /**
   * Says that somebody sees to it; who was first stays.
   *
   * @throws org.gridline.dispatch.Failure {@code not_found} when it is not for this reader
   */
  Notice acknowledge(Reader reader, long id, Instant now);

  /**
   * Shows again what nobody acknowledged, tells the next ones where the reminders are used up, and
   * lets rest what is over: its clock runs no more, or its ticket moved on.
   *
   * @param quietUntil {@code now}, or when the quiet hours that it falls into end
   * @return how many were reminded of
   */
  int remind(Instant now, Instant quietUntil);

  /** Units that have at least one member who may come in. */
  Set<String> listStaffedUnits();

  /** Forgets those made before; returns how many. */
  int forget(Instant before);
}
