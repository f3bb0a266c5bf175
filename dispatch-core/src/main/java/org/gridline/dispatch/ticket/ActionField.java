package org.gridline.dispatch.ticket;

import java.util.List;
import java.util.Locale;
import org.gridline.dispatch.Names;
import org.gridline.dispatch.ticket.Policy.Choice;

/**
 * One thing that an action's form asks for.
 *
 * @param choices what can be chosen, for {@link Kind#CHOICE} only
 */
public record ActionField(String name, Names label, Kind kind, Need need, List<Choice> choices) {
  public ActionField {
    choices = List.copyOf(choices);
  }

  /** How it is entered. */
  public enum Kind {
    TEXT,
    CHOICE,
    UNIT,
    CATEGORY,
    BOOLEAN,
    /** A day like {@code 2026-12-31}. */
    DATE,
    /** A moment like {@code 2026-12-31T17:00:00+08:00}. */
    TIME,
    /** The number of another ticket. */
    TICKET;

    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Whether the action goes without it. */
  public enum Need {
    REQUIRED,
    OPTIONAL
  }
}
