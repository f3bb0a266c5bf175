package org.gridline.console.matrix;

import java.util.Map;
import java.util.Set;

/**
 * Who asks.
 *
 * @param label for whoever reads the summary
 * @param headers what they show at the door
 * @param reach how far they look, by the word that the pack has for it
 * @param unit empty for none
 */
record Asker(
    String label,
    String login,
    Door door,
    Map<String, String> headers,
    Set<String> permissions,
    String reach,
    String unit,
    Set<String> areas) {
  /** How they stand at the door. */
  enum Door {
    /** With a session that holds. */
    IN,
    /** Without anything to show. */
    ANONYMOUS,
    /** With a session that has run out, or whose owner may no longer come in. */
    DEAD,
    /** With a password to change first. */
    CHORE,
    /** With user and password, as programs that draw maps. */
    BASIC,
    /** By a page's cookie, without what only our pages can read. */
    FOREIGN_PAGE
  }

  Asker {
    headers = Map.copyOf(headers);
    permissions = Set.copyOf(permissions);
    areas = Set.copyOf(areas);
  }

  boolean may(String permission) {
    return permissions.contains(permission);
  }

  /** Whether answers to them may tell anything at all. */
  boolean comesIn() {
    return door == Door.IN || door == Door.FOREIGN_PAGE || door == Door.BASIC;
  }

  Asker at(String otherLabel, Door otherDoor, Map<String, String> shows) {
    return new Asker(otherLabel, login, otherDoor, shows, permissions, reach, unit, areas);
  }

  @Override
  public String toString() {
    return label;
  }
}
