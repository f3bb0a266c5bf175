package org.gridline.console.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.gridline.console.Office;
import org.gridline.dispatch.ticket.Ticket;

/**
 * Takes out of what is told of a ticket which other one it goes on in, was split off or gave a part
 * to, where the asker may not see that one: it is then known that it was merged or split, and no
 * more.
 */
final class Elsewhere {
  /** Members that hold the id of another ticket. */
  private static final List<String> MEMBERS = List.of("master", "origin", "part");

  private final Office office;

  Elsewhere(Office office) {
    this.office = office;
  }

  /**
   * @param seen whether the asker may see a ticket
   */
  void hideFromTicket(ObjectNode whole, Predicate<Ticket> seen) {
    hide(whole.path("life"), seen, new HashMap<>());
  }

  /**
   * @param seen whether the asker may see a ticket
   */
  void hideFromHistory(ObjectNode history, Predicate<Ticket> seen) {
    Map<Long, Boolean> known = new HashMap<>();
    for (JsonNode event : history.path("events")) {
      JsonNode part = event.path("data").path("part");
      // What a part is about was written down in the step that made it.
      if (part.isIntegralNumber() && !told(part, seen, known))
        ((ObjectNode) event).putNull("words");
      hide(event.path("data"), seen, known);
    }
  }

  private void hide(JsonNode node, Predicate<Ticket> seen, Map<Long, Boolean> known) {
    if (!(node instanceof ObjectNode facts)) return;
    for (String member : MEMBERS) {
      if (facts.path(member).isIntegralNumber() && !told(facts.path(member), seen, known))
        facts.putNull(member);
    }
    if (facts.path("split") instanceof ArrayNode parts)
      parts.removeIf(part -> !told(part, seen, known));
  }

  private boolean told(JsonNode ticket, Predicate<Ticket> seen, Map<Long, Boolean> known) {
    return known.computeIfAbsent(
        ticket.longValue(), id -> office.tickets().listById(List.of(id)).stream().anyMatch(seen));
  }
}
