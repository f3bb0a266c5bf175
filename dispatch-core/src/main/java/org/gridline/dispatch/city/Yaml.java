package org.gridline.dispatch.city;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.gridline.dispatch.Names;

/** Reads one YAML file of a pack; every complaint names file and member. */
record Yaml(String file, String where, JsonNode node) {
  private static final YAMLMapper YAML =
      YAMLMapper.builder().enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY).build();

  static Yaml read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return read(String.valueOf(file.getFileName()), in);
    } catch (IOException e) {
      throw new UnusablePack(file.getFileName() + ": " + e.getMessage());
    }
  }

  static Yaml read(String file, InputStream in) throws IOException {
    return new Yaml(file, "", YAML.readTree(in));
  }

  /** The same with the members of another where this one has none. */
  Yaml or(Yaml defaults) {
    if (!(node instanceof ObjectNode mine)) throw wrong("", "must be a list of members");
    ObjectNode both = mine.deepCopy();
    defaults
        .node
        .properties()
        .forEach(
            member -> {
              if (!mine.hasNonNull(member.getKey())) both.set(member.getKey(), member.getValue());
            });
    return new Yaml(file, where, both);
  }

  /** Refuses other members: a misspelt one would silently mean its default. */
  Yaml only(String... members) {
    Set<String> known = Set.of(members);
    node.fieldNames()
        .forEachRemaining(
            name -> {
              if (!known.contains(name)) throw wrong(name, "is not known here");
            });
    return this;
  }

  Yaml get(String member) {
    return find(member).orElseThrow(() -> wrong(member, "is missing"));
  }

  Optional<Yaml> find(String member) {
    JsonNode child = node.get(member);
    return child == null || child.isNull()
        ? Optional.empty()
        : Optional.of(new Yaml(file, where.isEmpty() ? member : where + "." + member, child));
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
    if (!node.isValueNode()) throw wrong("", "must be a text");
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

  /** {@code {zh: …, en: …}}, one of them, or a bare text where there is one language. */
  Names names(String member) {
    Yaml child = get(member);
    if (child.node.isValueNode()) return new Names("", child.text());
    child.only("zh", "en");
    try {
      return new Names(child.optionalText("zh"), child.optionalText("en"));
    } catch (IllegalArgumentException e) {
      throw wrong(member, String.valueOf(e.getMessage()));
    }
  }

  Optional<Names> findNames(String member) {
    return find(member).map(there -> names(member));
  }

  <T> T read(String member, Function<String, T> reader) {
    String text = text(member);
    try {
      return reader.apply(text);
    } catch (IllegalArgumentException | java.time.DateTimeException e) {
      throw wrong(member, String.valueOf(e.getMessage()));
    }
  }

  <T> List<T> list(String member, Function<Yaml, T> reader) {
    return get(member).list(reader);
  }

  /** Empty when the member is not there. */
  <T> List<T> optionalList(String member, Function<Yaml, T> reader) {
    return find(member).map(l -> l.list(reader)).orElse(List.of());
  }

  <T> List<T> list(Function<Yaml, T> reader) {
    if (!node.isArray()) throw wrong("", "must be a list");
    List<T> items = new ArrayList<>();
    for (int i = 0; i < node.size(); i++) {
      Yaml item = new Yaml(file, where + "[" + i + "]", node.get(i));
      try {
        items.add(reader.apply(item));
      } catch (IllegalArgumentException | java.time.DateTimeException e) {
        throw item.wrong("", String.valueOf(e.getMessage()));
      }
    }
    return items;
  }

  UnusablePack wrong(String member, String reason) {
    return new UnusablePack(
        file + ": " + (where + " " + member).strip().replace("  ", " ") + " " + reason);
  }
}
