package org.gridline.dispatch.city;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.gridline.dispatch.Names;

/** Reads one YAML file of a pack; every complaint names file and member. */
record Yaml(Path file, String where, JsonNode node) {
  private static final YAMLMapper YAML = new YAMLMapper();

  static Yaml read(Path file) {
    try {
      return new Yaml(file, "", YAML.readTree(file.toFile()));
    } catch (IOException e) {
      throw new UnusablePack(file.getFileName() + ": " + e.getMessage());
    }
  }

  Yaml get(String member) {
    JsonNode child = node.get(member);
    if (child == null || child.isNull()) throw wrong(member, "is missing");
    return new Yaml(file, where.isEmpty() ? member : where + "." + member, child);
  }

  String text(String member) {
    JsonNode child = get(member).node();
    if (!child.isValueNode()) throw wrong(member, "must be a text");
    return child.asText();
  }

  /** Empty when the member is not there. */
  String optionalText(String member) {
    return node.hasNonNull(member) ? text(member) : "";
  }

  String text() {
    return node.asText();
  }

  double number(String member) {
    JsonNode child = get(member).node();
    if (!child.isNumber()) throw wrong(member, "must be a number");
    return child.asDouble();
  }

  boolean yes(String member) {
    JsonNode child = get(member).node();
    if (!child.isBoolean()) throw wrong(member, "must be true or false");
    return child.asBoolean();
  }

  Names names(String member) {
    Yaml child = get(member);
    return new Names(child.text("zh"), child.text("en"));
  }

  <T> List<T> list(String member, Function<Yaml, T> reader) {
    return get(member).list(reader);
  }

  /** Empty when the member is not there. */
  <T> List<T> optionalList(String member, Function<Yaml, T> reader) {
    return node.hasNonNull(member) ? list(member, reader) : List.of();
  }

  <T> List<T> list(Function<Yaml, T> reader) {
    if (!node.isArray()) throw wrong("", "must be a list");
    List<T> items = new ArrayList<>();
    for (int i = 0; i < node.size(); i++) {
      Yaml item = new Yaml(file, where + "[" + i + "]", node.get(i));
      try {
        items.add(reader.apply(item));
      } catch (IllegalArgumentException e) {
        throw item.wrong("", String.valueOf(e.getMessage()));
      }
    }
    return items;
  }

  UnusablePack wrong(String member, String reason) {
    return new UnusablePack(file.getFileName() + ": " + where + " " + member + " " + reason);
  }
}
