package org.gridline.dispatch.ticket;

import java.util.List;
import java.util.Optional;
import org.gridline.dispatch.people.Scope;
import org.gridline.dispatch.ticket.TicketStore.Search;

/**
 * Finds tickets by the words of their reports. What it knows may be some 50 ms behind the store, so
 * its answers are ids, and the store is asked for the tickets with the same wishes again. Callable
 * from any thread; needs some milliseconds of computing and never waits.
 */
public interface TicketWords {
  /** At most so much text is looked for. */
  int MOST_CHARACTERS = 200;

  /**
   * The tickets of a scope that hold all the words and fit the search, in the search's order.
   *
   * @param reader which form of the words is searched: nobody finds a ticket by what they may not
   *     read in it; those that the scope has because the asker was drawn to check them are searched
   *     as a checker reads them
   * @throws org.gridline.dispatch.Failure {@code unavailable} while the index is being made, {@code
   *     invalid_request} for a cursor of another search
   */
  Found find(String words, Reader reader, Search search, Scope scope);

  /** Whose eyes the words are meant for. */
  enum Reader {
    /** Speaks with callers and reads the words as they were said. */
    CENTRE,
    /** Reads them without what could lead to a hidden caller. */
    OTHERS,
    /** Was drawn to check, and reads them without what could lead to any caller. */
    CHECKER
  }

  /**
   * One page.
   *
   * @param next the cursor of the following page, in the store's spelling
   * @param total how many there are on all pages
   */
  record Found(List<Long> ids, Optional<String> next, long total) {
    public Found {
      ids = List.copyOf(ids);
    }
  }
}
