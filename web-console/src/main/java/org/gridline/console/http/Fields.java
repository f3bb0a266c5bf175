package org.gridline.console.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;

/**
 * The members of a JSON object, read by type; every complaint names the member. {@code null} counts
 * as absent.
 */
final class Fields {
  private final ObjectNode node;
  private final String prefix;

  private Fields(ObjectNode node, String prefix) {
    this.node = node;
    this.prefix = prefix;
  }

  static Fields of(byte[] body) {
    return new Fields(StrictJson.object(body), "");
  }

  /**
   * The same, with no member beside these.
   *
   * @throws Failure {@code invalid_request} naming the first other one
   */
  Fields only(String... names) {
    Set<String> known = Set.of(names);
    for (Map.Entry<String, JsonNode> member : node.properties()) {
      if (!known.contains(member.getKey())) {
        throw unknown(member.getKey());
      }
    }
    return this;
  }

  boolean has(String name) {
    return node.hasNonNull(name);
  }

  String text(String name) {
    return findText(name).orElseThrow(() -> wrong(name, "必填 · needed"));
  }

  Optional<String> findText(String name) {
    if (!has(name)) return Optional.empty();
    JsonNode value = node.get(name);
    if (!value.isTextual()) throw wrong(name, "需要文字 · a text is needed");
    return Optional.of(readable(prefix + name, value.textValue()));
  }

  Optional<Double> findNumber(String name) {
    if (!has(name)) return Optional.empty();
    if (!node.get(name).isNumber()) throw wrong(name, "需要数字 · a number is needed");
    return Optional.of(node.get(name).doubleValue());
  }

  double number(String name) {
    return findNumber(name).orElseThrow(() -> wrong(name, "必填 · needed"));
  }

  int count(String name) {
    number(name);
    JsonNode value = node.get(name);
    if (!value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() < 0) {
      throw wrong(name, "需要非负整数 · a whole number, not negative, is needed");
    }
    return value.intValue();
  }

  /** An id of ours: a whole number that a browser can hold. */
  OptionalLong findId(String name) {
    if (!has(name)) return OptionalLong.empty();
    JsonNode value = node.get(name);
    if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 1) {
      throw wrong(name, "需要编号 · an id is needed");
    }
    return OptionalLong.of(value.longValue());
  }

  /** Ids of ours in their order; empty when the member is not there. */
  List<Long> ids(String name) {
    if (!has(name)) return List.of();
    if (!node.get(name).isArray()) throw wrong(name, "需要列表 · a list is needed");
    List<Long> ids = new ArrayList<>();
    for (JsonNode id : node.get(name)) {
      if (!id.isIntegralNumber() || !id.canConvertToLong() || id.longValue() < 1)
        throw wrong(name, "需要编号 · ids are needed");
      ids.add(id.longValue());
    }
    return ids;
  }

  /** A list of texts; empty when the member is not there. */
  List<String> texts(String name) {
    if (!has(name)) return List.of();
    if (!node.get(name).isArray()) throw wrong(name, "需要列表 · a list is needed");
    List<String> texts = new ArrayList<>();
    for (JsonNode item : node.get(name)) {
      if (!item.isTextual()) throw wrong(name, "需要文字列表 · a list of texts is needed");
      texts.add(readable(prefix + name, item.textValue()));
    }
    return texts;
  }

  /** A list of objects; empty when the member is not there. */
  List<Fields> objects(String name) {
    if (!has(name)) return List.of();
    if (!node.get(name).isArray()) throw wrong(name, "需要列表 · a list is needed");
    List<Fields> objects = new ArrayList<>();
    for (JsonNode item : node.get(name)) {
      if (!(item instanceof ObjectNode object))
        throw wrong(name, "需要对象列表 · a list of objects is needed");
      objects.add(new Fields(object, prefix + name + "[" + objects.size() + "]."));
    }
    return objects;
  }

  boolean yes(String name) {
    if (!has(name)) return false;
    if (!node.get(name).isBoolean()) throw wrong(name, "需要 true 或 false · true or false");
    return node.get(name).booleanValue();
  }

  Optional<Fields> find(String name) {
    if (!has(name)) return Optional.empty();
    if (node.get(name) instanceof ObjectNode object) {
      return Optional.of(new Fields(object, prefix + name + "."));
    }
    throw wrong(name, "需要对象 · an object is needed");
  }

  /**
   * Every member but these as plain values: text, number, boolean, or a map of such.
   *
   * @throws Failure {@code invalid_request} for a list, or for an object in an object
   */
  Map<String, Object> others(List<String> taken) {
    Map<String, Object> values = new HashMap<>();
    for (Map.Entry<String, JsonNode> member : node.properties()) {
      String name = member.getKey();
      if (taken.contains(name) || !has(name)) continue;
      JsonNode value = member.getValue();
      switch (value.getNodeType()) {
        case STRING -> values.put(name, readable(prefix + name, value.textValue()));
        case BOOLEAN -> values.put(name, value.booleanValue());
        case NUMBER -> values.put(name, value.numberValue());
        case OBJECT -> {
          if (!prefix.isEmpty()) throw wrong(name, "不能是对象 · can't be an object");
          values.put(name, new Fields((ObjectNode) value, name + ".").others(List.of()));
        }
        case ARRAY, BINARY, MISSING, NULL, POJO ->
            throw wrong(shortened(name), "不能是列表 · can't be a list");
      }
    }
    return values;
  }

  Failure unknown(String name) {
    return wrong(shortened(name), "没有此字段 · unknown member");
  }

  Failure wrong(String name, String detail) {
    return Failure.atField(FailureCode.INVALID_REQUEST, prefix + name, detail);
  }

  /** Well written, but can't be taken: 422, naming the member. */
  Failure refused(String name, String detail) {
    return Failure.atField(FailureCode.VALUE_REFUSED, prefix + name, detail);
  }

  /**
   * The text itself, if a database and another program can hold it: no U+0000, no half of a
   * surrogate pair.
   */
  static String readable(String field, String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean half = Character.isSurrogate(c);
      if (half && Character.isHighSurrogate(c) && i + 1 < text.length()) {
        half = !Character.isLowSurrogate(text.charAt(i + 1));
        if (!half) i++;
      }
      if (c == 0 || half) {
        throw Failure.atField(
            FailureCode.INVALID_REQUEST,
            field,
            "含有无效字符 · holds U+0000 or half of a surrogate pair");
      }
    }
    return text;
  }

  /** An unknown name comes from outside and is echoed only as far as it is harmless. */
  private static String shortened(String name) {
    String plain = name.replaceAll("[^\\p{L}\\p{N}_.-]", "?");
    return plain.substring(0, Math.min(plain.length(), 40));
  }
}
