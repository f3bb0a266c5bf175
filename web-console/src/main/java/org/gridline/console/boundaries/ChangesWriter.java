package org.gridline.console.boundaries;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Optional;
import org.gridline.console.view.BoundaryWriter;
import org.gridline.console.view.Json;
import org.gridline.dispatch.ground.AreaOverlay;
import org.gridline.dispatch.ground.AreaOverlay.Change;
import org.gridline.dispatch.ground.AreaOverlay.Kind;
import org.gridline.dispatch.ground.TicketsThatMove.Counted;
import org.gridline.dispatch.ground.TicketsThatMove.Extent;
import org.gridline.dispatch.ground.TicketsThatMove.Moving;

/** What a version would change, as the API tells it. */
final class ChangesWriter {
  private static final int MOST_LISTED = 500;

  private ChangesWriter() {}

  static ObjectNode write(
      String base, String layer, AreaOverlay.Found found, Counted tickets, ArrayNode warnings) {
    ObjectNode node = Json.object().put("base", base).put("layer", layer);
    ObjectNode counts = node.putObject("counts");
    for (Kind kind : Kind.values())
      counts.put(name(kind), found.changes().stream().filter(c -> c.kind() == kind).count());
    node.set(
        "areas",
        Json.list(found.changes().stream().limit(MOST_LISTED).toList(), ChangesWriter::change));
    node.set(
        "lineage",
        Json.list(found.heritage().stream().limit(MOST_LISTED).toList(), BoundaryWriter::heritage));
    ObjectNode moving = node.putObject("tickets");
    moving.put("looked", tickets.looked());
    moving.put("complete", tickets.extent() == Extent.ALL);
    moving.put("otherArea", tickets.area());
    moving.put("otherUnit", tickets.unit());
    moving.set("shown", Json.list(tickets.shown(), ChangesWriter::moving));
    node.set("warnings", warnings);
    return node;
  }

  private static String name(Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  private static ObjectNode change(Change c) {
    return Json.object()
        .put("kind", name(c.kind()))
        .put("code", c.code())
        .put("name", c.name())
        .put("squareMetresBefore", Math.round(c.squareMetresBefore()))
        .put("squareMetres", Math.round(c.squareMetres()))
        .put("movedSquareMetres", Math.round(c.moved()));
  }

  private static ObjectNode moving(Moving m) {
    ObjectNode node = Json.object().put("number", m.number());
    node.set("from", Json.texts(m.from()));
    node.set("to", Json.texts(m.to()));
    put(node, "unitFrom", m.unitFrom());
    put(node, "unitTo", m.unitTo());
    return node;
  }

  private static void put(ObjectNode node, String member, Optional<String> text) {
    text.ifPresentOrElse(t -> node.put(member, t), () -> node.putNull(member));
  }
}
