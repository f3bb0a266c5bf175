package org.gridline.dispatch.people;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * Who is here and who looks at which ticket: a courtesy between colleagues, never a lock. Holds
 * only what may vanish, so nothing may be decided by it; the version check of an action decides. No
 * method waits for another machine or fails because one is gone. Thread-safe.
 *
 * <p>It can't be made to grow: tabs, tabs a person and tabs a ticket are bounded, and each entry is
 * forgotten {@link #LASTS_SECONDS} seconds after its last sign of life. Whether a ticket exists and
 * may be seen is for the caller to ask before it says that somebody looks at it.
 */
public interface Presence {
  /** How long somebody is believed to be here after the last sign of life: three missed beats. */
  int LASTS_SECONDS = 45;

  /** What somebody does with a ticket; the later outweighs the earlier. */
  enum Mode {
    VIEWING,
    EDITING
  }

  /**
   * One open page of somebody.
   *
   * @param id chosen by the page, 8 to 40 of {@code [A-Za-z0-9_-]}; tells this person's pages apart
   */
  record Tab(long user, String id) {
    public Tab {
      if (!validId(id)) throw new IllegalArgumentException("a tab's id is 8 to 40 plain letters");
    }

    public static boolean validId(String id) {
      return id.length() >= 8
          && id.length() <= 40
          && id.chars()
              .allMatch(
                  c ->
                      (c >= '0' && c <= '9')
                          || (c >= 'a' && c <= 'z')
                          || (c >= 'A' && c <= 'Z')
                          || c == '-'
                          || c == '_');
    }
  }

  /** A ticket that a tab shows. */
  record Look(long ticket, Mode mode) {}

  /**
   * Somebody at a ticket; with several tabs once, by the busiest.
   *
   * @param unit code of the person's unit
   * @param since when this began
   */
  record Onlooker(long user, Optional<String> unit, Mode mode, Instant since) {}

  /**
   * Somebody who has pages open.
   *
   * @param since when the oldest of them was opened
   */
  record Online(long user, Optional<String> unit, int tabs, Instant since) {}

  /**
   * How far this view reaches.
   *
   * @param nodes servers that tell each other, this one included; 1 also when none can be reached
   * @param tabs entries that are kept
   * @param standing in words, for people who look after the servers
   */
  record Reach(int nodes, int tabs, Standing standing) {}

  /** Whether the view is shared with other servers. */
  enum Standing {
    /** Not yet; this server's own people only. */
    STARTING,
    SHARED,
    /** Not any more; this server's own people only, and the next attempt follows by itself. */
    ALONE
  }

  /**
   * A sign of life. The tab's earlier look, if another, ends.
   *
   * @param unit code of the person's unit
   * @param look absent for a page that shows no ticket
   */
  void beat(Tab tab, Optional<String> unit, Optional<Look> look);

  /** The tab was closed; unknown ones are nothing to speak of. */
  void leave(Tab tab);

  /** Who is at a ticket, those who edit first, then whoever came first. */
  List<Onlooker> listAt(long ticket);

  /** Everybody, by user id. */
  List<Online> listOnline();

  Reach reach();

  /**
   * Names each ticket at which somebody came, went, or began or ceased to edit, also on another
   * server. Called on any thread, after the fact; must not wait.
   */
  void onChange(LongConsumer ticket);
}
