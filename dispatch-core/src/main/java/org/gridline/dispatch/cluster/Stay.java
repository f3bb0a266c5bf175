package org.gridline.dispatch.cluster;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import org.gridline.dispatch.people.Presence.Look;
import org.gridline.dispatch.people.Presence.Mode;
import org.gridline.dispatch.people.Presence.Tab;

/**
 * One tab that is open somewhere.
 *
 * @param here when it was opened
 * @param since when it began to do with the ticket what it does
 */
record Stay(Tab tab, Optional<String> unit, Optional<Look> look, Instant here, Instant since) {
  private static final String NO_TICKET = "-";
  private static final int MOST_CHARACTERS = 300;

  boolean doesTheSameAs(Stay other) {
    return look.equals(other.look) && unit.equals(other.unit);
  }

  /** The name under which servers share it. */
  static String key(Tab tab) {
    return tab.user() + ":" + tab.id();
  }

  /** As text, so that no class of ours is ever made from what came over a wire. */
  String text(String node) {
    return String.join(
        "\t",
        node,
        unit.orElse(""),
        look.map(l -> Long.toString(l.ticket())).orElse(NO_TICKET),
        look.map(l -> l.mode().name()).orElse(NO_TICKET),
        here.toString(),
        since.toString());
  }

  /**
   * What another server said.
   *
   * @param node who told it
   */
  record Told(String node, Stay stay) {}

  /** Reads what {@link #text} wrote; empty for anything else, such as another release's form. */
  static Optional<Told> read(String key, String text) {
    String[] parts = text.split("\t", -1);
    if (parts.length != 6 || text.length() > MOST_CHARACTERS) return Optional.empty();
    try {
      Optional<Look> look =
          parts[2].equals(NO_TICKET)
              ? Optional.empty()
              : Optional.of(new Look(Long.parseLong(parts[2]), Mode.valueOf(parts[3])));
      Stay stay =
          new Stay(
              tab(key),
              Optional.of(parts[1]).filter(u -> !u.isEmpty()),
              look,
              Instant.parse(parts[4]),
              Instant.parse(parts[5]));
      return Optional.of(new Told(parts[0], stay));
    } catch (IllegalArgumentException | DateTimeException e) {
      return Optional.empty();
    }
  }

  /**
   * @throws IllegalArgumentException when it is no key of ours
   */
  static Tab tab(String key) {
    int colon = key.indexOf(':');
    if (colon < 1) throw new IllegalArgumentException("no key of a tab");
    return new Tab(Long.parseLong(key.substring(0, colon)), key.substring(colon + 1));
  }
}
