package org.gridline.console.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.gridline.console.replay.Mapping.Choice;
import org.gridline.console.replay.Mapping.Kind;
import org.gridline.console.replay.Mapping.Owner;
import org.gridline.console.replay.Mapping.Phrase;
import org.gridline.console.replay.Mapping.Point;
import org.gridline.console.replay.Mapping.Time;
import org.gridline.console.replay.Mapping.Truth;
import org.gridline.dispatch.Names;
import org.gridline.gis.position.Crs;

/** Reads {@code replay.yaml}; config/README.md describes it. Every complaint names the member. */
final class MappingFile {
  static final String NAME = "replay.yaml";

  private static final YAMLMapper YAML = new YAMLMapper();

  private MappingFile() {}

  /**
   * @throws Unreplayable naming the member and what is wrong with it
   */
  static Mapping read(Path file) {
    try {
      Node root = new Node(NAME, YAML.readTree(file.toFile()));
      return mapping(root);
    } catch (IOException e) {
      throw new Unreplayable(
          file + ": " + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
    }
  }

  private static Mapping mapping(Node root) {
    root.only(
        "file",
        "id",
        "signIn",
        "time",
        "position",
        "words",
        "address",
        "channel",
        "type",
        "category",
        "truths",
        "owners");
    return new Mapping(
        root.text("file"),
        root.text("id"),
        root.findText("signIn"),
        time(root.get("time")),
        point(root.get("position")),
        phrase(root.get("words")),
        phrase(root.get("address")),
        choice(root.get("channel")),
        choice(root.get("type")),
        root.find("category").map(MappingFile::kind),
        root.list("truths", MappingFile::truth),
        root.list("owners", MappingFile::owner));
  }

  private static Time time(Node node) {
    node.only("column", "format", "zone");
    return new Time(
        node.text("column"),
        node.read("format", MappingFile::format),
        node.read("zone", ZoneId::of));
  }

  private static DateTimeFormatter format(String pattern) {
    return new DateTimeFormatterBuilder()
        .parseCaseInsensitive()
        .appendPattern(pattern)
        .toFormatter(Locale.ENGLISH);
  }

  private static Point point(Node node) {
    node.only("lon", "lat", "crs");
    return new Point(
        node.text("lon"),
        node.text("lat"),
        node.read(
            "crs",
            text ->
                Crs.find(text)
                    .orElseThrow(
                        () -> new IllegalArgumentException("no coordinate system " + text))));
  }

  private static Phrase phrase(Node node) {
    node.only("columns", "between");
    return new Phrase(node.list("columns", Node::text), node.findText("between").orElse(" · "));
  }

  private static Choice choice(Node node) {
    node.only("column", "values", "otherwise");
    Map<String, String> values = new LinkedHashMap<>();
    node.find("values")
        .ifPresent(
            v -> v.json.properties().forEach(e -> values.put(e.getKey(), e.getValue().asText())));
    return new Choice(node.findText("column"), values, node.text("otherwise"));
  }

  private static Kind kind(Node node) {
    node.only("kind", "column", "under");
    return new Kind(node.text("kind"), node.text("column"), node.findText("under"));
  }

  private static Truth truth(Node node) {
    node.only("id", "layer", "column", "city", "pack");
    return new Truth(
        node.findText("id").orElse(node.text("layer")),
        node.text("layer"),
        node.text("column"),
        spelling(node, "city"),
        spelling(node, "pack"));
  }

  private static CodeSpelling spelling(Node node, String member) {
    return new CodeSpelling(
        node.list(
            member,
            rule -> {
              rule.only("match", "as");
              return new CodeSpelling.Rule(rule.read("match", Pattern::compile), rule.text("as"));
            }));
  }

  private static Owner owner(Node node) {
    node.only("id", "name", "column", "since", "city", "pack");
    Node name = node.get("name");
    name.only("zh", "en");
    return new Owner(
        node.text("id"),
        new Names(name.text("zh"), name.text("en")),
        node.text("column"),
        node.find("since").map(s -> node.read("since", LocalDate::parse)),
        spelling(node, "city"),
        spelling(node, "pack"));
  }

  /** A member with the way to it, for complaints. */
  private record Node(String where, JsonNode json) {
    void only(String... names) {
      if (!json.isObject()) throw wrong("must have members");
      Set<String> known = Set.of(names);
      json.fieldNames()
          .forEachRemaining(
              name -> {
                if (!known.contains(name)) throw wrong("does not know " + name);
              });
    }

    Optional<Node> find(String member) {
      return json.hasNonNull(member)
          ? Optional.of(new Node(where + ": " + member, json.get(member)))
          : Optional.empty();
    }

    Node get(String member) {
      return find(member).orElseThrow(() -> wrong("needs " + member));
    }

    String text(String member) {
      return get(member).text();
    }

    Optional<String> findText(String member) {
      return find(member).map(Node::text);
    }

    String text() {
      if (!json.isValueNode()) throw wrong("must be a text");
      return json.asText();
    }

    <T> T read(String member, Function<String, T> reader) {
      Node node = get(member);
      try {
        return reader.apply(node.text());
      } catch (IllegalArgumentException | java.time.DateTimeException e) {
        throw node.wrong(String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
      }
    }

    <T> List<T> list(String member, Function<Node, T> reader) {
      return find(member).map(n -> n.items(reader)).orElse(List.of());
    }

    <T> List<T> items(Function<Node, T> reader) {
      if (!json.isArray()) throw wrong("must be a list");
      List<T> items = new ArrayList<>();
      for (int i = 0; i < json.size(); i++) {
        items.add(reader.apply(new Node(where + "[" + (i + 1) + "]", json.get(i))));
      }
      return items;
    }

    Unreplayable wrong(String reason) {
      return new Unreplayable(where + ": " + reason);
    }
  }
}
