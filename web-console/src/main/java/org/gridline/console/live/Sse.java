package org.gridline.console.live;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import org.gridline.console.view.BlindCheck;
import org.gridline.console.view.Json;
import org.gridline.console.view.TicketWriter;
import org.gridline.dispatch.event.Cursor;
import org.gridline.dispatch.ticket.Ticket;

/** The feed's messages in the form of server-sent events. */
final class Sse implements Form {
  private final TicketWriter writer;
  private final ZoneId zone;
  private final InstantSource clock;

  Sse(TicketWriter writer, ZoneId zone, InstantSource clock) {
    this.writer = writer;
    this.zone = zone;
    this.clock = clock;
  }

  /** The first bytes of a stream. */
  static Buffer hello(int retryMillis) {
    return Buffer.buffer("retry: " + retryMillis + "\n\n");
  }

  @Override
  public Buffer news(List<Told> told, Cursor upTo) {
    Buffer out = Buffer.buffer();
    for (int i = 0; i < told.size(); i++) {
      Told one = told.get(i);
      long seq = i == told.size() - 1 ? upTo.seq() : one.seq();
      String name = one.manner() == Told.Manner.GONE ? "gone" : "change";
      out.appendString("id: " + seq + "@" + upTo.epoch() + "\nevent: " + name);
      out.appendString("\ndata: {\"seq\":" + seq);
      long id = one.news().ticket().id();
      if (one.manner() == Told.Manner.GONE) out.appendString(",\"id\":" + id);
      else
        out.appendString(",\"kind\":\"" + one.kind() + "\",\"ticket\":")
            .appendBytes(json(one.news(), shown(one.manner())));
      out.appendString("}\n\n");
    }
    return out;
  }

  /**
   * A part of a snapshot. Only the last part has the position as its id: a stream that breaks
   * before it must begin again, so the parts before it take the browser's last id away.
   */
  @Override
  public Buffer snapshot(Cursor at, List<Seen> tickets, Part part, Instant now) {
    Buffer out =
        Buffer.buffer("id: " + (part.last() ? at.text() : "") + "\nevent: snapshot\ndata: ")
            .appendString("{\"epoch\":\"" + at.epoch() + "\",\"seq\":" + at.seq())
            .appendString(",\"tickets\":[");
    for (int i = 0; i < tickets.size(); i++) {
      if (i > 0) out.appendByte((byte) ',');
      out.appendBytes(json(tickets.get(i).news(), tickets.get(i).shown()));
    }
    return out.appendString("],\"last\":" + part.last() + "}\n\n");
  }

  @Override
  public Buffer heartbeat(Cursor at, Instant now) {
    ObjectNode data = Json.object().put("seq", at.seq()).put("at", Json.time(now, zone));
    return message("id: " + at.text() + "\nevent: heartbeat", data);
  }

  @Override
  public Buffer notice(String name, ObjectNode data) {
    return message("event: " + name, data);
  }

  /** A ticket's JSON with the lamp of this moment, as {@code shown}. */
  ObjectNode node(Ticket ticket, Shown shown) {
    ObjectNode node = writer.brief(ticket, clock.instant());
    return switch (shown) {
      case WHOLE -> node;
      case AS_CHECKER -> BlindCheck.coverDrawn(node);
      case AS_PAST_CHECKER -> BlindCheck.coverPast(node, ticket);
      case NOTHING -> throw new IllegalArgumentException("nothing of it may be told");
    };
  }

  private byte[] json(News news, Shown shown) {
    return shown == Shown.WHOLE
        ? news.json(() -> Json.bytes(node(news.ticket(), shown)))
        : Json.bytes(node(news.ticket(), shown));
  }

  static Shown shown(Told.Manner manner) {
    return switch (manner) {
      case WHOLE, UPDATE -> Shown.WHOLE;
      case AS_CHECKER -> Shown.AS_CHECKER;
      case AS_PAST_CHECKER -> Shown.AS_PAST_CHECKER;
      case GONE -> Shown.NOTHING;
    };
  }

  private static Buffer message(String head, ObjectNode data) {
    return Buffer.buffer((head + "\ndata: ").getBytes(StandardCharsets.UTF_8))
        .appendBytes(Json.bytes(data))
        .appendString("\n\n");
  }
}
