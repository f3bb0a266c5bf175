package org.gridline.console.live;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a client makes of the compact messages; complains about whatever makes no sense. */
final class CompactWorld {
  private final Map<Long, Entry> tickets = new TreeMap<>();
  private final Map<Long, Entry> arriving = new TreeMap<>();
  private final Map<Long, Integer> updates = new TreeMap<>();
  private JsonNode codes = com.fasterxml.jackson.databind.node.MissingNode.getInstance();
  private String epoch = "";
  private long seq;
  private boolean complete;

  /** A ticket as a client knows it. */
  record Entry(
      long id,
      int version,
      String state,
      String lamp,
      String kind,
      List<String> flags,
      String unit,
      long updated,
      long due,
      Seldom seldom) {}

  record Seldom(
      String number, String type, String urgency, String channel, String category, Place place) {}

  record Place(Optional<double[]> lonLat) {}

  Map<Long, Entry> tickets() {
    return tickets;
  }

  /** The bytes of the ticket's last update; nothing else that came beside it. */
  int updateBytes(long id) {
    return Optional.ofNullable(updates.get(id)).orElseThrow();
  }

  String epoch() {
    return epoch;
  }

  long seq() {
    return seq;
  }

  boolean complete() {
    return complete;
  }

  void text(JsonNode message) {
    JsonNode data = message.path("data");
    switch (message.path("event").asText()) {
      case "hello" -> codes = data;
      case "resumed", "reset" -> {
        reach(data.path("seq").asLong(), !data.path("epoch").asText().equals(epoch));
        epoch = data.path("epoch").asText();
        complete = message.path("event").asText().equals("resumed");
      }
      default -> {}
    }
  }

  private void reach(long position, boolean anew) {
    if (!anew && position < seq)
      throw new IllegalStateException("back from " + seq + " to " + position);
    seq = position;
  }

  /** The position of the message. */
  long binary(byte[] payload) {
    ByteBuffer in = ByteBuffer.wrap(payload);
    int what = in.get();
    long at = number(in);
    switch (what) {
      case 1 -> {
        if (!complete) throw new IllegalStateException("news before the snapshot");
        while (in.hasRemaining()) entry(in, tickets);
      }
      case 2 -> {
        int part = in.get();
        if ((part & 1) != 0) arriving.clear();
        while (in.hasRemaining()) entry(in, arriving);
        if ((part & 2) != 0) {
          tickets.clear();
          tickets.putAll(arriving);
          complete = true;
        }
      }
      case 3 -> number(in);
      default -> throw new IllegalStateException("message " + what);
    }
    if (in.hasRemaining()) throw new IllegalStateException("bytes are left");
    reach(at, false);
    return at;
  }

  private void entry(ByteBuffer in, Map<Long, Entry> into) {
    int start = in.position();
    int head = in.get();
    long id = number(in);
    if ((head & 3) == 2) {
      into.remove(id);
      return;
    }
    int version = (int) number(in);
    String state = code("states", number(in));
    String kind = code("kinds", number(in));
    long bits = number(in);
    List<String> flags = new ArrayList<>();
    for (int i = 0; i < codes.path("flags").size(); i++)
      if (((bits >> i) & 1) != 0) flags.add(codes.path("flags").get(i).asText());
    String unit = code("units", number(in));
    long updated = number(in);
    long due = number(in);
    Seldom seldom;
    if ((head & 3) == 1) {
      Entry known = into.get(id);
      if (known == null) throw new IllegalStateException("an update of an unknown ticket");
      seldom = known.seldom();
      updates.put(id, in.position() - start);
    } else seldom = seldom(in);
    into.put(
        id,
        new Entry(
            id,
            version,
            state,
            code("lamps", (head >> 2) & 7),
            kind,
            List.copyOf(flags),
            unit,
            updated,
            due == 0 ? 0 : updated + signed(due - 1),
            seldom));
  }

  private Seldom seldom(ByteBuffer in) {
    byte[] name = new byte[(int) number(in)];
    in.get(name);
    number(in);
    String type = code("types", number(in));
    String urgency = code("urgencies", number(in));
    String channel = code("channels", number(in));
    String category = code("categories", number(in));
    Optional<double[]> place =
        in.get() == 0
            ? Optional.empty()
            : Optional.of(new double[] {in.getInt() / 1e7, in.getInt() / 1e7});
    return new Seldom(
        new String(name, StandardCharsets.UTF_8),
        type,
        urgency,
        channel,
        category,
        new Place(place));
  }

  private String code(String list, long number) {
    return codes.path(list).path((int) number).asText();
  }

  private static long signed(long number) {
    return (number >>> 1) ^ -(number & 1);
  }

  private static long number(ByteBuffer in) {
    long number = 0;
    for (int shift = 0; ; shift += 7) {
      byte b = in.get();
      number |= (long) (b & 0x7f) << shift;
      if (b >= 0) return number;
    }
  }
}
