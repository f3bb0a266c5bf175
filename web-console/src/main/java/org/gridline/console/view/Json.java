package org.gridline.console.view;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Function;
import org.gridline.dispatch.Names;
import org.gridline.gis.position.Crs;
import org.gridline.gis.position.Position;
import org.gridline.gis.position.RawPosition;

/** The small pieces that every answer is made of. */
public final class Json {
  private static final ObjectMapper MAPPER = JsonMapper.builder().build();

  private Json() {}

  public static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  public static ArrayNode array() {
    return JsonNodeFactory.instance.arrayNode();
  }

  /** One element for each item. */
  public static <T> ArrayNode list(Collection<T> items, Function<T, ObjectNode> writer) {
    ArrayNode array = array();
    for (T item : items) array.add(writer.apply(item));
    return array;
  }

  public static ArrayNode texts(Collection<String> items) {
    ArrayNode array = array();
    items.forEach(array::add);
    return array;
  }

  /** UTF-8. */
  public static byte[] bytes(ObjectNode node) {
    try {
      return MAPPER.writeValueAsBytes(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree can always be written", e);
    }
  }

  /** The same as text, on one line. */
  public static String text(ObjectNode node) {
    return new String(bytes(node), StandardCharsets.UTF_8);
  }

  /** Reads back what {@link #bytes} wrote. */
  public static ObjectNode read(byte[] written) {
    try {
      return (ObjectNode) MAPPER.readTree(written);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Any text that we wrote ourselves. */
  public static JsonNode tree(String written) {
    try {
      return MAPPER.readTree(written);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("what we wrote can be read", e);
    }
  }

  public static ObjectNode names(Names names) {
    return object().put("zh", names.zh()).put("en", names.en());
  }

  public static ObjectNode position(Position position) {
    return object()
        .put("lon", position.lon())
        .put("lat", position.lat())
        .put("crs", Crs.WGS84.spelling());
  }

  public static ObjectNode position(RawPosition raw) {
    return object().put("lon", raw.lon()).put("lat", raw.lat()).put("crs", raw.crs().spelling());
  }

  /** RFC 3339 with the city's offset, to the millisecond. */
  public static String time(Instant at, ZoneId zone) {
    return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
        OffsetDateTime.ofInstant(at.truncatedTo(ChronoUnit.MILLIS), zone));
  }

  /** A text or {@code null}, so that a member is always there. */
  static void put(ObjectNode node, String member, Optional<String> text) {
    text.ifPresentOrElse(t -> node.put(member, t), () -> node.putNull(member));
  }

  /** An object or {@code null}. */
  public static void set(ObjectNode node, String member, Optional<ObjectNode> value) {
    value.ifPresentOrElse(v -> node.set(member, v), () -> node.putNull(member));
  }
}
