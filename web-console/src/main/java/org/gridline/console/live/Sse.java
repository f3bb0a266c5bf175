package org.gridline.console.live;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.gridline.console.view.Json;
import org.gridline.console.view.TicketWriter;
import org.gridline.dispatch.event.Cursor;
import org.gridline.dispatch.ticket.Ticket;

/** The feed's messages in the form of server-sent events. */
final class Sse {
  private final TicketWriter writer;
  private final ZoneId zone;

  Sse(TicketWriter writer, ZoneId zone) {
    this.writer = writer;
    this.zone = zone;
  }

  /** The first bytes of a stream. */
  static Buffer hello(int retryMillis) {
    return Buffer.buffer("retry: " + retryMillis + "\n\n");
  }

  Buffer change(Cursor at, String kind, Ticket ticket, Instant now) {
    ObjectNode data = Json.object().put("seq", at.seq()).put("kind", kind);
    data.set("ticket", writer.brief(ticket, now));
    return event(at.text(), "change", data);
  }

  static Buffer gone(Cursor at, long ticket) {
    return event(at.text(), "gone", Json.object().put("seq", at.seq()).put("id", ticket));
  }

  Buffer heartbeat(Cursor at, Instant now) {
    return event(
        at.text(), "heartbeat", Json.object().put("seq", at.seq()).put("at", Json.time(now, zone)));
  }

  /**
   * A part of a snapshot. Only the last part has the position as its id: a stream that breaks
   * before it must begin again, so the parts before it take the browser's last id away.
   */
  Buffer snapshot(Cursor at, List<Ticket> tickets, End end, Instant now) {
    ObjectNode data = Json.object().put("epoch", at.epoch()).put("seq", at.seq());
    data.set("tickets", Json.list(tickets, t -> writer.brief(t, now)));
    data.put("last", end == End.LAST);
    return event(end == End.LAST ? at.text() : "", "snapshot", data);
  }

  /** A message beside the log: it has no id, so it does not move the reader's position. */
  static Buffer notice(String name, ObjectNode data) {
    return message("event: " + name, data);
  }

  /** Whether more parts of a snapshot follow. */
  enum End {
    LAST,
    MORE
  }

  private static Buffer event(String id, String name, ObjectNode data) {
    return message("id: " + id + "\nevent: " + name, data);
  }

  private static Buffer message(String head, ObjectNode data) {
    return Buffer.buffer(head + "\ndata: ").appendBytes(Json.bytes(data)).appendString("\n\n");
  }
}
