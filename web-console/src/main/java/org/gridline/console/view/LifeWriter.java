package org.gridline.console.view;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Optional;
import org.gridline.dispatch.ticket.Flag;
import org.gridline.dispatch.ticket.Life;
import org.gridline.dispatch.ticket.Ticket;
import org.gridline.dispatch.ticket.TicketState;

/** What a ticket's life so far amounts to, as JSON; codes and counts only. */
final class LifeWriter {
  private LifeWriter() {}

  static ArrayNode flags(Ticket ticket) {
    return Json.texts(ticket.flags().stream().sorted().map(Flag::name).toList());
  }

  static ObjectNode life(Ticket ticket) {
    Life life = ticket.progress().life();
    ObjectNode node = Json.object();
    Json.put(node, "check", check(ticket));
    node.put("dispatches", life.dispatches());
    node.put("misdispatches", life.misdispatches());
    node.put("extensions", life.extensions());
    node.put("urges", life.urges());
    node.put("supervision", life.supervision());
    Json.set(node, "request", life.request().map(LifeWriter::request));
    Json.set(node, "draft", life.draft().map(LifeWriter::draft));
    Json.put(node, "resumeOn", life.resumeOn().map(Object::toString));
    node.set("parts", Json.list(life.parts(), LifeWriter::part));
    life.master().ifPresentOrElse(id -> node.put("master", id), () -> node.putNull("master"));
    life.origin().ifPresentOrElse(id -> node.put("origin", id), () -> node.putNull("origin"));
    ArrayNode split = node.putArray("split");
    life.split().forEach(split::add);
    node.put("appeal", life.appeal().name().toLowerCase(Locale.ROOT));
    return node;
  }

  /** While it waits for its check: whether the lot has fallen on somebody, never on whom. */
  private static Optional<String> check(Ticket ticket) {
    if (ticket.state() != TicketState.CHECKING) return Optional.empty();
    return Optional.of(ticket.progress().life().check().isPresent() ? "drawn" : "nobody");
  }

  private static ObjectNode draft(Life.Draft draft) {
    ObjectNode node =
        Json.object().put("action", draft.action().id()).put("signed", draft.signed());
    node.put("what", draft.what());
    node.put("more", draft.more());
    node.set("chain", Json.texts(draft.chain()));
    return node;
  }

  private static ObjectNode part(Life.Part part) {
    return Json.object()
        .put("unit", part.unit())
        .put("kind", part.kind().id())
        .put("step", part.step().name().toLowerCase(Locale.ROOT));
  }

  private static ObjectNode request(Life.Request request) {
    ObjectNode node = Json.object();
    node.put("kind", request.kind().name().toLowerCase(Locale.ROOT));
    node.put("step", request.step().name().toLowerCase(Locale.ROOT));
    node.put("what", request.what());
    node.put("more", request.more());
    Json.put(node, "until", request.until().map(Object::toString));
    return node;
  }
}
