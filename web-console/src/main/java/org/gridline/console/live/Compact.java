package org.gridline.console.live;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.gridline.console.view.Json;
import org.gridline.dispatch.city.CityPack;
import org.gridline.dispatch.event.Cursor;
import org.gridline.dispatch.ticket.Ticket;
import org.gridline.gis.position.Position;

/**
 * The feed's messages as binary messages of a WebSocket, some 25 bytes a change; what is rare is
 * JSON in text messages. Described for clients in {@code docs/live.md}.
 */
final class Compact implements Form {
  static final int NEWS = 1;
  static final int SNAPSHOT = 2;
  static final int HEARTBEAT = 3;

  static final int FIRST = 1;
  static final int LAST = 2;

  static final int WHOLE = 0;
  static final int UPDATE = 1;
  static final int GONE = 2;

  /** A ten-millionth of a degree is a centimetre. */
  private static final double STEPS = 1e7;

  private final Sse json;
  private final Codes codes;

  Compact(Sse json, CityPack pack) {
    this.json = json;
    this.codes = new Codes(pack);
  }

  /** The first message of a connection. */
  Buffer hello() {
    return text("hello", codes.told());
  }

  /**
   * Tells where the reader is.
   *
   * @param name {@code resumed}, or {@code reset} when a snapshot follows
   */
  static Buffer at(String name, Cursor at) {
    return text(name, Json.object().put("epoch", at.epoch()).put("seq", at.seq()));
  }

  @Override
  public Buffer news(List<Told> told, Cursor upTo) {
    Buffer out = Buffer.buffer(16 + 32 * told.size()).appendByte((byte) NEWS);
    number(out, upTo.seq());
    for (Told one : told) {
      News news = one.news();
      switch (one.manner()) {
        case WHOLE -> out.appendBytes(whole(news));
        case UPDATE -> out.appendBytes(news.update(() -> record(UPDATE, news, Shown.WHOLE)));
        case AS_CHECKER, AS_PAST_CHECKER ->
            out.appendBytes(record(WHOLE, news, Sse.shown(one.manner())));
        case GONE -> {
          out.appendByte((byte) GONE);
          number(out, news.ticket().id());
        }
      }
    }
    return out;
  }

  @Override
  public Buffer snapshot(Cursor at, List<Seen> tickets, Part part, Instant now) {
    Buffer out = Buffer.buffer(16 + 64 * tickets.size()).appendByte((byte) SNAPSHOT);
    number(out, at.seq());
    out.appendByte((byte) ((part.first() ? FIRST : 0) | (part.last() ? LAST : 0)));
    for (Seen seen : tickets)
      out.appendBytes(
          seen.shown() == Shown.WHOLE
              ? whole(seen.news())
              : record(WHOLE, seen.news(), seen.shown()));
    return out;
  }

  @Override
  public Buffer heartbeat(Cursor at, Instant now) {
    Buffer out = Buffer.buffer(16).appendByte((byte) HEARTBEAT);
    number(out, at.seq());
    number(out, seconds(now));
    return out;
  }

  @Override
  public Buffer notice(String name, ObjectNode data) {
    return text(name, data);
  }

  /** A text message; told from the binary ones by its first byte. */
  private static Buffer text(String name, ObjectNode data) {
    return Buffer.buffer(
        Json.bytes((ObjectNode) Json.object().put("event", name).set("data", data)));
  }

  static boolean isText(Buffer message) {
    return message.getByte(0) == '{';
  }

  private byte[] whole(News news) {
    return news.whole(() -> record(WHOLE, news, Shown.WHOLE));
  }

  private byte[] record(int form, News news, Shown shown) {
    Ticket ticket = news.ticket();
    // What the viewer must not know is gone from the JSON, and so it can't stand here either.
    ObjectNode node = json.node(ticket, shown);
    boolean all = shown == Shown.WHOLE;
    Buffer out = Buffer.buffer(64);
    out.appendByte((byte) (form | codes.lamp(word(node, "lamp")) << 2));
    number(out, ticket.id());
    number(out, ticket.version());
    number(out, codes.state(node.path("state").asText()));
    number(out, codes.kind(all ? news.kind() : ""));
    long flags = 0;
    for (JsonNode flag : node.path("flags")) flags |= codes.flag(flag.asText());
    number(out, flags);
    number(out, codes.unit(word(node, "unit")));
    number(out, seconds(ticket.updatedAt()));
    number(
        out,
        word(node, "dueAt")
            .map(
                due ->
                    1
                        + signed(
                            seconds(OffsetDateTime.parse(due).toInstant())
                                - seconds(ticket.updatedAt())))
            .orElse(0L));
    if (form == WHOLE) seldom(out, ticket);
    return out.getBytes();
  }

  private void seldom(Buffer out, Ticket ticket) {
    byte[] name = ticket.number().getBytes(StandardCharsets.UTF_8);
    number(out, name.length);
    out.appendBytes(name);
    number(out, signed(seconds(ticket.updatedAt()) - seconds(ticket.registeredAt())));
    Ticket.Matter matter = ticket.matter();
    number(out, codes.type(matter.type()));
    number(out, codes.urgency(matter.urgency()));
    number(out, codes.channel(matter.channel()));
    number(out, codes.category(matter.category()));
    Optional<Position> position = ticket.place().position();
    out.appendByte((byte) (position.isPresent() ? 1 : 0));
    position.ifPresent(
        p ->
            out.appendInt((int) Math.round(p.lon() * STEPS))
                .appendInt((int) Math.round(p.lat() * STEPS)));
  }

  private static Optional<String> word(ObjectNode node, String member) {
    return Optional.ofNullable(node.get(member)).filter(JsonNode::isTextual).map(JsonNode::asText);
  }

  static long seconds(Instant at) {
    return Math.max(0, Duration.between(Codes.SINCE, at).toSeconds());
  }

  /** Small numbers of either sign as small ones. */
  private static long signed(long number) {
    return (number << 1) ^ (number >> 63);
  }

  /** Seven bits a byte, the lowest first; the highest bit says that more follow. */
  private static void number(Buffer out, long number) {
    long rest = number;
    while ((rest & ~0x7fL) != 0) {
      out.appendByte((byte) ((rest & 0x7f) | 0x80));
      rest >>>= 7;
    }
    out.appendByte((byte) rest);
  }
}
